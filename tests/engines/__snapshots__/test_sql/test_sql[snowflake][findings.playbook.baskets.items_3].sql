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
          "t13"."sold_at" < TIMESTAMP_FROM_PARTS(2023, 1, 1, 10, 0, 0, 0) AS "early",
          (
            "t13"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
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
          IFF(
            (
              "t13"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
            )
            AND NOT (
              "t13"."customer" IS NULL
            )
            AND NOT (
              "t13"."quantity" <= 0
            )
            AND (
              "t13"."price" <= 0
            ),
            3,
            IFF(
              (
                "t13"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
              )
              AND NOT (
                "t13"."customer" IS NULL
              )
              AND (
                "t13"."quantity" <= 0
              ),
              2,
              IFF(
                (
                  "t13"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
                )
                AND (
                  "t13"."customer" IS NULL
                ),
                1,
                IFF("t13"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0), 0, -1)
              )
            )
          ) AS "fate"
        FROM (
          SELECT
            "t12".*
            EXCLUDE ("line_right")
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
            CAST(NULL AS TIMESTAMP) >= TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
          )
        )
        AND "t14"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
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
