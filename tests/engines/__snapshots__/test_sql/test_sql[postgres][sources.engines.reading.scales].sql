SELECT
  MAX("t1"."price") FILTER(WHERE
    "t1"."price" <= 6) AS "price",
  MAX("t1"."quantity") FILTER(WHERE
    "t1"."quantity" <= 6) AS "quantity"
FROM (
  SELECT
    CASE
      WHEN ABS("t0"."price") < 1000000000000
      THEN CASE
        WHEN ABS(
          (
            CAST(CAST(ROUND("t0"."price" * 1.0) AS BIGINT) AS DOUBLE PRECISION) / 1.0
          ) - "t0"."price"
        ) <= (
          ABS("t0"."price") * 1e-15
        )
        THEN 0
        WHEN ABS(
          (
            CAST(CAST(ROUND("t0"."price" * 10.0) AS BIGINT) AS DOUBLE PRECISION) / 10.0
          ) - "t0"."price"
        ) <= (
          ABS("t0"."price") * 1e-15
        )
        THEN 1
        WHEN ABS(
          (
            CAST(CAST(ROUND("t0"."price" * 100.0) AS BIGINT) AS DOUBLE PRECISION) / 100.0
          ) - "t0"."price"
        ) <= (
          ABS("t0"."price") * 1e-15
        )
        THEN 2
        WHEN ABS(
          (
            CAST(CAST(ROUND("t0"."price" * 1000.0) AS BIGINT) AS DOUBLE PRECISION) / 1000.0
          ) - "t0"."price"
        ) <= (
          ABS("t0"."price") * 1e-15
        )
        THEN 3
        WHEN ABS(
          (
            CAST(CAST(ROUND("t0"."price" * 10000.0) AS BIGINT) AS DOUBLE PRECISION) / 10000.0
          ) - "t0"."price"
        ) <= (
          ABS("t0"."price") * 1e-15
        )
        THEN 4
        WHEN ABS(
          (
            CAST(CAST(ROUND("t0"."price" * 100000.0) AS BIGINT) AS DOUBLE PRECISION) / 100000.0
          ) - "t0"."price"
        ) <= (
          ABS("t0"."price") * 1e-15
        )
        THEN 5
        WHEN ABS(
          (
            CAST(CAST(ROUND("t0"."price" * 1000000.0) AS BIGINT) AS DOUBLE PRECISION) / 1000000.0
          ) - "t0"."price"
        ) <= (
          ABS("t0"."price") * 1e-15
        )
        THEN 6
        ELSE 7
      END
      ELSE CAST(NULL AS SMALLINT)
    END AS "price",
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
        THEN 0
        WHEN ABS(
          (
            CAST(CAST(ROUND("t0"."quantity" * 10.0) AS BIGINT) AS DOUBLE PRECISION) / 10.0
          ) - "t0"."quantity"
        ) <= (
          ABS("t0"."quantity") * 1e-15
        )
        THEN 1
        WHEN ABS(
          (
            CAST(CAST(ROUND("t0"."quantity" * 100.0) AS BIGINT) AS DOUBLE PRECISION) / 100.0
          ) - "t0"."quantity"
        ) <= (
          ABS("t0"."quantity") * 1e-15
        )
        THEN 2
        WHEN ABS(
          (
            CAST(CAST(ROUND("t0"."quantity" * 1000.0) AS BIGINT) AS DOUBLE PRECISION) / 1000.0
          ) - "t0"."quantity"
        ) <= (
          ABS("t0"."quantity") * 1e-15
        )
        THEN 3
        WHEN ABS(
          (
            CAST(CAST(ROUND("t0"."quantity" * 10000.0) AS BIGINT) AS DOUBLE PRECISION) / 10000.0
          ) - "t0"."quantity"
        ) <= (
          ABS("t0"."quantity") * 1e-15
        )
        THEN 4
        WHEN ABS(
          (
            CAST(CAST(ROUND("t0"."quantity" * 100000.0) AS BIGINT) AS DOUBLE PRECISION) / 100000.0
          ) - "t0"."quantity"
        ) <= (
          ABS("t0"."quantity") * 1e-15
        )
        THEN 5
        WHEN ABS(
          (
            CAST(CAST(ROUND("t0"."quantity" * 1000000.0) AS BIGINT) AS DOUBLE PRECISION) / 1000000.0
          ) - "t0"."quantity"
        ) <= (
          ABS("t0"."quantity") * 1e-15
        )
        THEN 6
        ELSE 7
      END
      ELSE CAST(NULL AS SMALLINT)
    END AS "quantity"
  FROM "temp"."main"."staged" AS "t0"
) AS "t1"
