SELECT
  "t19"."place",
  "t19"."invoice",
  "t5"."number"
FROM (
  SELECT DISTINCT
    *
  FROM (
    SELECT
      "t9"."place",
      "t16"."invoice",
      "t6"."item"
    FROM (
      SELECT
        "t14"."customer",
        "t14"."invoice",
        "t14"."code",
        "t14"."description",
        "t14"."amount",
        "t14"."price"
      FROM (
        SELECT
          "t13"."line",
          "t13"."invoice",
          "t13"."code",
          "t13"."description",
          "t13"."quantity",
          "t13"."price",
          "t13"."amount",
          "t13"."sold_at",
          "t13"."customer",
          "t13"."country",
          "t13"."cancelled_at",
          "t13"."sold_at" < CAST('2023-01-01T10:00:00' AS TIMESTAMP) AS "early",
          (
            "t13"."sold_at" < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
          )
          AND NOT (
            "t13"."customer" IS NULL
          )
          AND NOT (
            "t13"."quantity" <= 0
          )
          AND NOT (
            "t13"."price" <= 0
          ) AS "kept",
          CASE
            WHEN (
              "t13"."sold_at" < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
            )
            AND NOT (
              "t13"."customer" IS NULL
            )
            AND NOT (
              "t13"."quantity" <= 0
            )
            AND (
              "t13"."price" <= 0
            )
            THEN 3
            ELSE CASE
              WHEN (
                "t13"."sold_at" < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
              )
              AND NOT (
                "t13"."customer" IS NULL
              )
              AND (
                "t13"."quantity" <= 0
              )
              THEN 2
              ELSE CASE
                WHEN (
                  "t13"."sold_at" < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
                )
                AND (
                  "t13"."customer" IS NULL
                )
                THEN 1
                ELSE CASE
                  WHEN "t13"."sold_at" < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
                  THEN 0
                  ELSE -1
                END
              END
            END
          END AS "fate"
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
            "t12"."cancelled_at"
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
              "t7"."line" AS "line_right",
              "t7"."cancelled_at"
            FROM (
              SELECT
                "t3"."line",
                "t3"."invoice",
                "t3"."code",
                "t3"."description",
                "t3"."quantity",
                "t3"."price",
                "t3"."amount",
                CAST("t3"."sold_at" AS TIMESTAMP) AS "sold_at",
                "t3"."customer",
                "t3"."country"
              FROM "temp"."main"."lines" AS "t3"
            ) AS "t11"
            LEFT OUTER JOIN "temp"."main"."cancellations_mark" AS "t7"
              ON "t11"."line" = "t7"."line"
          ) AS "t12"
        ) AS "t13"
      ) AS "t14"
      WHERE
        "t14"."kept"
        AND NOT (
          "t14"."early"
        )
        AND "t14"."amount" > 0
        AND (
          (
            CAST(NULL AS TIMESTAMP) IS NULL
          )
          OR (
            CAST(NULL AS TIMESTAMP) >= CAST('2025-01-01T00:00:00' AS TIMESTAMP)
          )
        )
        AND "t14"."sold_at" < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
    ) AS "t16"
    INNER JOIN "memtable" AS "t6"
      ON "t16"."code" = "t6"."code"
    INNER JOIN (
      SELECT
        "t2"."customer",
        "t2"."place"
      FROM "temp"."main"."findings_crowd_crowd_2" AS "t2"
    ) AS "t9"
      ON "t16"."customer" = "t9"."customer"
  ) AS "t17"
) AS "t19"
INNER JOIN "memtable" AS "t5"
  ON "t19"."place" = "t5"."place" AND "t19"."item" = "t5"."item"
