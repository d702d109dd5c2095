SELECT
  "t1"."fate",
  COUNT(*) AS "customers",
  SUM("t1"."lines") AS "rows",
  SUM("t1"."revenue") AS "worth"
FROM (
  SELECT
    "t0"."customer",
    "t0"."lines",
    "t0"."revenue",
    CAST(EXTRACT(epoch FROM CAST(MAKE_DATE(2025, 1, 1) AS TIMESTAMP) - CAST(DATE("t0"."last") AS TIMESTAMP)) / 86400 AS BIGINT) - CASE WHEN "t0"."last" > DATE_TRUNC('DAY', "t0"."last") THEN 1 ELSE 0 END AS "recency",
    "t0"."orders" AS "frequency",
    "t0"."revenue" AS "monetary",
    CAST(EXTRACT(epoch FROM CAST(MAKE_DATE(2025, 1, 1) AS TIMESTAMP) - CAST(DATE("t0"."first") AS TIMESTAMP)) / 86400 AS BIGINT) - CASE WHEN "t0"."first" > DATE_TRUNC('DAY', "t0"."first") THEN 1 ELSE 0 END AS "tenure",
    COALESCE("t0"."orders", 0) AS "orders",
    CASE
      WHEN COALESCE("t0"."orders", 0) = 0
      THEN 'no-purchase-left'
      WHEN "t0"."revenue" < 1
      THEN 'net-not-positive'
      ELSE ''
    END AS "fate"
  FROM "temp"."main"."findings_crowd_measured_at" AS "t0"
) AS "t1"
GROUP BY
  1
