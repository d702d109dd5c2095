SELECT
  "t12"."code",
  "t12"."price",
  COUNT(*) AS "lines"
FROM (
  SELECT
    "t11"."customer",
    "t11"."invoice",
    "t11"."code",
    "t11"."description",
    "t11"."amount",
    "t11"."price",
    "t3"."number"
  FROM (
    SELECT
      "t9"."customer",
      "t9"."invoice",
      "t9"."code",
      "t9"."description",
      "t9"."amount",
      "t9"."price"
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
        "t8"."cancelled_at",
        "t8"."sold_at" < CAST('2023-01-01T10:00:00' AS TIMESTAMP) AS "early",
        (
          "t8"."sold_at" < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
        )
        AND NOT (
          "t8"."customer" IS NULL
        )
        AND NOT (
          "t8"."quantity" <= 0
        )
        AND NOT (
          "t8"."price" <= 0
        ) AS "kept",
        CASE
          WHEN (
            "t8"."sold_at" < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
          )
          AND NOT (
            "t8"."customer" IS NULL
          )
          AND NOT (
            "t8"."quantity" <= 0
          )
          AND (
            "t8"."price" <= 0
          )
          THEN 3
          ELSE CASE
            WHEN (
              "t8"."sold_at" < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
            )
            AND NOT (
              "t8"."customer" IS NULL
            )
            AND (
              "t8"."quantity" <= 0
            )
            THEN 2
            ELSE CASE
              WHEN (
                "t8"."sold_at" < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
              )
              AND (
                "t8"."customer" IS NULL
              )
              THEN 1
              ELSE CASE
                WHEN "t8"."sold_at" < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
                THEN 0
                ELSE -1
              END
            END
          END
        END AS "fate"
      FROM (
        SELECT
          "t7"."line",
          "t7"."invoice",
          "t7"."code",
          "t7"."description",
          "t7"."quantity",
          "t7"."price",
          "t7"."amount",
          "t7"."sold_at",
          "t7"."customer",
          "t7"."country",
          "t7"."cancelled_at"
        FROM (
          SELECT
            "t6"."line",
            "t6"."invoice",
            "t6"."code",
            "t6"."description",
            "t6"."quantity",
            "t6"."price",
            "t6"."amount",
            "t6"."sold_at",
            "t6"."customer",
            "t6"."country",
            "t4"."line" AS "line_right",
            "t4"."cancelled_at"
          FROM (
            SELECT
              "t1"."line",
              "t1"."invoice",
              "t1"."code",
              "t1"."description",
              "t1"."quantity",
              "t1"."price",
              "t1"."amount",
              CAST("t1"."sold_at" AS TIMESTAMP) AS "sold_at",
              "t1"."customer",
              "t1"."country"
            FROM "temp"."main"."lines" AS "t1"
          ) AS "t6"
          LEFT OUTER JOIN "temp"."main"."cancellations_mark" AS "t4"
            ON "t6"."line" = "t4"."line"
        ) AS "t7"
      ) AS "t8"
    ) AS "t9"
    WHERE
      "t9"."kept"
      AND NOT (
        "t9"."early"
      )
      AND "t9"."amount" > 0
      AND (
        (
          CAST(NULL AS TIMESTAMP) IS NULL
        )
        OR (
          CAST(NULL AS TIMESTAMP) >= CAST('2025-01-01T00:00:00' AS TIMESTAMP)
        )
      )
      AND "t9"."sold_at" < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
  ) AS "t11"
  INNER JOIN "memtable" AS "t3"
    ON "t11"."code" = "t3"."code"
) AS "t12"
GROUP BY
  1,
  2
