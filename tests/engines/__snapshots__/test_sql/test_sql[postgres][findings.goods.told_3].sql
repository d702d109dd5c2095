SELECT
  "t13"."place",
  "t13"."code",
  "t13"."description",
  COUNT(*) AS "lines",
  SUM("t13"."amount") AS "revenue"
FROM (
  SELECT
    "t12"."customer",
    "t12"."invoice",
    "t12"."code",
    "t12"."description",
    "t12"."amount",
    "t12"."price",
    "t5"."place"
  FROM (
    SELECT
      "t10"."customer",
      "t10"."invoice",
      "t10"."code",
      "t10"."description",
      "t10"."amount",
      "t10"."price"
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
        "t9"."cancelled_at",
        "t9"."sold_at" < CAST('2023-01-01T10:00:00' AS TIMESTAMP) AS "early",
        (
          "t9"."sold_at" < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
        )
        AND NOT (
          "t9"."customer" IS NULL
        )
        AND NOT (
          "t9"."quantity" <= 0
        )
        AND NOT (
          "t9"."price" <= 0
        ) AS "kept",
        CASE
          WHEN (
            "t9"."sold_at" < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
          )
          AND NOT (
            "t9"."customer" IS NULL
          )
          AND NOT (
            "t9"."quantity" <= 0
          )
          AND (
            "t9"."price" <= 0
          )
          THEN 3
          ELSE CASE
            WHEN (
              "t9"."sold_at" < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
            )
            AND NOT (
              "t9"."customer" IS NULL
            )
            AND (
              "t9"."quantity" <= 0
            )
            THEN 2
            ELSE CASE
              WHEN (
                "t9"."sold_at" < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
              )
              AND (
                "t9"."customer" IS NULL
              )
              THEN 1
              ELSE CASE
                WHEN "t9"."sold_at" < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
                THEN 0
                ELSE -1
              END
            END
          END
        END AS "fate"
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
          "t8"."cancelled_at"
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
            "t3"."line" AS "line_right",
            "t3"."cancelled_at"
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
          ) AS "t7"
          LEFT OUTER JOIN "temp"."main"."cancellations_mark" AS "t3"
            ON "t7"."line" = "t3"."line"
        ) AS "t8"
      ) AS "t9"
    ) AS "t10"
    WHERE
      "t10"."kept"
      AND NOT (
        "t10"."early"
      )
      AND "t10"."amount" > 0
      AND (
        (
          CAST(NULL AS TIMESTAMP) IS NULL
        )
        OR (
          CAST(NULL AS TIMESTAMP) >= CAST('2025-01-01T00:00:00' AS TIMESTAMP)
        )
      )
      AND "t10"."sold_at" < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
  ) AS "t12"
  INNER JOIN (
    SELECT
      "t0"."customer",
      "t0"."place"
    FROM "temp"."main"."findings_crowd_crowd_2" AS "t0"
  ) AS "t5"
    ON "t12"."customer" = "t5"."customer"
) AS "t13"
GROUP BY
  1,
  2,
  3
