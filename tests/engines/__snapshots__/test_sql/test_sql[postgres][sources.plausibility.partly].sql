SELECT
  SUM("t2"."rows") FILTER(WHERE
    (
      "t2"."low" = "t2"."high"
    ) AND (
      "t2"."rows" > 0
    )) AS "rows",
  SUM("t2"."worth") FILTER(WHERE
    (
      "t2"."low" = "t2"."high"
    ) AND (
      "t2"."rows" > 0
    )) AS "worth",
  MIN("t2"."invoice") FILTER(WHERE
    (
      "t2"."low" = "t2"."high"
    ) AND (
      "t2"."rows" > 0
    )) AS "such"
FROM (
  SELECT
    "t1"."invoice",
    MIN("t1"."customer") AS "low",
    MAX("t1"."customer") AS "high",
    SUM(CAST(CAST("t1"."customer" IS NULL AS INT) AS BIGINT)) AS "rows",
    SUM("t1"."amount") FILTER(WHERE
      "t1"."customer" IS NULL) AS "worth"
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
  ) AS "t1"
  GROUP BY
    1
) AS "t2"
