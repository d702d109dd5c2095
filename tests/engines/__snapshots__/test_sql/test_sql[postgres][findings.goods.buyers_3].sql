SELECT
  "t19"."place",
  "t19"."number",
  COUNT(*) AS "customers"
FROM (
  SELECT
    "t18"."customer",
    "t18"."number",
    "t7"."place"
  FROM (
    SELECT DISTINCT
      *
    FROM (
      SELECT
        "t15"."customer",
        "t4"."number"
      FROM (
        SELECT
          "t13"."customer",
          "t13"."invoice",
          "t13"."code",
          "t13"."description",
          "t13"."amount",
          "t13"."price"
        FROM (
          SELECT
            "t12"."line",
            "t12"."invoice",
            "t12"."code",
            "t12"."description",
            "t12"."quantity",
            "t12"."price",
            "t12"."amount",
            "t12"."sold_at",
            "t12"."customer",
            "t12"."country",
            "t12"."cancelled_at",
            "t12"."early",
            CASE
              WHEN (
                CASE
                  WHEN (
                    "t12"."fate" = 0
                  ) AND (
                    "t12"."quantity" <= 0
                  )
                  THEN 2
                  ELSE "t12"."fate"
                END = 0
              )
              AND (
                "t12"."price" <= 0
              )
              THEN 3
              ELSE CASE
                WHEN (
                  "t12"."fate" = 0
                ) AND (
                  "t12"."quantity" <= 0
                )
                THEN 2
                ELSE "t12"."fate"
              END
            END AS "fate"
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
              "t11"."sold_at" < CAST('2023-01-01T10:00:00' AS TIMESTAMP) AS "early",
              CASE
                WHEN (
                  CASE
                    WHEN "t11"."sold_at" >= CAST('2025-01-01T00:00:00' AS TIMESTAMP)
                    THEN -1
                    ELSE 0
                  END = 0
                )
                AND (
                  "t11"."customer" IS NULL
                )
                THEN 1
                ELSE CASE
                  WHEN "t11"."sold_at" >= CAST('2025-01-01T00:00:00' AS TIMESTAMP)
                  THEN -1
                  ELSE 0
                END
              END AS "fate"
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
                "t10"."cancelled_at"
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
        ) AS "t13"
        WHERE
          "t13"."fate" = 0
          AND NOT (
            "t13"."early"
          )
          AND "t13"."amount" > 0
          AND (
            (
              CAST(NULL AS TIMESTAMP) IS NULL
            )
            OR (
              CAST(NULL AS TIMESTAMP) >= CAST('2025-01-01T00:00:00' AS TIMESTAMP)
            )
          )
          AND "t13"."sold_at" < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
      ) AS "t15"
      INNER JOIN "memtable" AS "t4"
        ON "t15"."code" = "t4"."code"
    ) AS "t16"
  ) AS "t18"
  INNER JOIN (
    SELECT
      "t0"."customer",
      "t0"."place"
    FROM "temp"."main"."findings_crowd_crowd_2" AS "t0"
  ) AS "t7"
    ON "t18"."customer" = "t7"."customer"
) AS "t19"
GROUP BY
  1,
  2
