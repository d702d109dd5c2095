SELECT
  "t33"."place",
  "t33"."unit",
  "t33"."segment",
  COUNT(*) AS "customers",
  SUM("t33"."worth") AS "monetary",
  SUM("t33"."revenue") AS "revenue",
  SUM(CAST("t33"."orders" > 0 AS INT)) AS "bought",
  SUM("t33"."orders") AS "orders",
  SUM("t33"."bought") AS "spend"
FROM (
  SELECT
    "t32"."place",
    "t32"."customer",
    "t32"."revenue",
    "t32"."worth",
    "t32"."placed",
    "t32"."recency",
    "t32"."tenure",
    "t32"."frequency",
    "t32"."monetary",
    "t32"."stays",
    "t32"."point_0",
    "t32"."point_1",
    "t32"."point_2",
    "t32"."month",
    "t32"."segment",
    "t32"."customer_right",
    "t32"."month_right",
    "t32"."bought",
    "t32"."orders",
    "t32"."customer" AS "unit"
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
      "t31"."point_0",
      "t31"."point_1",
      "t31"."point_2",
      "t31"."month",
      "t31"."segment",
      "t25"."customer" AS "customer_right",
      "t25"."month" AS "month_right",
      "t25"."bought",
      "t25"."orders"
    FROM (
      SELECT
        "t29"."place",
        "t29"."customer",
        "t29"."revenue",
        "t29"."worth",
        "t29"."placed",
        "t29"."recency",
        "t29"."tenure",
        "t29"."frequency",
        "t29"."monetary",
        "t29"."stays",
        "t29"."point_0",
        "t29"."point_1",
        "t29"."point_2",
        "t29"."month",
        COALESCE(
          IFF(
            "t29"."stays",
            CASE
              WHEN (
                (
                  (
                    "t29"."point_0" - -0.8541868993385392
                  ) * (
                    "t29"."point_0" - -0.8541868993385392
                  )
                ) + 0.0 + (
                  (
                    "t29"."point_1" - 1.1041578943018129
                  ) * (
                    "t29"."point_1" - 1.1041578943018129
                  )
                ) + (
                  (
                    "t29"."point_2" - 0.8137726557082492
                  ) * (
                    "t29"."point_2" - 0.8137726557082492
                  )
                )
              ) <= LEAST(
                (
                  (
                    "t29"."point_0" - -0.8541868993385392
                  ) * (
                    "t29"."point_0" - -0.8541868993385392
                  )
                ) + 0.0 + (
                  (
                    "t29"."point_1" - 1.1041578943018129
                  ) * (
                    "t29"."point_1" - 1.1041578943018129
                  )
                ) + (
                  (
                    "t29"."point_2" - 0.8137726557082492
                  ) * (
                    "t29"."point_2" - 0.8137726557082492
                  )
                ),
                (
                  (
                    "t29"."point_0" - 0.20270560059898599
                  ) * (
                    "t29"."point_0" - 0.20270560059898599
                  )
                ) + 0.0 + (
                  (
                    "t29"."point_1" - -0.3765182842580223
                  ) * (
                    "t29"."point_1" - -0.3765182842580223
                  )
                ) + (
                  (
                    "t29"."point_2" - -0.031102909483744258
                  ) * (
                    "t29"."point_2" - -0.031102909483744258
                  )
                ),
                (
                  (
                    "t29"."point_0" - 0.9933576436982515
                  ) * (
                    "t29"."point_0" - 0.9933576436982515
                  )
                ) + 0.0 + (
                  (
                    "t29"."point_1" - -1.0286494947044016
                  ) * (
                    "t29"."point_1" - -1.0286494947044016
                  )
                ) + (
                  (
                    "t29"."point_2" - -1.3077703115809922
                  ) * (
                    "t29"."point_2" - -1.3077703115809922
                  )
                )
              )
              THEN 'high-value'
              WHEN (
                (
                  (
                    "t29"."point_0" - 0.20270560059898599
                  ) * (
                    "t29"."point_0" - 0.20270560059898599
                  )
                ) + 0.0 + (
                  (
                    "t29"."point_1" - -0.3765182842580223
                  ) * (
                    "t29"."point_1" - -0.3765182842580223
                  )
                ) + (
                  (
                    "t29"."point_2" - -0.031102909483744258
                  ) * (
                    "t29"."point_2" - -0.031102909483744258
                  )
                )
              ) <= LEAST(
                (
                  (
                    "t29"."point_0" - -0.8541868993385392
                  ) * (
                    "t29"."point_0" - -0.8541868993385392
                  )
                ) + 0.0 + (
                  (
                    "t29"."point_1" - 1.1041578943018129
                  ) * (
                    "t29"."point_1" - 1.1041578943018129
                  )
                ) + (
                  (
                    "t29"."point_2" - 0.8137726557082492
                  ) * (
                    "t29"."point_2" - 0.8137726557082492
                  )
                ),
                (
                  (
                    "t29"."point_0" - 0.20270560059898599
                  ) * (
                    "t29"."point_0" - 0.20270560059898599
                  )
                ) + 0.0 + (
                  (
                    "t29"."point_1" - -0.3765182842580223
                  ) * (
                    "t29"."point_1" - -0.3765182842580223
                  )
                ) + (
                  (
                    "t29"."point_2" - -0.031102909483744258
                  ) * (
                    "t29"."point_2" - -0.031102909483744258
                  )
                ),
                (
                  (
                    "t29"."point_0" - 0.9933576436982515
                  ) * (
                    "t29"."point_0" - 0.9933576436982515
                  )
                ) + 0.0 + (
                  (
                    "t29"."point_1" - -1.0286494947044016
                  ) * (
                    "t29"."point_1" - -1.0286494947044016
                  )
                ) + (
                  (
                    "t29"."point_2" - -1.3077703115809922
                  ) * (
                    "t29"."point_2" - -1.3077703115809922
                  )
                )
              )
              THEN 'low-engagement-higher-spend'
              WHEN (
                (
                  (
                    "t29"."point_0" - 0.9933576436982515
                  ) * (
                    "t29"."point_0" - 0.9933576436982515
                  )
                ) + 0.0 + (
                  (
                    "t29"."point_1" - -1.0286494947044016
                  ) * (
                    "t29"."point_1" - -1.0286494947044016
                  )
                ) + (
                  (
                    "t29"."point_2" - -1.3077703115809922
                  ) * (
                    "t29"."point_2" - -1.3077703115809922
                  )
                )
              ) <= LEAST(
                (
                  (
                    "t29"."point_0" - -0.8541868993385392
                  ) * (
                    "t29"."point_0" - -0.8541868993385392
                  )
                ) + 0.0 + (
                  (
                    "t29"."point_1" - 1.1041578943018129
                  ) * (
                    "t29"."point_1" - 1.1041578943018129
                  )
                ) + (
                  (
                    "t29"."point_2" - 0.8137726557082492
                  ) * (
                    "t29"."point_2" - 0.8137726557082492
                  )
                ),
                (
                  (
                    "t29"."point_0" - 0.20270560059898599
                  ) * (
                    "t29"."point_0" - 0.20270560059898599
                  )
                ) + 0.0 + (
                  (
                    "t29"."point_1" - -0.3765182842580223
                  ) * (
                    "t29"."point_1" - -0.3765182842580223
                  )
                ) + (
                  (
                    "t29"."point_2" - -0.031102909483744258
                  ) * (
                    "t29"."point_2" - -0.031102909483744258
                  )
                ),
                (
                  (
                    "t29"."point_0" - 0.9933576436982515
                  ) * (
                    "t29"."point_0" - 0.9933576436982515
                  )
                ) + 0.0 + (
                  (
                    "t29"."point_1" - -1.0286494947044016
                  ) * (
                    "t29"."point_1" - -1.0286494947044016
                  )
                ) + (
                  (
                    "t29"."point_2" - -1.3077703115809922
                  ) * (
                    "t29"."point_2" - -1.3077703115809922
                  )
                )
              )
              THEN 'low-engagement-lower-spend'
              ELSE NULL
            END,
            ''
          ),
          ''
        ) AS "segment"
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
          "t28"."stays",
          "t28"."point_0",
          "t28"."point_1",
          "t28"."point_2",
          "t3"."month"
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
            (
              "t26"."placed" > 0
            ) AND (
              "t26"."worth" >= 1
            ) AS "stays",
            (
              LN((
                "t26"."recency" / 1.0
              ) + 1) - 3.8521798257547153
            ) / 1.3192632640918593 AS "point_0",
            (
              LN((
                "t26"."frequency" / 1.0
              ) + 1) - 1.7850424171025547
            ) / 0.7392170690172621 AS "point_1",
            (
              LN((
                "t26"."monetary" / 100.0
              ) + 1) - 5.900813736561069
            ) / 1.2604505367541177 AS "point_2"
          FROM (
            SELECT
              "t21"."place",
              "t21"."customer",
              "t21"."revenue",
              "t21"."monetary" AS "worth",
              COALESCE("t21"."alone", 0) + COALESCE("t23"."several", 0) AS "placed",
              DATEDIFF(DAY, TO_DATE("t21"."last"), TO_DATE("t9"."as_of")) - IFF("t21"."last" > DATE_TRUNC('DAY', "t21"."last"), 1, 0) AS "recency",
              DATEDIFF(DAY, TO_DATE("t21"."first"), TO_DATE("t9"."as_of")) - IFF("t21"."first" > DATE_TRUNC('DAY', "t21"."first"), 1, 0) AS "tenure",
              COALESCE("t21"."alone", 0) + COALESCE("t23"."several", 0) AS "frequency",
              "t21"."monetary"
            FROM (
              SELECT
                "t12"."place",
                "t12"."customer",
                SUM(IFF("t12"."sold_at" >= "t12"."begin", "t12"."amount", NULL)) AS "monetary",
                SUM(IFF("t12"."sold_at" >= "t12"."begin", "t12"."lines", NULL)) AS "lines",
                SUM(IFF("t12"."sold_at" >= "t12"."start", "t12"."amount", NULL)) AS "revenue",
                SUM(
                  IFF(
                    (
                      (
                        "t12"."cancelled_at" IS NULL
                      )
                      OR (
                        "t12"."cancelled_at" >= "t12"."cutoff"
                      )
                    )
                    AND (
                      "t12"."purchases" > 0
                    )
                    AND (
                      "t12"."sold_at" >= "t12"."begin"
                    ),
                    "t12"."purchases",
                    NULL
                  )
                ) AS "order_lines",
                SUM(
                  IFF(
                    (
                      (
                        "t12"."cancelled_at" IS NULL
                      )
                      OR (
                        "t12"."cancelled_at" >= "t12"."cutoff"
                      )
                    )
                    AND (
                      "t12"."purchases" > 0
                    )
                    AND (
                      "t12"."sold_at" >= "t12"."begin"
                    ),
                    "t12"."bought",
                    NULL
                  )
                ) AS "gross",
                MAX(
                  IFF(
                    (
                      (
                        "t12"."cancelled_at" IS NULL
                      )
                      OR (
                        "t12"."cancelled_at" >= "t12"."cutoff"
                      )
                    )
                    AND (
                      "t12"."purchases" > 0
                    )
                    AND (
                      "t12"."sold_at" >= "t12"."begin"
                    ),
                    "t12"."sold_at",
                    NULL
                  )
                ) AS "last",
                MIN(
                  IFF(
                    (
                      (
                        "t12"."cancelled_at" IS NULL
                      )
                      OR (
                        "t12"."cancelled_at" >= "t12"."cutoff"
                      )
                    )
                    AND (
                      "t12"."on_file" > 0
                    ),
                    "t12"."sold_at",
                    NULL
                  )
                ) AS "first",
                SUM(
                  IFF(
                    (
                      (
                        "t12"."cancelled_at" IS NULL
                      )
                      OR (
                        "t12"."cancelled_at" >= "t12"."cutoff"
                      )
                    )
                    AND (
                      "t12"."purchases" > 0
                    )
                    AND (
                      "t12"."sold_at" >= "t12"."begin"
                    ),
                    "t12"."orders",
                    NULL
                  )
                ) AS "alone"
              FROM (
                SELECT
                  "t4"."customer",
                  "t4"."invoice",
                  "t4"."sold_at",
                  "t4"."cancelled_at",
                  "t4"."lines",
                  "t4"."items",
                  "t4"."country",
                  "t4"."on_file",
                  "t4"."amount",
                  "t4"."bought",
                  "t4"."purchases",
                  "t4"."orders",
                  "t4"."split",
                  "t5"."place",
                  "t5"."begin",
                  "t5"."start",
                  "t5"."cutoff",
                  "t5"."as_of"
                FROM "temp"."main"."moments_of_customers" AS "t4"
                INNER JOIN "memtable" AS "t5"
                  ON "t4"."sold_at" < "t5"."cutoff"
              ) AS "t12"
              GROUP BY
                1,
                2
            ) AS "t21"
            LEFT OUTER JOIN (
              SELECT
                "t18"."place",
                "t18"."customer",
                COUNT(DISTINCT "t18"."invoice") AS "several"
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t8"."customer",
                    "t8"."invoice",
                    "t8"."sold_at",
                    "t8"."cancelled_at",
                    "t8"."lines",
                    "t8"."items",
                    "t8"."country",
                    "t8"."on_file",
                    "t8"."amount",
                    "t8"."bought",
                    "t8"."purchases",
                    "t8"."orders",
                    "t8"."split",
                    "t5"."place",
                    "t5"."begin",
                    "t5"."start",
                    "t5"."cutoff",
                    "t5"."as_of"
                  FROM (
                    SELECT
                      *
                    FROM "temp"."main"."moments_of_customers" AS "t1"
                    WHERE
                      "t1"."split"
                  ) AS "t8"
                  INNER JOIN "memtable" AS "t5"
                    ON "t8"."sold_at" < "t5"."cutoff"
                ) AS "t13"
                WHERE
                  (
                    (
                      "t13"."cancelled_at" IS NULL
                    )
                    OR (
                      "t13"."cancelled_at" >= "t13"."cutoff"
                    )
                  )
                  AND "t13"."purchases" > 0
                  AND "t13"."sold_at" >= "t13"."begin"
              ) AS "t18"
              GROUP BY
                1,
                2
            ) AS "t23"
              ON "t21"."place" = "t23"."place" AND "t21"."customer" = "t23"."customer"
            INNER JOIN (
              SELECT
                "t2"."place",
                "t2"."as_of"
              FROM "memtable" AS "t2"
            ) AS "t9"
              ON "t21"."place" = "t9"."place"
          ) AS "t26"
        ) AS "t28"
        INNER JOIN "memtable" AS "t3"
          ON "t28"."place" = "t3"."place"
      ) AS "t29"
    ) AS "t31"
    LEFT OUTER JOIN (
      SELECT
        *
      FROM (
        SELECT
          "t16"."customer",
          "t16"."month",
          "t16"."bought",
          COALESCE("t16"."alone", 0) + COALESCE("t17"."several", 0) AS "orders"
        FROM (
          SELECT
            "t10"."customer",
            "t10"."month",
            SUM("t10"."orders") AS "alone",
            SUM("t10"."bought") AS "bought"
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
          ) AS "t10"
          GROUP BY
            1,
            2
        ) AS "t16"
        LEFT OUTER JOIN (
          SELECT
            "t11"."month",
            "t11"."customer",
            COUNT(DISTINCT "t11"."invoice") AS "several"
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
          ) AS "t11"
          GROUP BY
            1,
            2
        ) AS "t17"
          ON "t16"."month" = "t17"."month" AND "t16"."customer" = "t17"."customer"
      ) AS "t20"
      WHERE
        "t20"."month" IN (
          TIMESTAMP_FROM_PARTS(2024, 1, 1, 0, 0, 0, 0),
          TIMESTAMP_FROM_PARTS(2024, 2, 1, 0, 0, 0, 0),
          TIMESTAMP_FROM_PARTS(2024, 3, 1, 0, 0, 0, 0),
          TIMESTAMP_FROM_PARTS(2024, 4, 1, 0, 0, 0, 0),
          TIMESTAMP_FROM_PARTS(2024, 5, 1, 0, 0, 0, 0),
          TIMESTAMP_FROM_PARTS(2024, 6, 1, 0, 0, 0, 0),
          TIMESTAMP_FROM_PARTS(2024, 7, 1, 0, 0, 0, 0),
          TIMESTAMP_FROM_PARTS(2024, 8, 1, 0, 0, 0, 0),
          TIMESTAMP_FROM_PARTS(2024, 9, 1, 0, 0, 0, 0),
          TIMESTAMP_FROM_PARTS(2024, 10, 1, 0, 0, 0, 0),
          TIMESTAMP_FROM_PARTS(2024, 11, 1, 0, 0, 0, 0),
          TIMESTAMP_FROM_PARTS(2024, 12, 1, 0, 0, 0, 0)
        )
    ) AS "t25"
      ON "t31"."customer" = "t25"."customer" AND "t31"."month" = "t25"."month"
  ) AS "t32"
) AS "t33"
GROUP BY
  1,
  2,
  3
