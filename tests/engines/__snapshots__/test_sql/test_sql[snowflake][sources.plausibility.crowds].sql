SELECT
  *
FROM (
  SELECT
    "t4"."customer",
    "t4"."orders",
    "t4"."worth",
    "t4"."look",
    SUM("t4"."orders") OVER (ORDER BY NULL ASC ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS "all",
    SUM("t4"."worth") OVER (ORDER BY NULL ASC ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS "total",
    COUNT(*) OVER (ORDER BY NULL ASC ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS "customers",
    COUNT(*) OVER (
      PARTITION BY "t4"."look"
      ORDER BY NULL ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "alike"
  FROM (
    SELECT
      "t3"."customer",
      "t3"."orders",
      "t3"."worth",
      REGEXP_REPLACE(REGEXP_REPLACE("t3"."customer", '[0-9]+', '9'), '[A-Za-zÀ-ɏ]+', 'a') AS "look"
    FROM (
      SELECT
        "t2"."customer",
        COUNT(*) AS "orders",
        SUM("t2"."worth") AS "worth"
      FROM (
        SELECT
          "t1"."customer",
          "t1"."invoice",
          SUM("t1"."amount") AS "worth"
        FROM (
          SELECT
            "t0"."line",
            "t0"."invoice",
            "t0"."code",
            "t0"."description",
            "t0"."quantity",
            "t0"."price",
            "t0"."amount",
            CAST("t0"."sold_at" AS TIMESTAMP) AS "sold_at",
            "t0"."customer",
            "t0"."country"
          FROM "temp"."main"."lines" AS "t0"
          WHERE
            "t0"."customer" IS NOT NULL
        ) AS "t1"
        GROUP BY
          1,
          2
      ) AS "t2"
      GROUP BY
        1
    ) AS "t3"
  ) AS "t4"
) AS "t5"
ORDER BY
  "t5"."orders" DESC NULLS LAST,
  "t5"."customer" ASC
LIMIT 3
