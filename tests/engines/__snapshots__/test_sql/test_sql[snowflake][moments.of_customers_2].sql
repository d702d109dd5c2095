SELECT
  *
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
    IFF(
      (
        "t2"."purchases" > 0
      )
      AND (
        (
          "t6"."latest" IS NULL
        )
        OR (
          NOT (
            "t6"."apart"
          ) AND (
            "t2"."until" = "t6"."latest"
          )
        )
      ),
      1,
      0
    ) AS "orders",
    COALESCE("t6"."apart", FALSE) AS "split"
  FROM (
    SELECT
      "t0"."customer",
      "t0"."invoice",
      "t0"."sold_at",
      CAST(NULL AS TIMESTAMP) AS "cancelled_at",
      COALESCE("t0"."cancelled_at", TIMESTAMP_FROM_PARTS(9999, 1, 1, 0, 0, 0, 0)) AS "until",
      IFF("t0"."fate" = 0, "t0"."rows", 0) AS "lines",
      IFF("t0"."fate" = 0, "t0"."items", 0) AS "items",
      IFF("t0"."fate" = 0, "t0"."country", CAST(NULL AS VARCHAR)) AS "country",
      "t0"."sales" AS "on_file",
      IFF("t0"."fate" = 0, "t0"."worth", 0) AS "amount",
      IFF("t0"."fate" = 0, "t0"."gross", 0) AS "bought",
      IFF("t0"."fate" = 0, "t0"."sales", 0) AS "purchases"
    FROM "temp"."main"."moments_roll_up_2" AS "t0"
    WHERE
      "t0"."fate" <> -1 AND "t0"."customer" IS NOT NULL
  ) AS "t2"
  LEFT OUTER JOIN (
    SELECT
      *
    FROM (
      SELECT
        "t3"."customer",
        "t3"."invoice",
        COUNT(*) AS "moments",
        MAX("t3"."until") AS "latest",
        MIN("t3"."sold_at") < MAX("t3"."sold_at") AS "apart"
      FROM (
        SELECT
          "t0"."customer",
          "t0"."invoice",
          "t0"."sold_at",
          CAST(NULL AS TIMESTAMP) AS "cancelled_at",
          COALESCE("t0"."cancelled_at", TIMESTAMP_FROM_PARTS(9999, 1, 1, 0, 0, 0, 0)) AS "until",
          IFF("t0"."fate" = 0, "t0"."rows", 0) AS "lines",
          IFF("t0"."fate" = 0, "t0"."items", 0) AS "items",
          IFF("t0"."fate" = 0, "t0"."country", CAST(NULL AS VARCHAR)) AS "country",
          "t0"."sales" AS "on_file",
          IFF("t0"."fate" = 0, "t0"."worth", 0) AS "amount",
          IFF("t0"."fate" = 0, "t0"."gross", 0) AS "bought",
          IFF("t0"."fate" = 0, "t0"."sales", 0) AS "purchases"
        FROM "temp"."main"."moments_roll_up_2" AS "t0"
        WHERE
          "t0"."fate" <> -1
          AND "t0"."customer" IS NOT NULL
          AND IFF("t0"."fate" = 0, "t0"."sales", 0) > 0
      ) AS "t3"
      GROUP BY
        1,
        2
    ) AS "t4"
    WHERE
      "t4"."moments" > 1
  ) AS "t6"
    ON "t2"."customer" = "t6"."customer" AND "t2"."invoice" = "t6"."invoice"
) AS "t7"
ORDER BY
  "t7"."customer" ASC
