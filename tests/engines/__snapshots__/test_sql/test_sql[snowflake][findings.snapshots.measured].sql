SELECT
  "t15"."place",
  "t15"."customer",
  COALESCE("t15"."monetary", 0) AS "monetary",
  COALESCE("t15"."lines", 0) AS "lines",
  COALESCE("t15"."revenue", 0) AS "revenue",
  "t15"."last",
  "t15"."first",
  COALESCE("t15"."orders", 0) AS "frequency"
FROM (
  SELECT
    "t12"."place",
    "t12"."customer",
    "t12"."monetary",
    "t12"."lines",
    "t12"."revenue",
    "t12"."order_lines",
    "t12"."gross",
    "t12"."last",
    "t12"."first",
    COALESCE("t12"."alone", 0) + COALESCE("t14"."several", 0) AS "orders"
  FROM (
    SELECT
      "t8"."place",
      "t8"."customer",
      SUM(IFF("t8"."sold_at" >= "t8"."begin", "t8"."amount", NULL)) AS "monetary",
      SUM(IFF("t8"."sold_at" >= "t8"."begin", "t8"."lines", NULL)) AS "lines",
      SUM(IFF("t8"."sold_at" >= "t8"."start", "t8"."amount", NULL)) AS "revenue",
      SUM(
        IFF(
          (
            (
              "t8"."cancelled_at" IS NULL
            ) OR (
              "t8"."cancelled_at" >= "t8"."cutoff"
            )
          )
          AND (
            "t8"."purchases" > 0
          )
          AND (
            "t8"."sold_at" >= "t8"."begin"
          ),
          "t8"."purchases",
          NULL
        )
      ) AS "order_lines",
      SUM(
        IFF(
          (
            (
              "t8"."cancelled_at" IS NULL
            ) OR (
              "t8"."cancelled_at" >= "t8"."cutoff"
            )
          )
          AND (
            "t8"."purchases" > 0
          )
          AND (
            "t8"."sold_at" >= "t8"."begin"
          ),
          "t8"."bought",
          NULL
        )
      ) AS "gross",
      MAX(
        IFF(
          (
            (
              "t8"."cancelled_at" IS NULL
            ) OR (
              "t8"."cancelled_at" >= "t8"."cutoff"
            )
          )
          AND (
            "t8"."purchases" > 0
          )
          AND (
            "t8"."sold_at" >= "t8"."begin"
          ),
          "t8"."sold_at",
          NULL
        )
      ) AS "last",
      MIN(
        IFF(
          (
            (
              "t8"."cancelled_at" IS NULL
            ) OR (
              "t8"."cancelled_at" >= "t8"."cutoff"
            )
          )
          AND (
            "t8"."on_file" > 0
          ),
          "t8"."sold_at",
          NULL
        )
      ) AS "first",
      SUM(
        IFF(
          (
            (
              "t8"."cancelled_at" IS NULL
            ) OR (
              "t8"."cancelled_at" >= "t8"."cutoff"
            )
          )
          AND (
            "t8"."purchases" > 0
          )
          AND (
            "t8"."sold_at" >= "t8"."begin"
          ),
          "t8"."orders",
          NULL
        )
      ) AS "alone"
    FROM (
      SELECT
        "t3"."customer",
        "t3"."invoice",
        "t3"."sold_at",
        "t3"."cancelled_at",
        "t3"."lines",
        "t3"."items",
        "t3"."country",
        "t3"."on_file",
        "t3"."amount",
        "t3"."bought",
        "t3"."purchases",
        "t3"."orders",
        "t3"."split",
        "t4"."place",
        "t4"."begin",
        "t4"."start",
        "t4"."cutoff"
      FROM "temp"."main"."moments_of_customers" AS "t3"
      INNER JOIN "memtable" AS "t4"
        ON "t3"."sold_at" < "t4"."cutoff"
    ) AS "t8"
    GROUP BY
      1,
      2
  ) AS "t12"
  LEFT OUTER JOIN (
    SELECT
      "t10"."place",
      "t10"."customer",
      COUNT(DISTINCT "t10"."invoice") AS "several"
    FROM (
      SELECT
        *
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
          "t5"."place",
          "t5"."begin",
          "t5"."start",
          "t5"."cutoff"
        FROM (
          SELECT
            *
          FROM "temp"."main"."moments_of_customers" AS "t0"
          WHERE
            "t0"."split"
        ) AS "t7"
        INNER JOIN "memtable" AS "t5"
          ON "t7"."sold_at" < "t5"."cutoff"
      ) AS "t9"
      WHERE
        (
          (
            "t9"."cancelled_at" IS NULL
          ) OR (
            "t9"."cancelled_at" >= "t9"."cutoff"
          )
        )
        AND "t9"."purchases" > 0
        AND "t9"."sold_at" >= "t9"."begin"
    ) AS "t10"
    GROUP BY
      1,
      2
  ) AS "t14"
    ON "t12"."place" = "t14"."place" AND "t12"."customer" = "t14"."customer"
) AS "t15"
