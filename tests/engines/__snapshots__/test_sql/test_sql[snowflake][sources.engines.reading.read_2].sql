SELECT
  "t1"."line",
  COALESCE(
    "t1"."invoice",
    CONCAT(
      CONCAT(TO_CHAR("t1"."moment", 'yyyy-mm-DD hh24:mi:ss'), '|'),
      IFF(
        "t1"."customer" IS NULL,
        CONCAT('guest ', CAST("t1"."line" AS VARCHAR)),
        "t1"."customer"
      )
    )
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
    IFF(
      (
        "t0"."sold_at" >= TIMESTAMP_FROM_PARTS(1970, 1, 1, 0, 0, 0, 0)
      )
      AND (
        "t0"."sold_at" < TIMESTAMP_FROM_PARTS(2200, 1, 1, 0, 0, 0, 0)
      ),
      "t0"."sold_at",
      CAST(NULL AS TIMESTAMP)
    ) AS "moment",
    IFF(
      ABS("t0"."quantity") < 1000000000000,
      IFF(
        ABS(
          (
            CAST(CAST(ROUND("t0"."quantity" * 1.0, 0) AS BIGINT) AS DOUBLE) / 1.0
          ) - "t0"."quantity"
        ) <= (
          ABS("t0"."quantity") * 1e-15
        ),
        CAST(ROUND("t0"."quantity" * 1.0, 0) AS BIGINT),
        CAST(NULL AS BIGINT)
      ),
      CAST(NULL AS BIGINT)
    ) AS "units",
    IFF(
      ABS("t0"."price") < 1000000000000,
      IFF(
        ABS(
          (
            CAST(CAST(ROUND("t0"."price" * 100.0, 0) AS BIGINT) AS DOUBLE) / 100.0
          ) - "t0"."price"
        ) <= (
          ABS("t0"."price") * 1e-15
        ),
        CAST(ROUND("t0"."price" * 100.0, 0) AS BIGINT),
        CAST(NULL AS BIGINT)
      ),
      CAST(NULL AS BIGINT)
    ) AS "unit_price"
  FROM "temp"."main"."staged" AS "t0"
) AS "t1"
WHERE
  "t1"."moment" IS NOT NULL
  AND "t1"."units" IS NOT NULL
  AND "t1"."unit_price" IS NOT NULL
