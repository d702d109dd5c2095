SELECT
  "t0"."customer"
FROM "temp"."main"."customers_held_told_2" AS "t0"
WHERE
  "t0"."frequency" = 2
ORDER BY
  "t0"."customer" ASC
LIMIT 1
OFFSET 9
