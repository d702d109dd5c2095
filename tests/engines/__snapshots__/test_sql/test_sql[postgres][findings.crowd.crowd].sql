SELECT
  "t2"."customer",
  "t2"."recency",
  "t2"."frequency",
  "t2"."monetary",
  "t2"."tenure",
  "t2"."orders",
  "t2"."revenue",
  CASE
    WHEN "t2"."group" = 'champions'
    THEN 0
    WHEN "t2"."group" = 'loyal-customers'
    THEN 1
    WHEN "t2"."group" = 'potential-loyalists'
    THEN 2
    WHEN "t2"."group" = 'new-customers'
    THEN 3
    WHEN "t2"."group" = 'promising'
    THEN 4
    WHEN "t2"."group" = 'need-attention'
    THEN 5
    WHEN "t2"."group" = 'about-to-sleep'
    THEN 6
    WHEN "t2"."group" = 'cant-lose-them'
    THEN 7
    WHEN "t2"."group" = 'at-risk'
    THEN 8
    WHEN "t2"."group" = 'hibernating'
    THEN 9
    ELSE NULL
  END AS "place"
FROM (
  SELECT
    "t1"."customer",
    "t1"."recency",
    "t1"."frequency",
    "t1"."monetary",
    "t1"."tenure",
    "t1"."orders",
    "t1"."revenue",
    "t1"."R_score",
    "t1"."F_score",
    CASE
      WHEN (
        "t1"."R_score" >= 5
      )
      AND (
        "t1"."R_score" <= 5
      )
      AND (
        "t1"."F_score" >= 4
      )
      THEN 'champions'
      WHEN (
        "t1"."R_score" >= 3
      )
      AND (
        "t1"."R_score" <= 4
      )
      AND (
        "t1"."F_score" >= 4
      )
      THEN 'loyal-customers'
      WHEN (
        "t1"."R_score" >= 4
      )
      AND (
        (
          "t1"."F_score" >= 2
        ) AND (
          "t1"."F_score" <= 3
        )
      )
      THEN 'potential-loyalists'
      WHEN (
        "t1"."R_score" >= 5
      )
      AND (
        "t1"."R_score" <= 5
      )
      AND (
        (
          "t1"."F_score" >= 1
        ) AND (
          "t1"."F_score" <= 1
        )
      )
      THEN 'new-customers'
      WHEN (
        "t1"."R_score" >= 4
      )
      AND (
        "t1"."R_score" <= 4
      )
      AND (
        (
          "t1"."F_score" >= 1
        ) AND (
          "t1"."F_score" <= 1
        )
      )
      THEN 'promising'
      WHEN (
        "t1"."R_score" >= 3
      )
      AND (
        "t1"."R_score" <= 3
      )
      AND (
        (
          "t1"."F_score" >= 3
        ) AND (
          "t1"."F_score" <= 3
        )
      )
      THEN 'need-attention'
      WHEN (
        "t1"."R_score" >= 3
      )
      AND (
        "t1"."R_score" <= 3
      )
      AND (
        "t1"."F_score" <= 2
      )
      THEN 'about-to-sleep'
      WHEN (
        "t1"."R_score" <= 2
      )
      AND (
        (
          "t1"."F_score" >= 5
        ) AND (
          "t1"."F_score" <= 5
        )
      )
      THEN 'cant-lose-them'
      WHEN (
        "t1"."R_score" <= 2
      )
      AND (
        (
          "t1"."F_score" >= 3
        ) AND (
          "t1"."F_score" <= 4
        )
      )
      THEN 'at-risk'
      WHEN (
        "t1"."R_score" <= 2
      ) AND (
        "t1"."F_score" <= 2
      )
      THEN 'hibernating'
      ELSE CAST(NULL AS VARCHAR)
    END AS "group"
  FROM (
    SELECT
      "t0"."customer",
      "t0"."recency",
      "t0"."frequency",
      "t0"."monetary",
      "t0"."tenure",
      "t0"."orders",
      "t0"."revenue",
      5 - (
        0 + CASE WHEN "t0"."recency" > 15 THEN 1 ELSE 0 END + CASE WHEN "t0"."recency" > 33 THEN 1 ELSE 0 END + CASE WHEN "t0"."recency" > 72 THEN 1 ELSE 0 END + CASE WHEN "t0"."recency" > 168 THEN 1 ELSE 0 END
      ) AS "R_score",
      0 + CASE
        WHEN (
          "t0"."frequency" > 2
        )
        OR (
          (
            "t0"."frequency" = 2
          ) AND (
            "t0"."customer" > 'C110'
          )
        )
        THEN 1
        ELSE 0
      END + CASE
        WHEN (
          "t0"."frequency" > 3
        )
        OR (
          (
            "t0"."frequency" = 3
          ) AND (
            "t0"."customer" > 'C129'
          )
        )
        THEN 1
        ELSE 0
      END + CASE
        WHEN (
          "t0"."frequency" > 5
        )
        OR (
          (
            "t0"."frequency" = 5
          ) AND (
            "t0"."customer" > 'C077'
          )
        )
        THEN 1
        ELSE 0
      END + CASE
        WHEN (
          "t0"."frequency" > 11
        )
        OR (
          (
            "t0"."frequency" = 11
          ) AND (
            "t0"."customer" > 'C027'
          )
        )
        THEN 1
        ELSE 0
      END + 1 AS "F_score"
    FROM "temp"."main"."customers_held_told_2" AS "t0"
  ) AS "t1"
) AS "t2"
