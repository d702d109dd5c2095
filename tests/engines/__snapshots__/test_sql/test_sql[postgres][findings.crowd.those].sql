SELECT
  "t2"."customer",
  "t2"."place",
  "t2"."orders",
  "t2"."revenue"
FROM "temp"."main"."findings_crowd_crowd" AS "t2"
WHERE
  EXISTS(
    SELECT
      1
    FROM "memtable" AS "t3"
    WHERE
      "t2"."customer" = "t3"."customer"
  )
