SELECT
  SUM(IFF((
    "t2"."low" = "t2"."high"
  ) AND (
    "t2"."rows" > 0
  ), "t2"."rows", NULL)) AS "rows",
  SUM(
    IFF((
      "t2"."low" = "t2"."high"
    ) AND (
      "t2"."rows" > 0
    ), "t2"."worth", NULL)
  ) AS "worth",
  MIN(
    IFF((
      "t2"."low" = "t2"."high"
    ) AND (
      "t2"."rows" > 0
    ), "t2"."invoice", NULL)
  ) AS "such"
FROM (
  SELECT
    "t1"."invoice",
    MIN("t1"."customer") AS "low",
    MAX("t1"."customer") AS "high",
    SUM(CAST("t1"."customer" IS NULL AS INT)) AS "rows",
    SUM(IFF("t1"."customer" IS NULL, "t1"."amount", NULL)) AS "worth"
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
