SELECT
  "t4"."place",
  "t4"."customer",
  SUM("t4"."amount") FILTER(WHERE
    "t4"."sold_at" >= "t4"."begin") AS "monetary",
  SUM("t4"."lines") FILTER(WHERE
    "t4"."sold_at" >= "t4"."begin") AS "lines",
  SUM("t4"."amount") FILTER(WHERE
    "t4"."sold_at" >= "t4"."start") AS "revenue",
  COUNT(DISTINCT "t4"."invoice") FILTER(WHERE
    (
      (
        "t4"."cancelled_at" IS NULL
      ) OR (
        "t4"."cancelled_at" >= "t4"."cutoff"
      )
    )
    AND (
      "t4"."purchases" > 0
    )
    AND (
      "t4"."sold_at" >= "t4"."begin"
    )) AS "frequency",
  SUM("t4"."purchases") FILTER(WHERE
    (
      (
        "t4"."cancelled_at" IS NULL
      ) OR (
        "t4"."cancelled_at" >= "t4"."cutoff"
      )
    )
    AND (
      "t4"."purchases" > 0
    )
    AND (
      "t4"."sold_at" >= "t4"."begin"
    )) AS "order_lines",
  SUM("t4"."bought") FILTER(WHERE
    (
      (
        "t4"."cancelled_at" IS NULL
      ) OR (
        "t4"."cancelled_at" >= "t4"."cutoff"
      )
    )
    AND (
      "t4"."purchases" > 0
    )
    AND (
      "t4"."sold_at" >= "t4"."begin"
    )) AS "gross",
  MAX("t4"."sold_at") FILTER(WHERE
    (
      (
        "t4"."cancelled_at" IS NULL
      ) OR (
        "t4"."cancelled_at" >= "t4"."cutoff"
      )
    )
    AND (
      "t4"."purchases" > 0
    )
    AND (
      "t4"."sold_at" >= "t4"."begin"
    )) AS "last",
  MIN("t4"."sold_at") FILTER(WHERE
    (
      (
        "t4"."cancelled_at" IS NULL
      ) OR (
        "t4"."cancelled_at" >= "t4"."cutoff"
      )
    )
    AND (
      "t4"."on_file" > 0
    )) AS "first"
FROM (
  SELECT
    "t2"."customer",
    "t2"."invoice",
    "t2"."sold_at",
    "t2"."cancelled_at",
    "t2"."amount",
    "t2"."lines",
    "t2"."bought",
    "t2"."items",
    "t2"."purchases",
    "t2"."on_file",
    "t3"."place",
    "t3"."begin",
    "t3"."start",
    "t3"."cutoff"
  FROM "temp"."main"."findings_moments_moments" AS "t2"
  INNER JOIN "memtable" AS "t3"
    ON "t2"."sold_at" < "t3"."cutoff"
) AS "t4"
GROUP BY
  1,
  2
