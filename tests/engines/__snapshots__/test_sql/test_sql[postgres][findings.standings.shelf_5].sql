SELECT
  "t21"."place",
  "t5"."month",
  "t21"."customer",
  "t21"."worth",
  "t21"."placed",
  "t21"."lines",
  "t21"."revenue",
  "t21"."first",
  COALESCE(
    CASE
      WHEN "t21"."stays"
      THEN CASE
        WHEN (
          (
            (
              "t21"."point_0" - -0.4903287115121159
            ) * (
              "t21"."point_0" - -0.4903287115121159
            )
          ) + 0.0 + (
            (
              "t21"."point_1" - 1.4729284864809995
            ) * (
              "t21"."point_1" - 1.4729284864809995
            )
          ) + (
            (
              "t21"."point_2" - 0.8767428039469788
            ) * (
              "t21"."point_2" - 0.8767428039469788
            )
          )
        ) <= LEAST(
          (
            (
              "t21"."point_0" - -0.4903287115121159
            ) * (
              "t21"."point_0" - -0.4903287115121159
            )
          ) + 0.0 + (
            (
              "t21"."point_1" - 1.4729284864809995
            ) * (
              "t21"."point_1" - 1.4729284864809995
            )
          ) + (
            (
              "t21"."point_2" - 0.8767428039469788
            ) * (
              "t21"."point_2" - 0.8767428039469788
            )
          ),
          (
            (
              "t21"."point_0" - -0.8454925894220642
            ) * (
              "t21"."point_0" - -0.8454925894220642
            )
          ) + 0.0 + (
            (
              "t21"."point_1" - 4.413998934592435
            ) * (
              "t21"."point_1" - 4.413998934592435
            )
          ) + (
            (
              "t21"."point_2" - 8.562994764557843
            ) * (
              "t21"."point_2" - 8.562994764557843
            )
          ),
          (
            (
              "t21"."point_0" - 1.7020270596761329
            ) * (
              "t21"."point_0" - 1.7020270596761329
            )
          ) + 0.0 + (
            (
              "t21"."point_1" - -0.3749624953637465
            ) * (
              "t21"."point_1" - -0.3749624953637465
            )
          ) + (
            (
              "t21"."point_2" - -0.26409751258081426
            ) * (
              "t21"."point_2" - -0.26409751258081426
            )
          ),
          (
            (
              "t21"."point_0" - -0.437380345489959
            ) * (
              "t21"."point_0" - -0.437380345489959
            )
          ) + 0.0 + (
            (
              "t21"."point_1" - -0.3890919142586396
            ) * (
              "t21"."point_1" - -0.3890919142586396
            )
          ) + (
            (
              "t21"."point_2" - -0.29223841153125973
            ) * (
              "t21"."point_2" - -0.29223841153125973
            )
          )
        )
        THEN 'best'
        WHEN (
          (
            (
              "t21"."point_0" - -0.8454925894220642
            ) * (
              "t21"."point_0" - -0.8454925894220642
            )
          ) + 0.0 + (
            (
              "t21"."point_1" - 4.413998934592435
            ) * (
              "t21"."point_1" - 4.413998934592435
            )
          ) + (
            (
              "t21"."point_2" - 8.562994764557843
            ) * (
              "t21"."point_2" - 8.562994764557843
            )
          )
        ) <= LEAST(
          (
            (
              "t21"."point_0" - -0.4903287115121159
            ) * (
              "t21"."point_0" - -0.4903287115121159
            )
          ) + 0.0 + (
            (
              "t21"."point_1" - 1.4729284864809995
            ) * (
              "t21"."point_1" - 1.4729284864809995
            )
          ) + (
            (
              "t21"."point_2" - 0.8767428039469788
            ) * (
              "t21"."point_2" - 0.8767428039469788
            )
          ),
          (
            (
              "t21"."point_0" - -0.8454925894220642
            ) * (
              "t21"."point_0" - -0.8454925894220642
            )
          ) + 0.0 + (
            (
              "t21"."point_1" - 4.413998934592435
            ) * (
              "t21"."point_1" - 4.413998934592435
            )
          ) + (
            (
              "t21"."point_2" - 8.562994764557843
            ) * (
              "t21"."point_2" - 8.562994764557843
            )
          ),
          (
            (
              "t21"."point_0" - 1.7020270596761329
            ) * (
              "t21"."point_0" - 1.7020270596761329
            )
          ) + 0.0 + (
            (
              "t21"."point_1" - -0.3749624953637465
            ) * (
              "t21"."point_1" - -0.3749624953637465
            )
          ) + (
            (
              "t21"."point_2" - -0.26409751258081426
            ) * (
              "t21"."point_2" - -0.26409751258081426
            )
          ),
          (
            (
              "t21"."point_0" - -0.437380345489959
            ) * (
              "t21"."point_0" - -0.437380345489959
            )
          ) + 0.0 + (
            (
              "t21"."point_1" - -0.3890919142586396
            ) * (
              "t21"."point_1" - -0.3890919142586396
            )
          ) + (
            (
              "t21"."point_2" - -0.29223841153125973
            ) * (
              "t21"."point_2" - -0.29223841153125973
            )
          )
        )
        THEN 'big-spenders'
        WHEN (
          (
            (
              "t21"."point_0" - 1.7020270596761329
            ) * (
              "t21"."point_0" - 1.7020270596761329
            )
          ) + 0.0 + (
            (
              "t21"."point_1" - -0.3749624953637465
            ) * (
              "t21"."point_1" - -0.3749624953637465
            )
          ) + (
            (
              "t21"."point_2" - -0.26409751258081426
            ) * (
              "t21"."point_2" - -0.26409751258081426
            )
          )
        ) <= LEAST(
          (
            (
              "t21"."point_0" - -0.4903287115121159
            ) * (
              "t21"."point_0" - -0.4903287115121159
            )
          ) + 0.0 + (
            (
              "t21"."point_1" - 1.4729284864809995
            ) * (
              "t21"."point_1" - 1.4729284864809995
            )
          ) + (
            (
              "t21"."point_2" - 0.8767428039469788
            ) * (
              "t21"."point_2" - 0.8767428039469788
            )
          ),
          (
            (
              "t21"."point_0" - -0.8454925894220642
            ) * (
              "t21"."point_0" - -0.8454925894220642
            )
          ) + 0.0 + (
            (
              "t21"."point_1" - 4.413998934592435
            ) * (
              "t21"."point_1" - 4.413998934592435
            )
          ) + (
            (
              "t21"."point_2" - 8.562994764557843
            ) * (
              "t21"."point_2" - 8.562994764557843
            )
          ),
          (
            (
              "t21"."point_0" - 1.7020270596761329
            ) * (
              "t21"."point_0" - 1.7020270596761329
            )
          ) + 0.0 + (
            (
              "t21"."point_1" - -0.3749624953637465
            ) * (
              "t21"."point_1" - -0.3749624953637465
            )
          ) + (
            (
              "t21"."point_2" - -0.26409751258081426
            ) * (
              "t21"."point_2" - -0.26409751258081426
            )
          ),
          (
            (
              "t21"."point_0" - -0.437380345489959
            ) * (
              "t21"."point_0" - -0.437380345489959
            )
          ) + 0.0 + (
            (
              "t21"."point_1" - -0.3890919142586396
            ) * (
              "t21"."point_1" - -0.3890919142586396
            )
          ) + (
            (
              "t21"."point_2" - -0.29223841153125973
            ) * (
              "t21"."point_2" - -0.29223841153125973
            )
          )
        )
        THEN 'lost'
        WHEN (
          (
            (
              "t21"."point_0" - -0.437380345489959
            ) * (
              "t21"."point_0" - -0.437380345489959
            )
          ) + 0.0 + (
            (
              "t21"."point_1" - -0.3890919142586396
            ) * (
              "t21"."point_1" - -0.3890919142586396
            )
          ) + (
            (
              "t21"."point_2" - -0.29223841153125973
            ) * (
              "t21"."point_2" - -0.29223841153125973
            )
          )
        ) <= LEAST(
          (
            (
              "t21"."point_0" - -0.4903287115121159
            ) * (
              "t21"."point_0" - -0.4903287115121159
            )
          ) + 0.0 + (
            (
              "t21"."point_1" - 1.4729284864809995
            ) * (
              "t21"."point_1" - 1.4729284864809995
            )
          ) + (
            (
              "t21"."point_2" - 0.8767428039469788
            ) * (
              "t21"."point_2" - 0.8767428039469788
            )
          ),
          (
            (
              "t21"."point_0" - -0.8454925894220642
            ) * (
              "t21"."point_0" - -0.8454925894220642
            )
          ) + 0.0 + (
            (
              "t21"."point_1" - 4.413998934592435
            ) * (
              "t21"."point_1" - 4.413998934592435
            )
          ) + (
            (
              "t21"."point_2" - 8.562994764557843
            ) * (
              "t21"."point_2" - 8.562994764557843
            )
          ),
          (
            (
              "t21"."point_0" - 1.7020270596761329
            ) * (
              "t21"."point_0" - 1.7020270596761329
            )
          ) + 0.0 + (
            (
              "t21"."point_1" - -0.3749624953637465
            ) * (
              "t21"."point_1" - -0.3749624953637465
            )
          ) + (
            (
              "t21"."point_2" - -0.26409751258081426
            ) * (
              "t21"."point_2" - -0.26409751258081426
            )
          ),
          (
            (
              "t21"."point_0" - -0.437380345489959
            ) * (
              "t21"."point_0" - -0.437380345489959
            )
          ) + 0.0 + (
            (
              "t21"."point_1" - -0.3890919142586396
            ) * (
              "t21"."point_1" - -0.3890919142586396
            )
          ) + (
            (
              "t21"."point_2" - -0.29223841153125973
            ) * (
              "t21"."point_2" - -0.29223841153125973
            )
          )
        )
        THEN 'low-engagement'
        ELSE NULL
      END
      ELSE ''
    END,
    ''
  ) AS "segment"
