SELECT
  "t7"."customer",
  "t7"."invoice",
  "t7"."sold_at",
  "t7"."cancelled_at",
  "t7"."fate",
  CAST(COUNT(*) AS INT) AS "rows",
  SUM("t7"."amount") AS "worth",
  CAST(SUM(CASE WHEN "t7"."amount" > 0 THEN 1 ELSE 0 END) AS INT) AS "sales",
  SUM(CASE WHEN "t7"."amount" > 0 THEN "t7"."amount" ELSE 0 END) AS "gross",
  SUM(CASE WHEN "t7"."amount" > 0 THEN "t7"."quantity" ELSE 0 END) AS "items",
  MIN(CASE WHEN "t7"."amount" > 0 THEN "t7"."country" ELSE CAST(NULL AS VARCHAR) END) AS "country"
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
    "t6"."cancelled_at",
    "t6"."sold_at" < CAST('2024-01-01T00:00:00' AS TIMESTAMP) AS "early",
    (
      "t6"."sold_at" < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
    )
    AND NOT (
      "t6"."customer" IS NULL
    ) AS "kept",
    CASE
      WHEN (
        "t6"."sold_at" < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
      )
      AND (
        "t6"."customer" IS NULL
      )
      THEN 1
      ELSE CASE
        WHEN "t6"."sold_at" < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
        THEN 0
        ELSE -1
      END
    END AS "fate"
  FROM (
    SELECT
      "t5"."line",
      "t5"."invoice",
      "t5"."code",
      "t5"."description",
      "t5"."quantity",
      "t5"."price",
      "t5"."amount",
      "t5"."sold_at",
      "t5"."customer",
      "t5"."country",
      "t5"."cancelled_at"
    FROM (
      SELECT
        "t4"."line",
        "t4"."invoice",
        "t4"."code",
        "t4"."description",
        "t4"."quantity",
        "t4"."price",
        "t4"."amount",
        "t4"."sold_at",
        "t4"."customer",
        "t4"."country",
        "t2"."line" AS "line_right",
        "t2"."cancelled_at"
      FROM (
        SELECT
          "t0"."line",
          "t0"."invoice",
          "t0"."code",
          "t0"."description",
          "t0"."quantity",
          "t0"."price",
          "t0"."amount",
          CAST("t0"."sold_at" AS TIMESTAMP) AS "sold_at",
          "t0"."customer",
          "t0"."country"
        FROM "temp"."main"."lines" AS "t0"
      ) AS "t4"
      LEFT OUTER JOIN "temp"."main"."cancellations_mark" AS "t2"
        ON "t4"."line" = "t2"."line"
    ) AS "t5"
  ) AS "t6"
) AS "t7"
GROUP BY
  1,
  2,
  3,
  4,
  5
