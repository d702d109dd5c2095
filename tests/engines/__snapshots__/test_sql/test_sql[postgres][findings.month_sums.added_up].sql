WITH "t8" AS (
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
    "t4"."place",
    "t4"."begin",
    "t4"."start",
    "t4"."cutoff",
    "t4"."as_of"
  FROM "temp"."main"."moments_of_customers" AS "t5"
  INNER JOIN "memtable" AS "t4"
    ON "t5"."sold_at" < "t4"."cutoff"
)
SELECT
  "t28"."place",
  "t28"."unit",
  "t28"."segment",
  COUNT(*) AS "customers",
  SUM("t28"."worth") AS "monetary",
  SUM("t28"."revenue") AS "revenue",
  SUM(CAST(CAST("t28"."orders" > 0 AS INT) AS BIGINT)) AS "bought",
  SUM("t28"."orders") AS "orders",
  SUM("t28"."bought") AS "spend"
FROM (
  SELECT
    "t27"."place",
    "t27"."customer",
    "t27"."revenue",
    "t27"."worth",
    "t27"."placed",
    "t27"."recency",
    "t27"."tenure",
    "t27"."frequency",
    "t27"."monetary",
    "t27"."segment",
    "t27"."month",
    "t27"."customer_right",
    "t27"."month_right",
    "t27"."bought",
    "t27"."orders",
    "t27"."customer" AS "unit"
  FROM (
    SELECT
      "t26"."place",
      "t26"."customer",
      "t26"."revenue",
      "t26"."worth",
      "t26"."placed",
      "t26"."recency",
      "t26"."tenure",
      "t26"."frequency",
      "t26"."monetary",
      "t26"."segment",
      "t3"."month",
      "t23"."customer" AS "customer_right",
      "t23"."month" AS "month_right",
      "t23"."bought",
      "t23"."orders"
    FROM (
      SELECT
        "t24"."place",
        "t24"."customer",
        "t24"."revenue",
        "t24"."worth",
        "t24"."placed",
        "t24"."recency",
        "t24"."tenure",
        "t24"."frequency",
        "t24"."monetary",
        COALESCE(
          CASE
            WHEN (
              "t24"."placed" > 0
            ) AND (
              "t24"."worth" >= 1
            )
            THEN CASE
              WHEN (
                "t24"."recency" <= 180
              ) AND (
                "t24"."monetary" >= 390000
              )
              THEN 'big-spenders'
              WHEN (
                "t24"."tenure" <= 90
              ) AND (
                "t24"."frequency" <= 2
              )
              THEN 'new'
              WHEN (
                "t24"."recency" <= 60
              )
              AND (
                "t24"."frequency" >= 5
              )
              AND (
                "t24"."monetary" >= 110000
              )
              THEN 'best'
              WHEN (
                "t24"."recency" <= 90
              ) AND (
                "t24"."frequency" >= 3
              )
              THEN 'loyal'
              WHEN (
                "t24"."recency" > 60
              )
              AND (
                "t24"."recency" <= 180
              )
              AND (
                (
                  "t24"."frequency" >= 3
                ) OR (
                  "t24"."monetary" >= 56000
                )
              )
              THEN 'at-risk'
              WHEN "t24"."recency" > 180
              THEN 'lost'
              ELSE 'low-engagement'
            END
            ELSE ''
          END,
          ''
        ) AS "segment"
      FROM (
        SELECT
          "t21"."place",
          "t21"."customer",
          "t21"."revenue",
          "t21"."monetary" AS "worth",
          COALESCE("t21"."alone", 0) + COALESCE("t20"."several", 0) AS "placed",
          CAST(EXTRACT(epoch FROM CAST(DATE("t7"."as_of") AS TIMESTAMP) - CAST(DATE("t21"."last") AS TIMESTAMP)) / 86400 AS BIGINT) - CAST("t21"."last" > DATE_TRUNC('DAY', "t21"."last") AS BIGINT) AS "recency",
          CAST(EXTRACT(epoch FROM CAST(DATE("t7"."as_of") AS TIMESTAMP) - CAST(DATE("t21"."first") AS TIMESTAMP)) / 86400 AS BIGINT) - CAST("t21"."first" > DATE_TRUNC('DAY', "t21"."first") AS BIGINT) AS "tenure",
          COALESCE("t21"."alone", 0) + COALESCE("t20"."several", 0) AS "frequency",
          "t21"."monetary"
        FROM (
          SELECT
            "t11"."place",
            "t11"."customer",
            SUM("t11"."amount") FILTER(WHERE
              "t11"."sold_at" >= "t11"."begin") AS "monetary",
            SUM("t11"."lines") FILTER(WHERE
              "t11"."sold_at" >= "t11"."begin") AS "lines",
            SUM("t11"."amount") FILTER(WHERE
              "t11"."sold_at" >= "t11"."start") AS "revenue",
            SUM("t11"."purchases") FILTER(WHERE
              (
                (
                  "t11"."cancelled_at" IS NULL
                )
                OR (
                  "t11"."cancelled_at" >= "t11"."cutoff"
                )
              )
              AND (
                "t11"."purchases" > 0
              )
              AND (
                "t11"."sold_at" >= "t11"."begin"
              )) AS "order_lines",
            SUM("t11"."bought") FILTER(WHERE
              (
                (
                  "t11"."cancelled_at" IS NULL
                )
                OR (
                  "t11"."cancelled_at" >= "t11"."cutoff"
                )
              )
              AND (
                "t11"."purchases" > 0
              )
              AND (
                "t11"."sold_at" >= "t11"."begin"
              )) AS "gross",
            MAX("t11"."sold_at") FILTER(WHERE
              (
                (
                  "t11"."cancelled_at" IS NULL
                )
                OR (
                  "t11"."cancelled_at" >= "t11"."cutoff"
                )
              )
              AND (
                "t11"."purchases" > 0
              )
              AND (
                "t11"."sold_at" >= "t11"."begin"
              )) AS "last",
            MIN("t11"."sold_at") FILTER(WHERE
              (
                (
                  "t11"."cancelled_at" IS NULL
                )
                OR (
                  "t11"."cancelled_at" >= "t11"."cutoff"
                )
              )
              AND (
                "t11"."on_file" > 0
              )) AS "first",
            SUM("t11"."orders") FILTER(WHERE
              (
                (
                  "t11"."cancelled_at" IS NULL
                )
                OR (
                  "t11"."cancelled_at" >= "t11"."cutoff"
                )
              )
              AND (
                "t11"."purchases" > 0
              )
              AND (
                "t11"."sold_at" >= "t11"."begin"
              )) AS "alone"
          FROM "t8" AS "t11"
          GROUP BY
            1,
            2
        ) AS "t21"
        LEFT OUTER JOIN (
          SELECT
            "t16"."place",
            "t16"."customer",
            COUNT(DISTINCT "t16"."split") AS "several"
          FROM (
            SELECT
              *
            FROM "t8" AS "t11"
            WHERE
              (
                (
                  "t11"."cancelled_at" IS NULL
                )
                OR (
                  "t11"."cancelled_at" >= "t11"."cutoff"
                )
              )
              AND "t11"."purchases" > 0
              AND "t11"."sold_at" >= "t11"."begin"
              AND "t11"."split" IS NOT NULL
          ) AS "t16"
          GROUP BY
            1,
            2
        ) AS "t20"
          ON "t21"."place" = "t20"."place" AND "t21"."customer" = "t20"."customer"
        INNER JOIN (
          SELECT
            "t1"."place",
            "t1"."as_of"
          FROM "memtable" AS "t1"
        ) AS "t7"
          ON "t21"."place" = "t7"."place"
      ) AS "t24"
    ) AS "t26"
    INNER JOIN "memtable" AS "t3"
      ON "t26"."place" = "t3"."place"
    LEFT OUTER JOIN (
      SELECT
        *
      FROM (
        SELECT
          "t14"."customer",
          "t14"."month",
          "t14"."bought",
          COALESCE("t14"."alone", 0) + COALESCE("t15"."several", 0) AS "orders"
        FROM (
          SELECT
            "t9"."customer",
            "t9"."month",
            SUM("t9"."orders") AS "alone",
            SUM("t9"."bought") AS "bought"
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
              DATE_TRUNC('MONTH', "t2"."sold_at") AS "month"
            FROM "temp"."main"."moments_of_customers" AS "t2"
            WHERE
              "t2"."purchases" > 0
              AND (
                (
                  "t2"."cancelled_at" IS NULL
                )
                OR (
                  DATE_TRUNC('MONTH', "t2"."cancelled_at") > DATE_TRUNC('MONTH', "t2"."sold_at")
                )
              )
          ) AS "t9"
          GROUP BY
            1,
            2
        ) AS "t14"
        LEFT OUTER JOIN (
          SELECT
            "t10"."month",
            "t10"."customer",
            COUNT(DISTINCT "t10"."split") AS "several"
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
              DATE_TRUNC('MONTH', "t2"."sold_at") AS "month"
            FROM "temp"."main"."moments_of_customers" AS "t2"
            WHERE
              "t2"."purchases" > 0
              AND (
                (
                  "t2"."cancelled_at" IS NULL
                )
                OR (
                  DATE_TRUNC('MONTH', "t2"."cancelled_at") > DATE_TRUNC('MONTH', "t2"."sold_at")
                )
              )
              AND TRUE
              AND "t2"."split" IS NOT NULL
          ) AS "t10"
          GROUP BY
            1,
            2
        ) AS "t15"
          ON "t14"."month" = "t15"."month" AND "t14"."customer" = "t15"."customer"
      ) AS "t19"
      WHERE
        "t19"."month" IN (
          CAST('2024-01-01T00:00:00' AS TIMESTAMP),
          CAST('2024-02-01T00:00:00' AS TIMESTAMP),
          CAST('2024-03-01T00:00:00' AS TIMESTAMP),
          CAST('2024-04-01T00:00:00' AS TIMESTAMP),
          CAST('2024-05-01T00:00:00' AS TIMESTAMP),
          CAST('2024-06-01T00:00:00' AS TIMESTAMP),
          CAST('2024-07-01T00:00:00' AS TIMESTAMP),
          CAST('2024-08-01T00:00:00' AS TIMESTAMP),
          CAST('2024-09-01T00:00:00' AS TIMESTAMP),
          CAST('2024-10-01T00:00:00' AS TIMESTAMP),
          CAST('2024-11-01T00:00:00' AS TIMESTAMP),
          CAST('2024-12-01T00:00:00' AS TIMESTAMP)
        )
    ) AS "t23"
      ON "t26"."customer" = "t23"."customer" AND "t3"."month" = "t23"."month"
  ) AS "t27"
) AS "t28"
GROUP BY
  1,
  2,
  3
