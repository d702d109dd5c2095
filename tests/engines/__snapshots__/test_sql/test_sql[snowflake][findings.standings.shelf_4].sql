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
    IFF(
      "t21"."stays",
      CASE
        WHEN (
          "t21"."R_score" >= 5
        )
        AND (
          "t21"."R_score" <= 5
        )
        AND (
          "t21"."F_score" >= 4
        )
        THEN 'champions'
        WHEN (
          "t21"."R_score" >= 3
        )
        AND (
          "t21"."R_score" <= 4
        )
        AND (
          "t21"."F_score" >= 4
        )
        THEN 'loyal-customers'
        WHEN (
          "t21"."R_score" >= 4
        )
        AND (
          (
            "t21"."F_score" >= 2
          ) AND (
            "t21"."F_score" <= 3
          )
        )
        THEN 'potential-loyalists'
        WHEN (
          "t21"."R_score" >= 5
        )
        AND (
          "t21"."R_score" <= 5
        )
        AND (
          (
            "t21"."F_score" >= 1
          ) AND (
            "t21"."F_score" <= 1
          )
        )
        THEN 'new-customers'
        WHEN (
          "t21"."R_score" >= 4
        )
        AND (
          "t21"."R_score" <= 4
        )
        AND (
          (
            "t21"."F_score" >= 1
          ) AND (
            "t21"."F_score" <= 1
          )
        )
        THEN 'promising'
        WHEN (
          "t21"."R_score" >= 3
        )
        AND (
          "t21"."R_score" <= 3
        )
        AND (
          (
            "t21"."F_score" >= 3
          ) AND (
            "t21"."F_score" <= 3
          )
        )
        THEN 'need-attention'
        WHEN (
          "t21"."R_score" >= 3
        )
        AND (
          "t21"."R_score" <= 3
        )
        AND (
          "t21"."F_score" <= 2
        )
        THEN 'about-to-sleep'
        WHEN (
          "t21"."R_score" <= 2
        )
        AND (
          (
            "t21"."F_score" >= 5
          ) AND (
            "t21"."F_score" <= 5
          )
        )
        THEN 'cant-lose-them'
        WHEN (
          "t21"."R_score" <= 2
        )
        AND (
          (
            "t21"."F_score" >= 3
          ) AND (
            "t21"."F_score" <= 4
          )
        )
        THEN 'at-risk'
        WHEN (
          "t21"."R_score" <= 2
        ) AND (
          "t21"."F_score" <= 2
        )
        THEN 'hibernating'
        ELSE CAST(NULL AS VARCHAR)
      END,
      ''
    ),
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
    5 - (
      0 + IFF("t19"."recency" > 15, 1, 0) + IFF("t19"."recency" > 33, 1, 0) + IFF("t19"."recency" > 72, 1, 0) + IFF("t19"."recency" > 168, 1, 0)
    ) AS "R_score",
    0 + IFF(
      (
        "t19"."frequency" > 2
      )
      OR (
        (
          "t19"."frequency" = 2
        ) AND (
          "t19"."customer" > 'C110'
        )
      ),
      1,
      0
    ) + IFF(
      (
        "t19"."frequency" > 3
      )
      OR (
        (
          "t19"."frequency" = 3
        ) AND (
          "t19"."customer" > 'C129'
        )
      ),
      1,
      0
    ) + IFF(
      (
        "t19"."frequency" > 5
      )
      OR (
        (
          "t19"."frequency" = 5
        ) AND (
          "t19"."customer" > 'C077'
        )
      ),
      1,
      0
    ) + IFF(
      (
        "t19"."frequency" > 11
      )
      OR (
        (
          "t19"."frequency" = 11
        ) AND (
          "t19"."customer" > 'C027'
        )
      ),
      1,
      0
    ) + 1 AS "F_score"
  FROM (
    SELECT
      "t16"."place",
      "t16"."customer",
      "t16"."revenue",
      "t16"."lines",
      "t16"."first",
      "t16"."monetary" AS "worth",
      COALESCE("t16"."alone", 0) + COALESCE("t18"."several", 0) AS "placed",
      DATEDIFF(DAY, TO_DATE("t16"."last"), TO_DATE("t6"."as_of")) - IFF("t16"."last" > DATE_TRUNC('DAY', "t16"."last"), 1, 0) AS "recency",
      DATEDIFF(DAY, TO_DATE("t16"."first"), TO_DATE("t6"."as_of")) - IFF("t16"."first" > DATE_TRUNC('DAY', "t16"."first"), 1, 0) AS "tenure",
      COALESCE("t16"."alone", 0) + COALESCE("t18"."several", 0) AS "frequency",
      "t16"."monetary"
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
        FROM "temp"."main"."moments_of_customers" AS "t7"
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
            FROM "temp"."main"."moments_of_customers" AS "t2"
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
