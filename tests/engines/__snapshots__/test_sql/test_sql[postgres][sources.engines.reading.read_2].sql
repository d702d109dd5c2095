SELECT
  "t1"."line",
  COALESCE(
    "t1"."invoice",
    TO_CHAR("t1"."moment", 'YYYY-MM-DD HH24:MI:SS') || '|' || CASE
      WHEN "t1"."customer" IS NULL
      THEN 'guest ' || CAST("t1"."line" AS VARCHAR)
      ELSE "t1"."customer"
    END
  ) AS "invoice",
  "t1"."code",
  "t1"."description",
  "t1"."units" AS "quantity",
  "t1"."unit_price" AS "price",
  "t1"."units" * "t1"."unit_price" AS "amount",
  "t1"."moment" AS "sold_at",
  "t1"."customer",
  "t1"."country"
FROM (
  SELECT
    "t0"."line",
    "t0"."sold_at",
    "t0"."quantity",
    "t0"."price",
    "t0"."invoice",
    "t0"."code",
    "t0"."description",
    "t0"."customer",
    "t0"."country",
    CASE
      WHEN (
        "t0"."sold_at" >= CAST('1970-01-01T00:00:00' AS TIMESTAMP)
      )
      AND (
        "t0"."sold_at" < CAST('2200-01-01T00:00:00' AS TIMESTAMP)
      )
      THEN "t0"."sold_at"
      ELSE CAST(NULL AS TIMESTAMP)
    END AS "moment",
    CASE
      WHEN ABS("t0"."quantity") < 1000000000000
      THEN CASE
        WHEN ABS(
          (
            CAST(CAST(ROUND("t0"."quantity" * 1.0) AS BIGINT) AS DOUBLE PRECISION) / 1.0
          ) - "t0"."quantity"
        ) <= (
          ABS("t0"."quantity") * 1e-15
        )
        THEN CAST(ROUND("t0"."quantity" * 1.0) AS BIGINT)
        ELSE CAST(NULL AS BIGINT)
      END
      ELSE CAST(NULL AS BIGINT)
    END AS "units",
    CASE
      WHEN ABS("t0"."price") < 1000000000000
      THEN CASE
        WHEN ABS(
          (
            CAST(CAST(ROUND("t0"."price" * 100.0) AS BIGINT) AS DOUBLE PRECISION) / 100.0
          ) - "t0"."price"
        ) <= (
          ABS("t0"."price") * 1e-15
        )
        THEN CAST(ROUND("t0"."price" * 100.0) AS BIGINT)
        ELSE CAST(NULL AS BIGINT)
      END
      ELSE CAST(NULL AS BIGINT)
    END AS "unit_price"
  FROM "temp"."main"."staged" AS "t0"
) AS "t1"
WHERE
  "t1"."moment" IS NOT NULL
  AND "t1"."units" IS NOT NULL
  AND "t1"."unit_price" IS NOT NULL
