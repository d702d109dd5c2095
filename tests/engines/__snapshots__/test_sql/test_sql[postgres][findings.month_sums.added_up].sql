SELECT
  "t35"."place",
  "t35"."unit",
  "t35"."segment",
  COUNT(*) AS "customers",
  SUM("t35"."worth") AS "monetary",
  SUM("t35"."revenue") AS "revenue",
  SUM(CAST(CAST("t35"."orders" > 0 AS INT) AS BIGINT)) AS "bought",
  SUM("t35"."orders") AS "orders",
  SUM("t35"."bought") AS "spend"
FROM (
  SELECT
    "t34"."place",
    "t34"."customer",
    "t34"."revenue",
    "t34"."worth",
    "t34"."placed",
    "t34"."recency",
    "t34"."tenure",
    "t34"."frequency",
    "t34"."monetary",
    "t34"."stays",
    "t34"."month",
    "t34"."segment",
    "t34"."customer_right",
    "t34"."month_right",
    "t34"."bought",
    "t34"."orders",
    "t34"."customer" AS "unit"
  FROM (
    SELECT
      "t33"."place",
      "t33"."customer",
      "t33"."revenue",
      "t33"."worth",
      "t33"."placed",
      "t33"."recency",
      "t33"."tenure",
      "t33"."frequency",
      "t33"."monetary",
      "t33"."stays",
      "t33"."month",
      "t33"."segment",
      "t27"."customer" AS "customer_right",
      "t27"."month" AS "month_right",
      "t27"."bought",
      "t27"."orders"
    FROM (
      SELECT
        "t31"."place",
        "t31"."customer",
        "t31"."revenue",
        "t31"."worth",
        "t31"."placed",
        "t31"."recency",
        "t31"."tenure",
        "t31"."frequency",
        "t31"."monetary",
        "t31"."stays",
        "t31"."month",
        COALESCE(
          CASE
            WHEN "t31"."stays"
            THEN CASE
              WHEN (
                "t31"."recency" <= 180
              ) AND (
                "t31"."monetary" >= 390000
              )
              THEN 'big-spenders'
              WHEN (
                "t31"."tenure" <= 90
              ) AND (
                "t31"."frequency" <= 2
              )
              THEN 'new'
              WHEN (
                "t31"."recency" <= 60
              )
              AND (
                "t31"."frequency" >= 5
              )
              AND (
                "t31"."monetary" >= 110000
              )
              THEN 'best'
              WHEN (
                "t31"."recency" <= 90
              ) AND (
                "t31"."frequency" >= 3
              )
              THEN 'loyal'
              WHEN (
                "t31"."recency" > 60
              )
              AND (
                "t31"."recency" <= 180
              )
              AND (
                (
                  "t31"."frequency" >= 3
                ) OR (
                  "t31"."monetary" >= 56000
                )
              )
              THEN 'at-risk'
              WHEN "t31"."recency" > 180
              THEN 'lost'
              ELSE 'low-engagement'
            END
            ELSE ''
          END,
          ''
        ) AS "segment"
      FROM (
        SELECT
          "t30"."place",
          "t30"."customer",
          "t30"."revenue",
          "t30"."worth",
          "t30"."placed",
          "t30"."recency",
          "t30"."tenure",
          "t30"."frequency",
          "t30"."monetary",
          "t30"."stays",
          "t5"."month"
        FROM (
          SELECT
            "t28"."place",
            "t28"."customer",
            "t28"."revenue",
            "t28"."worth",
            "t28"."placed",
            "t28"."recency",
            "t28"."tenure",
            "t28"."frequency",
            "t28"."monetary",
            (
              "t28"."placed" > 0
            ) AND (
              "t28"."worth" >= 1
            ) AS "stays"
          FROM (
            SELECT
              "t23"."place",
              "t23"."customer",
              "t23"."revenue",
              "t23"."monetary" AS "worth",
              COALESCE("t23"."alone", 0) + COALESCE("t25"."several", 0) AS "placed",
              CAST(EXTRACT(epoch FROM CAST(DATE("t7"."as_of") AS TIMESTAMP) - CAST(DATE("t23"."last") AS TIMESTAMP)) / 86400 AS BIGINT) - CASE WHEN "t23"."last" > DATE_TRUNC('DAY', "t23"."last") THEN 1 ELSE 0 END AS "recency",
              CAST(EXTRACT(epoch FROM CAST(DATE("t7"."as_of") AS TIMESTAMP) - CAST(DATE("t23"."first") AS TIMESTAMP)) / 86400 AS BIGINT) - CASE WHEN "t23"."first" > DATE_TRUNC('DAY', "t23"."first") THEN 1 ELSE 0 END AS "tenure",
              COALESCE("t23"."alone", 0) + COALESCE("t25"."several", 0) AS "frequency",
              "t23"."monetary"
            FROM (
              SELECT
                "t14"."place",
                "t14"."customer",
                SUM("t14"."amount") FILTER(WHERE
                  "t14"."sold_at" >= "t14"."begin") AS "monetary",
                SUM("t14"."lines") FILTER(WHERE
                  "t14"."sold_at" >= "t14"."begin") AS "lines",
                SUM("t14"."amount") FILTER(WHERE
                  "t14"."sold_at" >= "t14"."start") AS "revenue",
                SUM("t14"."purchases") FILTER(WHERE
                  (
                    (
                      "t14"."cancelled_at" IS NULL
                    )
                    OR (
                      "t14"."cancelled_at" >= "t14"."cutoff"
                    )
                  )
                  AND (
                    "t14"."purchases" > 0
                  )
                  AND (
                    "t14"."sold_at" >= "t14"."begin"
                  )) AS "order_lines",
                SUM("t14"."bought") FILTER(WHERE
                  (
                    (
                      "t14"."cancelled_at" IS NULL
                    )
                    OR (
                      "t14"."cancelled_at" >= "t14"."cutoff"
                    )
                  )
                  AND (
                    "t14"."purchases" > 0
                  )
                  AND (
                    "t14"."sold_at" >= "t14"."begin"
                  )) AS "gross",
                MAX("t14"."sold_at") FILTER(WHERE
                  (
                    (
                      "t14"."cancelled_at" IS NULL
                    )
                    OR (
                      "t14"."cancelled_at" >= "t14"."cutoff"
                    )
                  )
                  AND (
                    "t14"."purchases" > 0
                  )
                  AND (
                    "t14"."sold_at" >= "t14"."begin"
                  )) AS "last",
                MIN("t14"."sold_at") FILTER(WHERE
                  (
                    (
                      "t14"."cancelled_at" IS NULL
                    )
                    OR (
                      "t14"."cancelled_at" >= "t14"."cutoff"
                    )
                  )
                  AND (
                    "t14"."on_file" > 0
                  )) AS "first",
                SUM("t14"."orders") FILTER(WHERE
                  (
                    (
                      "t14"."cancelled_at" IS NULL
                    )
                    OR (
                      "t14"."cancelled_at" >= "t14"."cutoff"
                    )
                  )
                  AND (
                    "t14"."purchases" > 0
                  )
                  AND (
                    "t14"."sold_at" >= "t14"."begin"
                  )) AS "alone"
              FROM (
                SELECT
                  "t6"."customer",
                  "t6"."invoice",
                  "t6"."sold_at",
                  "t6"."cancelled_at",
                  "t6"."lines",
                  "t6"."items",
                  "t6"."country",
                  "t6"."on_file",
                  "t6"."amount",
                  "t6"."bought",
                  "t6"."purchases",
                  "t6"."orders",
                  "t6"."split",
                  "t8"."place",
                  "t8"."begin",
                  "t8"."start",
                  "t8"."cutoff"
                FROM "temp"."main"."moments_of_customers" AS "t6"
                INNER JOIN "memtable" AS "t8"
                  ON "t6"."sold_at" < "t8"."cutoff"
              ) AS "t14"
              GROUP BY
                1,
                2
            ) AS "t23"
            LEFT OUTER JOIN (
              SELECT
                "t20"."place",
                "t20"."customer",
                COUNT(DISTINCT "t20"."invoice") AS "several"
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t11"."customer",
                    "t11"."invoice",
                    "t11"."sold_at",
                    "t11"."cancelled_at",
                    "t11"."lines",
                    "t11"."items",
                    "t11"."country",
                    "t11"."on_file",
                    "t11"."amount",
                    "t11"."bought",
                    "t11"."purchases",
                    "t11"."orders",
                    "t11"."split",
                    "t9"."place",
                    "t9"."begin",
                    "t9"."start",
                    "t9"."cutoff"
                  FROM (
                    SELECT
                      *
                    FROM "temp"."main"."moments_of_customers" AS "t1"
                    WHERE
                      "t1"."split"
                  ) AS "t11"
                  INNER JOIN "memtable" AS "t9"
                    ON "t11"."sold_at" < "t9"."cutoff"
                ) AS "t15"
                WHERE
                  (
                    (
                      "t15"."cancelled_at" IS NULL
                    )
                    OR (
                      "t15"."cancelled_at" >= "t15"."cutoff"
                    )
                  )
                  AND "t15"."purchases" > 0
                  AND "t15"."sold_at" >= "t15"."begin"
              ) AS "t20"
              GROUP BY
                1,
                2
            ) AS "t25"
              ON "t23"."place" = "t25"."place" AND "t23"."customer" = "t25"."customer"
            INNER JOIN "memtable" AS "t7"
              ON "t23"."place" = "t7"."place"
          ) AS "t28"
        ) AS "t30"
        INNER JOIN "memtable" AS "t5"
          ON "t30"."place" = "t5"."place"
      ) AS "t31"
    ) AS "t33"
    LEFT OUTER JOIN (
      SELECT
        *
      FROM (
        SELECT
          "t18"."customer",
          "t18"."month",
          "t18"."bought",
          COALESCE("t18"."alone", 0) + COALESCE("t19"."several", 0) AS "orders"
        FROM (
          SELECT
            "t12"."customer",
            "t12"."month",
            SUM("t12"."orders") AS "alone",
            SUM("t12"."bought") AS "bought"
          FROM (
            SELECT
              "t1"."customer",
              "t1"."invoice",
              "t1"."sold_at",
              "t1"."cancelled_at",
              "t1"."lines",
              "t1"."items",
              "t1"."country",
              "t1"."on_file",
              "t1"."amount",
              "t1"."bought",
              "t1"."purchases",
              "t1"."orders",
              "t1"."split",
              DATE_TRUNC('MONTH', "t1"."sold_at") AS "month"
            FROM "temp"."main"."moments_of_customers" AS "t1"
            WHERE
              "t1"."purchases" > 0
              AND (
                (
                  "t1"."cancelled_at" IS NULL
                )
                OR (
                  DATE_TRUNC('MONTH', "t1"."cancelled_at") > DATE_TRUNC('MONTH', "t1"."sold_at")
                )
              )
          ) AS "t12"
          GROUP BY
            1,
            2
        ) AS "t18"
        LEFT OUTER JOIN (
          SELECT
            "t13"."month",
            "t13"."customer",
            COUNT(DISTINCT "t13"."invoice") AS "several"
          FROM (
            SELECT
              "t1"."customer",
              "t1"."invoice",
              "t1"."sold_at",
              "t1"."cancelled_at",
              "t1"."lines",
              "t1"."items",
              "t1"."country",
              "t1"."on_file",
              "t1"."amount",
              "t1"."bought",
              "t1"."purchases",
              "t1"."orders",
              "t1"."split",
              DATE_TRUNC('MONTH', "t1"."sold_at") AS "month"
            FROM "temp"."main"."moments_of_customers" AS "t1"
            WHERE
              "t1"."split"
              AND "t1"."purchases" > 0
              AND (
                (
                  "t1"."cancelled_at" IS NULL
                )
                OR (
                  DATE_TRUNC('MONTH', "t1"."cancelled_at") > DATE_TRUNC('MONTH', "t1"."sold_at")
                )
              )
          ) AS "t13"
          GROUP BY
            1,
            2
        ) AS "t19"
          ON "t18"."month" = "t19"."month" AND "t18"."customer" = "t19"."customer"
      ) AS "t22"
      WHERE
        "t22"."month" IN (
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
    ) AS "t27"
      ON "t33"."customer" = "t27"."customer" AND "t33"."month" = "t27"."month"
  ) AS "t34"
) AS "t35"
GROUP BY
  1,
  2,
  3
