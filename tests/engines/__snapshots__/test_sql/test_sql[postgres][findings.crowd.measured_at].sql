SELECT
  "t7"."customer",
  "t7"."monetary" AS "revenue",
  "t7"."lines",
  "t7"."last",
  "t7"."first",
  "t7"."orders"
FROM (
  SELECT
    "t6"."place",
    "t6"."customer",
    "t6"."monetary",
    "t6"."lines",
    "t6"."revenue",
    "t6"."order_lines",
    "t6"."gross",
    "t6"."last",
    "t6"."first",
    COALESCE("t6"."alone", 0) + COALESCE("t4"."several", 0) AS "orders"
  FROM (
    SELECT
      "t1"."place",
      "t1"."customer",
      SUM("t1"."amount") FILTER(WHERE
        "t1"."sold_at" >= "t1"."begin") AS "monetary",
      SUM("t1"."lines") FILTER(WHERE
        "t1"."sold_at" >= "t1"."begin") AS "lines",
      SUM("t1"."amount") FILTER(WHERE
        "t1"."sold_at" >= "t1"."start") AS "revenue",
      SUM("t1"."purchases") FILTER(WHERE
        (
          (
            "t1"."cancelled_at" IS NULL
          ) OR (
            "t1"."cancelled_at" >= "t1"."cutoff"
          )
        )
        AND (
          "t1"."purchases" > 0
        )
        AND (
          "t1"."sold_at" >= "t1"."begin"
        )) AS "order_lines",
      SUM("t1"."bought") FILTER(WHERE
        (
          (
            "t1"."cancelled_at" IS NULL
          ) OR (
            "t1"."cancelled_at" >= "t1"."cutoff"
          )
        )
        AND (
          "t1"."purchases" > 0
        )
        AND (
          "t1"."sold_at" >= "t1"."begin"
        )) AS "gross",
      MAX("t1"."sold_at") FILTER(WHERE
        (
          (
            "t1"."cancelled_at" IS NULL
          ) OR (
            "t1"."cancelled_at" >= "t1"."cutoff"
          )
        )
        AND (
          "t1"."purchases" > 0
        )
        AND (
          "t1"."sold_at" >= "t1"."begin"
        )) AS "last",
      MIN("t1"."sold_at") FILTER(WHERE
        (
          (
            "t1"."cancelled_at" IS NULL
          ) OR (
            "t1"."cancelled_at" >= "t1"."cutoff"
          )
        )
        AND (
          "t1"."on_file" > 0
        )) AS "first",
      SUM("t1"."orders") FILTER(WHERE
        (
          (
            "t1"."cancelled_at" IS NULL
          ) OR (
            "t1"."cancelled_at" >= "t1"."cutoff"
          )
        )
        AND (
          "t1"."purchases" > 0
        )
        AND (
          "t1"."sold_at" >= "t1"."begin"
        )) AS "alone"
    FROM (
      SELECT
        "t0"."customer",
        "t0"."invoice",
        "t0"."sold_at",
        "t0"."cancelled_at",
        "t0"."lines",
        "t0"."items",
        "t0"."country",
        "t0"."on_file",
        "t0"."amount",
        "t0"."bought",
        "t0"."purchases",
        "t0"."orders",
        "t0"."split",
        0 AS "place",
        CAST('2024-01-01T00:00:00' AS TIMESTAMP) AS "begin",
        CAST('2024-01-01T00:00:00' AS TIMESTAMP) AS "start",
        CAST('2025-01-01T00:00:00' AS TIMESTAMP) AS "cutoff"
      FROM "temp"."main"."moments_of_customers" AS "t0"
      WHERE
        "t0"."sold_at" < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
    ) AS "t1"
    GROUP BY
      1,
      2
  ) AS "t6"
  LEFT OUTER JOIN (
    SELECT
      "t2"."place",
      "t2"."customer",
      COUNT(DISTINCT "t2"."invoice") AS "several"
    FROM (
      SELECT
        "t0"."customer",
        "t0"."invoice",
        "t0"."sold_at",
        "t0"."cancelled_at",
        "t0"."lines",
        "t0"."items",
        "t0"."country",
        "t0"."on_file",
        "t0"."amount",
        "t0"."bought",
        "t0"."purchases",
        "t0"."orders",
        "t0"."split",
        0 AS "place",
        CAST('2024-01-01T00:00:00' AS TIMESTAMP) AS "begin",
        CAST('2024-01-01T00:00:00' AS TIMESTAMP) AS "start",
        CAST('2025-01-01T00:00:00' AS TIMESTAMP) AS "cutoff"
      FROM "temp"."main"."moments_of_customers" AS "t0"
      WHERE
        "t0"."split"
        AND "t0"."sold_at" < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
        AND (
          (
            "t0"."cancelled_at" IS NULL
          )
          OR (
            "t0"."cancelled_at" >= CAST('2025-01-01T00:00:00' AS TIMESTAMP)
          )
        )
        AND "t0"."purchases" > 0
        AND "t0"."sold_at" >= CAST('2024-01-01T00:00:00' AS TIMESTAMP)
    ) AS "t2"
    GROUP BY
      1,
      2
  ) AS "t4"
    ON "t6"."place" = "t4"."place" AND "t6"."customer" = "t4"."customer"
) AS "t7"
WHERE
  "t7"."lines" > 0