FROM (
  SELECT
    "t19"."place",
    "t19"."customer",
    "t19"."revenue",
    "t19"."lines",
    "t19"."first",
    "t19"."worth",
    "t19"."placed",
    "t19"."recency",
    "t19"."tenure",
    "t19"."frequency",
    "t19"."monetary",
    (
      "t19"."placed" > 0
    ) AND (
      "t19"."worth" >= 1
    ) AS "stays",
    CAST((
      (
        CAST("t19"."recency" AS DOUBLE PRECISION) / 1.0
      ) - 103.69924812030055
    ) AS DOUBLE PRECISION) / 110.82208087045284 AS "point_0",
    CAST((
      (
        CAST("t19"."frequency" AS DOUBLE PRECISION) / 1.0
      ) - 11.706766917293235
    ) AS DOUBLE PRECISION) / 13.886100561183362 AS "point_1",
    CAST((
      (
        CAST("t19"."monetary" AS DOUBLE PRECISION) / 100.0
      ) - 1310.849849623997
    ) AS DOUBLE PRECISION) / 2397.414773082018 AS "point_2"
  FROM (
    SELECT
      "t16"."place",
      "t16"."customer",
      "t16"."revenue",
      "t16"."lines",
      "t16"."first",
      "t16"."monetary" AS "worth",
      COALESCE("t16"."alone", 0) + COALESCE("t18"."several", 0) AS "placed",
      CAST(EXTRACT(epoch FROM CAST(DATE("t6"."as_of") AS TIMESTAMP) - CAST(DATE("t16"."last") AS TIMESTAMP)) / 86400 AS BIGINT) - CASE
        WHEN "t16"."last" > CASE
          WHEN "t16"."place" = 0
          THEN DATE_TRUNC('DAY', "t16"."last") + INTERVAL '36000000000 MICROSECOND'
          WHEN "t16"."place" = 1
          THEN DATE_TRUNC('DAY', "t16"."last") + INTERVAL '36000000000 MICROSECOND'
          WHEN "t16"."place" = 2
          THEN DATE_TRUNC('DAY', "t16"."last") + INTERVAL '36000000000 MICROSECOND'
          WHEN "t16"."place" = 3
          THEN DATE_TRUNC('DAY', "t16"."last") + INTERVAL '36000000000 MICROSECOND'
          WHEN "t16"."place" = 4
          THEN DATE_TRUNC('DAY', "t16"."last") + INTERVAL '36000000000 MICROSECOND'
          WHEN "t16"."place" = 5
          THEN DATE_TRUNC('DAY', "t16"."last") + INTERVAL '36000000000 MICROSECOND'
          WHEN "t16"."place" = 6
          THEN DATE_TRUNC('DAY', "t16"."last") + INTERVAL '36000000000 MICROSECOND'
          WHEN "t16"."place" = 7
          THEN DATE_TRUNC('DAY', "t16"."last") + INTERVAL '36000000000 MICROSECOND'
          WHEN "t16"."place" = 8
          THEN DATE_TRUNC('DAY', "t16"."last") + INTERVAL '36000000000 MICROSECOND'
          WHEN "t16"."place" = 9
          THEN DATE_TRUNC('DAY', "t16"."last") + INTERVAL '36000000000 MICROSECOND'
          WHEN "t16"."place" = 10
          THEN DATE_TRUNC('DAY', "t16"."last") + INTERVAL '36000000000 MICROSECOND'
          WHEN "t16"."place" = 11
          THEN DATE_TRUNC('DAY', "t16"."last") + INTERVAL '36000000000 MICROSECOND'
          WHEN "t16"."place" = 12
          THEN DATE_TRUNC('DAY', "t16"."last") + INTERVAL '36000000000 MICROSECOND'
          ELSE DATE_TRUNC('DAY', "t16"."last")
        END
        THEN 1
        ELSE 0
      END AS "recency",
      CAST(EXTRACT(epoch FROM CAST(DATE("t6"."as_of") AS TIMESTAMP) - CAST(DATE("t16"."first") AS TIMESTAMP)) / 86400 AS BIGINT) - CASE
        WHEN "t16"."first" > CASE
          WHEN "t16"."place" = 0
          THEN DATE_TRUNC('DAY', "t16"."first") + INTERVAL '36000000000 MICROSECOND'
          WHEN "t16"."place" = 1
          THEN DATE_TRUNC('DAY', "t16"."first") + INTERVAL '36000000000 MICROSECOND'
          WHEN "t16"."place" = 2
          THEN DATE_TRUNC('DAY', "t16"."first") + INTERVAL '36000000000 MICROSECOND'
          WHEN "t16"."place" = 3
          THEN DATE_TRUNC('DAY', "t16"."first") + INTERVAL '36000000000 MICROSECOND'
          WHEN "t16"."place" = 4
          THEN DATE_TRUNC('DAY', "t16"."first") + INTERVAL '36000000000 MICROSECOND'
          WHEN "t16"."place" = 5
          THEN DATE_TRUNC('DAY', "t16"."first") + INTERVAL '36000000000 MICROSECOND'
          WHEN "t16"."place" = 6
          THEN DATE_TRUNC('DAY', "t16"."first") + INTERVAL '36000000000 MICROSECOND'
          WHEN "t16"."place" = 7
          THEN DATE_TRUNC('DAY', "t16"."first") + INTERVAL '36000000000 MICROSECOND'
          WHEN "t16"."place" = 8
          THEN DATE_TRUNC('DAY', "t16"."first") + INTERVAL '36000000000 MICROSECOND'
          WHEN "t16"."place" = 9
          THEN DATE_TRUNC('DAY', "t16"."first") + INTERVAL '36000000000 MICROSECOND'
          WHEN "t16"."place" = 10
          THEN DATE_TRUNC('DAY', "t16"."first") + INTERVAL '36000000000 MICROSECOND'
          WHEN "t16"."place" = 11
          THEN DATE_TRUNC('DAY', "t16"."first") + INTERVAL '36000000000 MICROSECOND'
          WHEN "t16"."place" = 12
          THEN DATE_TRUNC('DAY', "t16"."first") + INTERVAL '36000000000 MICROSECOND'
          ELSE DATE_TRUNC('DAY', "t16"."first")
        END
        THEN 1
        ELSE 0
      END AS "tenure",
      COALESCE("t16"."alone", 0) + COALESCE("t18"."several", 0) AS "frequency",
      "t16"."monetary"
    FROM (
      SELECT
        "t12"."place",
        "t12"."customer",
        SUM("t12"."amount") FILTER(WHERE
          "t12"."sold_at" >= "t12"."begin") AS "monetary",
        SUM("t12"."lines") FILTER(WHERE
          "t12"."sold_at" >= "t12"."begin") AS "lines",
        SUM("t12"."amount") FILTER(WHERE
          "t12"."sold_at" >= "t12"."start") AS "revenue",
        SUM("t12"."purchases") FILTER(WHERE
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
          )) AS "order_lines",
        SUM("t12"."bought") FILTER(WHERE
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
          )) AS "gross",
        MAX("t12"."sold_at") FILTER(WHERE
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
          )) AS "last",
        MIN("t12"."sold_at") FILTER(WHERE
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
          )) AS "first",
        SUM("t12"."orders") FILTER(WHERE
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
          )) AS "alone"
      FROM (
        SELECT
          "t7"."customer",
          "t7"."invoice",
          "t7"."sold_at",
          "t7"."cancelled_at",
          "t7"."lines",
          "t7"."items",
          "t7"."country",
          "t7"."on_file",
          "t7"."amount",
          "t7"."bought",
          "t7"."purchases",
          "t7"."orders",
          "t7"."split",
          "t8"."place",
          "t8"."begin",
          "t8"."start",
          "t8"."cutoff"
        FROM "temp"."main"."moments_of_customers_2" AS "t7"
        INNER JOIN "memtable" AS "t8"
          ON "t7"."sold_at" < "t8"."cutoff"
      ) AS "t12"
      GROUP BY
        1,
        2
    ) AS "t16"
    LEFT OUTER JOIN (
      SELECT
        "t14"."place",
        "t14"."customer",
        COUNT(DISTINCT "t14"."invoice") AS "several"
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
            FROM "temp"."main"."moments_of_customers_2" AS "t2"
            WHERE
              "t2"."split"
          ) AS "t11"
          INNER JOIN "memtable" AS "t9"
            ON "t11"."sold_at" < "t9"."cutoff"
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
      ) AS "t14"
      GROUP BY
        1,
        2
    ) AS "t18"
      ON "t16"."place" = "t18"."place" AND "t16"."customer" = "t18"."customer"
    INNER JOIN "memtable" AS "t6"
      ON "t16"."place" = "t6"."place"
  ) AS "t19"
) AS "t21"
INNER JOIN "memtable" AS "t5"
  ON "t21"."place" = "t5"."place"
