SELECT
  "t17"."place",
  "t17"."number",
  COUNT(*) AS "customers"
FROM (
  SELECT
    "t16"."customer",
    "t16"."number",
    "t4"."place"
  FROM (
    SELECT DISTINCT
      *
    FROM (
      SELECT
        "t13"."customer",
        "t5"."number"
      FROM (
        SELECT
          "t11"."customer",
          "t11"."invoice",
          "t11"."code",
          "t11"."description",
          "t11"."amount",
          "t11"."price"
        FROM (
          SELECT
            "t10"."line",
            "t10"."invoice",
            "t10"."code",
            "t10"."description",
            "t10"."quantity",
            "t10"."price",
            "t10"."amount",
            "t10"."sold_at",
            "t10"."customer",
            "t10"."country",
            "t10"."cancelled_at",
            "t10"."sold_at" < TIMESTAMP_FROM_PARTS(2024, 1, 1, 0, 0, 0, 0) AS "early",
            IFF(
              (
                IFF("t10"."sold_at" >= TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0), -1, 0) = 0
              )
              AND (
                "t10"."customer" IS NULL
              ),
              1,
              IFF("t10"."sold_at" >= TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0), -1, 0)
            ) AS "fate"
          FROM (
            SELECT
              "t9".*
              EXCLUDE ("line_right")
            FROM (
              SELECT
                "t8"."line",
                "t8"."invoice",
                "t8"."code",
                "t8"."description",
                "t8"."quantity",
                "t8"."price",
                "t8"."amount",
                "t8"."sold_at",
                "t8"."customer",
                "t8"."country",
                "t6"."line" AS "line_right",
                "t6"."cancelled_at"
              FROM (
                SELECT
                  "t2"."line",
                  "t2"."invoice",
                  "t2"."code",
                  "t2"."description",
                  "t2"."quantity",
                  "t2"."price",
                  "t2"."amount",
                  CAST("t2"."sold_at" AS TIMESTAMP) AS "sold_at",
                  "t2"."customer",
                  "t2"."country"
                FROM "temp"."main"."lines" AS "t2"
              ) AS "t8"
              LEFT OUTER JOIN "temp"."main"."cancellations_mark" AS "t6"
                ON "t8"."line" = "t6"."line"
            ) AS "t9"
          ) AS "t10"
        ) AS "t11"
        WHERE
          "t11"."fate" = 0
          AND NOT (
            "t11"."early"
          )
          AND "t11"."amount" > 0
          AND (
            (
              "t11"."cancelled_at" IS NULL
            )
            OR (
              "t11"."cancelled_at" >= TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
            )
          )
          AND "t11"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
      ) AS "t13"
      INNER JOIN "memtable" AS "t5"
        ON "t13"."code" = "t5"."code"
    ) AS "t14"
  ) AS "t16"
  INNER JOIN "memtable" AS "t4"
    ON "t16"."customer" = "t4"."customer"
) AS "t17"
GROUP BY
  1,
  2
