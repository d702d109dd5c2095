SELECT
  "t1".*
  EXCLUDE ("number")
FROM (
  SELECT
    "t0"."customer",
    "t0"."recency",
    "t0"."frequency",
    "t0"."monetary",
    "t0"."tenure",
    "t0"."orders",
    "t0"."revenue",
    ROW_NUMBER() OVER (ORDER BY "t0"."customer" ASC) - 1 AS "number"
  FROM "temp"."main"."customers_held_told_4" AS "t0"
) AS "t1"
