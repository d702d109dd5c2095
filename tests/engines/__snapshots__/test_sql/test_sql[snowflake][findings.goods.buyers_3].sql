SELECT
  "t18"."place",
  "t18"."number",
  COUNT(*) AS "customers"
FROM (
  SELECT
    "t17"."customer",
    "t17"."number",
    "t7"."place"
  FROM (
    SELECT DISTINCT
      *
    FROM (
      SELECT
        "t14"."customer",
        "t4"."number"
      FROM (
        SELECT
          "t12"."customer",
          "t12"."invoice",
          "t12"."code",
          "t12"."description",
          "t12"."amount",
          "t12"."price"
        FROM (
          SELECT
            "t11"."line",
            "t11"."invoice",
            "t11"."code",
            "t11"."description",
            "t11"."quantity",
            "t11"."price",
            "t11"."amount",
            "t11"."sold_at",
            "t11"."customer",
            "t11"."country",
            "t11"."cancelled_at",
            "t11"."sold_at" < TIMESTAMP_FROM_PARTS(2023, 1, 1, 10, 0, 0, 0) AS "early",
            (
              "t11"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
            )
            AND NOT (
              "t11"."customer" IS NULL
            )
            AND NOT (
              "t11"."quantity" <= 0
            )
            AND NOT (
              "t11"."price" <= 0
            ) AS "kept",
            IFF(
              (
                "t11"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
              )
              AND NOT (
                "t11"."customer" IS NULL
              )
              AND NOT (
                "t11"."quantity" <= 0
              )
              AND (
                "t11"."price" <= 0
              ),
              3,
              IFF(
                (
                  "t11"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
                )
                AND NOT (
                  "t11"."customer" IS NULL
                )
                AND (
                  "t11"."quantity" <= 0
                ),
                2,
                IFF(
                  (
                    "t11"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
                  )
                  AND (
                    "t11"."customer" IS NULL
                  ),
                  1,
                  IFF("t11"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0), 0, -1)
                )
              )
            ) AS "fate"
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
        ) AS "t12"
        WHERE
          "t12"."kept"
          AND NOT (
            "t12"."early"
          )
          AND "t12"."amount" > 0
          AND (
            (
              CAST(NULL AS TIMESTAMP) IS NULL
            )
            OR (
              CAST(NULL AS TIMESTAMP) >= TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
            )
          )
          AND "t12"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
      ) AS "t14"
      INNER JOIN "memtable" AS "t4"
        ON "t14"."code" = "t4"."code"
    ) AS "t15"
  ) AS "t17"
  INNER JOIN (
    SELECT
      "t0"."customer",
      "t0"."place"
    FROM "temp"."main"."findings_crowd_crowd_2" AS "t0"
  ) AS "t7"
    ON "t17"."customer" = "t7"."customer"
) AS "t18"
GROUP BY
  1,
  2
