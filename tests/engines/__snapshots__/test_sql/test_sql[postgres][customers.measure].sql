SELECT
  "t13"."customer",
  "t13"."monetary" AS "revenue",
  "t13"."lines",
  "t13"."last",
  "t13"."first",
  "t13"."orders"
FROM (
  SELECT
    "t10"."place",
    "t10"."customer",
    "t10"."monetary",
    "t10"."lines",
    "t10"."revenue",
    "t10"."order_lines",
    "t10"."gross",
    "t10"."last",
    "t10"."first",
    COALESCE("t10"."alone", 0) + COALESCE("t12"."several", 0) AS "orders"
  FROM (
    SELECT
      "t6"."place",
      "t6"."customer",
      SUM("t6"."amount") FILTER(WHERE
        "t6"."sold_at" >= "t6"."begin") AS "monetary",
      SUM("t6"."lines") FILTER(WHERE
        "t6"."sold_at" >= "t6"."begin") AS "lines",
      SUM("t6"."amount") FILTER(WHERE
        "t6"."sold_at" >= "t6"."start") AS "revenue",
      SUM("t6"."purchases") FILTER(WHERE
        (
          (
            "t6"."cancelled_at" IS NULL
          ) OR (
            "t6"."cancelled_at" >= "t6"."cutoff"
          )
        )
        AND (
          "t6"."purchases" > 0
        )
        AND (
          "t6"."sold_at" >= "t6"."begin"
        )) AS "order_lines",
      SUM("t6"."bought") FILTER(WHERE
        (
          (
            "t6"."cancelled_at" IS NULL
          ) OR (
            "t6"."cancelled_at" >= "t6"."cutoff"
          )
        )
        AND (
          "t6"."purchases" > 0
        )
        AND (
          "t6"."sold_at" >= "t6"."begin"
        )) AS "gross",
      MAX("t6"."sold_at") FILTER(WHERE
        (
          (
            "t6"."cancelled_at" IS NULL
          ) OR (
            "t6"."cancelled_at" >= "t6"."cutoff"
          )
        )
        AND (
          "t6"."purchases" > 0
        )
        AND (
          "t6"."sold_at" >= "t6"."begin"
        )) AS "last",
      MIN("t6"."sold_at") FILTER(WHERE
        (
          (
            "t6"."cancelled_at" IS NULL
          ) OR (
            "t6"."cancelled_at" >= "t6"."cutoff"
          )
        )
        AND (
          "t6"."on_file" > 0
        )) AS "first",
      SUM("t6"."orders") FILTER(WHERE
        (
          (
            "t6"."cancelled_at" IS NULL
          ) OR (
            "t6"."cancelled_at" >= "t6"."cutoff"
          )
        )
        AND (
          "t6"."purchases" > 0
        )
        AND (
          "t6"."sold_at" >= "t6"."begin"
        )) AS "alone"
    FROM (
      SELECT
        "t2"."customer",
        "t2"."invoice",
        "t2"."sold_at",
        "t2"."cancelled_at",
        "t2"."lines",
        "t2"."items",
        "t2"."country",
        "t2"."on_file",
        "t2"."amount",
        "t2"."bought",
        "t2"."purchases",
        "t2"."orders",
        "t2"."split",
        "t3"."place",
        "t3"."begin",
        "t3"."start",
        "t3"."cutoff"
      FROM "temp"."main"."moments_of_customers" AS "t2"
      INNER JOIN "memtable" AS "t3"
        ON "t2"."sold_at" < "t3"."cutoff"
    ) AS "t6"
    GROUP BY
      1,
      2
  ) AS "t10"
  LEFT OUTER JOIN (
    SELECT
      "t8"."place",
      "t8"."customer",
      COUNT(DISTINCT "t8"."invoice") AS "several"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t5"."customer",
          "t5"."invoice",
          "t5"."sold_at",
          "t5"."cancelled_at",
          "t5"."lines",
          "t5"."items",
          "t5"."country",
          "t5"."on_file",
          "t5"."amount",
          "t5"."bought",
          "t5"."purchases",
          "t5"."orders",
          "t5"."split",
          "t3"."place",
          "t3"."begin",
          "t3"."start",
          "t3"."cutoff"
        FROM (
          SELECT
            *
          FROM "temp"."main"."moments_of_customers" AS "t0"
          WHERE
            "t0"."split"
        ) AS "t5"
        INNER JOIN "memtable" AS "t3"
          ON "t5"."sold_at" < "t3"."cutoff"
      ) AS "t7"
      WHERE
        (
          (
            "t7"."cancelled_at" IS NULL
          ) OR (
            "t7"."cancelled_at" >= "t7"."cutoff"
          )
        )
        AND "t7"."purchases" > 0
        AND "t7"."sold_at" >= "t7"."begin"
    ) AS "t8"
    GROUP BY
      1,
      2
  ) AS "t12"
    ON "t10"."place" = "t12"."place" AND "t10"."customer" = "t12"."customer"
) AS "t13"
WHERE
  "t13"."lines" > 0
