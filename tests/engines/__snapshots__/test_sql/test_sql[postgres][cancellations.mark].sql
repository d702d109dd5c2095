SELECT
  "t13"."line",
  "t13"."cancelled_at"
FROM (
  SELECT
    "t12"."customer",
    "t12"."code",
    "t12"."size",
    "t12"."worth",
    "t12"."taken" - CASE WHEN "t12"."back" = 1 THEN "t12"."excess" ELSE "t12"."balance" END AS "rank",
    MAX("t12"."line") FILTER(WHERE
      "t12"."back" = 0) AS "line",
    MAX("t12"."sold_at") FILTER(WHERE
      "t12"."back" = 1) AS "cancelled_at"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t10"."line",
        "t10"."customer",
        "t10"."invoice",
        "t10"."sold_at",
        "t10"."amount",
        "t10"."quantity",
        "t10"."country",
        "t10"."description",
        "t10"."code",
        "t10"."size",
        "t10"."worth",
        "t10"."back",
        "t10"."taken",
        "t10"."balance",
        GREATEST(
          COALESCE(
            MAX("t10"."balance") OVER (
              PARTITION BY "t10"."customer", "t10"."code", "t10"."size", "t10"."worth"
              ORDER BY "t10"."sold_at" ASC, "t10"."back" ASC, "t10"."invoice" ASC, "t10"."country" ASC, "t10"."description" ASC, "t10"."quantity" ASC
              ROWS BETWEEN UNBOUNDED PRECEDING AND 1 preceding
            ),
            0
          ),
          0
        ) AS "excess"
      FROM (
        SELECT
          "t9"."line",
          "t9"."customer",
          "t9"."invoice",
          "t9"."sold_at",
          "t9"."amount",
          "t9"."quantity",
          "t9"."country",
          "t9"."description",
          "t9"."code",
          "t9"."size",
          "t9"."worth",
          "t9"."back",
          SUM("t9"."back") OVER (
            PARTITION BY "t9"."customer", "t9"."code", "t9"."size", "t9"."worth"
            ORDER BY "t9"."sold_at" ASC, "t9"."back" ASC, "t9"."invoice" ASC, "t9"."country" ASC, "t9"."description" ASC, "t9"."quantity" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
          ) AS "taken",
          SUM((
            "t9"."back" * 2
          ) - 1) OVER (
            PARTITION BY "t9"."customer", "t9"."code", "t9"."size", "t9"."worth"
            ORDER BY "t9"."sold_at" ASC, "t9"."back" ASC, "t9"."invoice" ASC, "t9"."country" ASC, "t9"."description" ASC, "t9"."quantity" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
          ) AS "balance"
        FROM (
          SELECT
            "t8"."line",
            "t8"."customer",
            "t8"."invoice",
            "t8"."sold_at",
            "t8"."amount",
            "t8"."quantity",
            "t8"."country",
            "t8"."description",
            "t8"."code",
            "t8"."size",
            "t8"."worth",
            CAST("t8"."back" AS BIGINT) AS "back"
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t6"."line",
                "t6"."customer",
                "t6"."invoice",
                "t6"."sold_at",
                "t6"."amount",
                "t6"."quantity",
                "t6"."country",
                "t6"."description",
                "t6"."code",
                "t6"."size",
                "t6"."worth",
                0 AS "back"
              FROM (
                SELECT
                  "t4"."line",
                  "t4"."customer",
                  "t4"."invoice",
                  "t4"."sold_at",
                  "t4"."amount",
                  "t4"."quantity",
                  "t4"."country",
                  "t4"."description",
                  "t4"."code",
                  "t4"."size",
                  "t4"."worth"
                FROM (
                  SELECT
                    "t0"."line",
                    "t0"."customer",
                    "t0"."invoice",
                    CAST("t0"."sold_at" AS TIMESTAMP) AS "sold_at",
                    "t0"."amount",
                    "t0"."quantity",
                    COALESCE("t0"."country", '') AS "country",
                    COALESCE("t0"."description", '') AS "description",
                    COALESCE("t0"."code", '') AS "code",
                    ABS("t0"."quantity") AS "size",
                    ABS("t0"."price") AS "worth"
                  FROM "temp"."main"."lines" AS "t0"
                  WHERE
                    "t0"."customer" IS NOT NULL AND "t0"."amount" <> 0 AND "t0"."amount" > 0
                ) AS "t4"
                WHERE
                  EXISTS(
                    SELECT
                      1
                    FROM (
                      SELECT
                        "t0"."line",
                        "t0"."customer",
                        "t0"."invoice",
                        CAST("t0"."sold_at" AS TIMESTAMP) AS "sold_at",
                        "t0"."amount",
                        "t0"."quantity",
                        COALESCE("t0"."country", '') AS "country",
                        COALESCE("t0"."description", '') AS "description",
                        COALESCE("t0"."code", '') AS "code",
                        ABS("t0"."quantity") AS "size",
                        ABS("t0"."price") AS "worth"
                      FROM "temp"."main"."lines" AS "t0"
                      WHERE
                        "t0"."customer" IS NOT NULL AND "t0"."amount" <> 0 AND "t0"."amount" < 0
                    ) AS "t5"
                    WHERE
                      "t4"."customer" = "t5"."customer"
                      AND "t4"."size" = "t5"."size"
                      AND "t4"."worth" = "t5"."worth"
                  )
              ) AS "t6"
            ) AS "t7"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                "t0"."line",
                "t0"."customer",
                "t0"."invoice",
                CAST("t0"."sold_at" AS TIMESTAMP) AS "sold_at",
                "t0"."amount",
                "t0"."quantity",
                COALESCE("t0"."country", '') AS "country",
                COALESCE("t0"."description", '') AS "description",
                COALESCE("t0"."code", '') AS "code",
                ABS("t0"."quantity") AS "size",
                ABS("t0"."price") AS "worth",
                1 AS "back"
              FROM "temp"."main"."lines" AS "t0"
              WHERE
                "t0"."customer" IS NOT NULL AND "t0"."amount" <> 0 AND "t0"."amount" < 0
            ) AS "t1"
          ) AS "t8"
        ) AS "t9"
      ) AS "t10"
    ) AS "t11"
    WHERE
      (
        "t11"."back" = 0
      ) OR (
        "t11"."balance" <= "t11"."excess"
      )
  ) AS "t12"
  GROUP BY
    1,
    2,
    3,
    4,
    5
) AS "t13"
WHERE
  "t13"."line" IS NOT NULL AND "t13"."cancelled_at" IS NOT NULL
