SELECT
  "t17"."place",
  "t17"."number",
  COUNT(*) AS "customers"
FROM (
  SELECT
    "t16"."customer",
    "t16"."number",
    "t7"."place"
  FROM (
    SELECT DISTINCT
      *
    FROM (
      SELECT
        "t13"."customer",
        "t4"."number"
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
            "t10".*
            EXCLUDE ("line_right")
          FROM (
            SELECT
              "t9"."line",
              "t9"."invoice",
              "t9"."code",
              "t9"."description",
              "t9"."quantity",
              "t9"."price",
              "t9"."amount",
              "t9"."sold_at",
              "t9"."customer",
              "t9"."country",
              "t5"."line" AS "line_right",
              "t5"."cancelled_at"
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
            ) AS "t9"
            LEFT OUTER JOIN "temp"."main"."cancellations_mark" AS "t5"
              ON "t9"."line" = "t5"."line"
          ) AS "t10"
        ) AS "t11"
        WHERE
          (
            (
              "t11"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
            )
            AND NOT (
              "t11"."customer" IS NULL
            )
          )
          AND NOT (
            "t11"."sold_at" < TIMESTAMP_FROM_PARTS(2024, 1, 1, 0, 0, 0, 0)
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
      INNER JOIN "memtable" AS "t4"
        ON "t13"."code" = "t4"."code"
    ) AS "t14"
  ) AS "t16"
  INNER JOIN (
    SELECT
      "t0"."customer",
      "t0"."place"
    FROM "temp"."main"."findings_crowd_crowd" AS "t0"
  ) AS "t7"
    ON "t16"."customer" = "t7"."customer"
) AS "t17"
GROUP BY
  1,
  2
