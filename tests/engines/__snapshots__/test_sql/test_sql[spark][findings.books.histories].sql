SELECT
  SUM(CAST(`t2`.`within_0` AND NOT (
    `t2`.`before_0`
  ) AS INT)) AS `first_0`,
  SUM(CAST(`t2`.`within_0` AND `t2`.`before_0` AS INT)) AS `again_0`,
  SUM(CAST(`t2`.`before_0` AS INT)) AS `before_0`,
  SUM(CAST(`t2`.`within_1` AND NOT (
    `t2`.`before_1`
  ) AS INT)) AS `first_1`,
  SUM(CAST(`t2`.`within_1` AND `t2`.`before_1` AS INT)) AS `again_1`,
  SUM(CAST(`t2`.`before_1` AS INT)) AS `before_1`,
  SUM(CAST(`t2`.`within_2` AND NOT (
    `t2`.`before_2`
  ) AS INT)) AS `first_2`,
  SUM(CAST(`t2`.`within_2` AND `t2`.`before_2` AS INT)) AS `again_2`,
  SUM(CAST(`t2`.`before_2` AS INT)) AS `before_2`
FROM (
  SELECT
    `t1`.`customer`,
    BOOL_OR(
      (
        (
          `t1`.`cancelled_at` IS NULL
        )
        OR (
          `t1`.`cancelled_at` >= CAST('2025-01-01T00:00:00' AS TIMESTAMP)
        )
      )
      AND (
        `t1`.`sold_at` < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
      )
      AND (
        `t1`.`sold_at` < CAST('2024-12-01T00:00:00' AS TIMESTAMP)
      )
    ) AS `before_0`,
    BOOL_OR(
      (
        (
          `t1`.`cancelled_at` IS NULL
        )
        OR (
          `t1`.`cancelled_at` >= CAST('2025-01-01T00:00:00' AS TIMESTAMP)
        )
      )
      AND (
        `t1`.`sold_at` < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
      )
      AND (
        `t1`.`sold_at` >= CAST('2024-12-01T00:00:00' AS TIMESTAMP)
      )
    ) AS `within_0`,
    BOOL_OR(
      (
        (
          `t1`.`cancelled_at` IS NULL
        )
        OR (
          `t1`.`cancelled_at` >= CAST('2024-12-01T00:00:00' AS TIMESTAMP)
        )
      )
      AND (
        `t1`.`sold_at` < CAST('2024-12-01T00:00:00' AS TIMESTAMP)
      )
      AND (
        `t1`.`sold_at` < CAST('2024-11-01T00:00:00' AS TIMESTAMP)
      )
    ) AS `before_1`,
    BOOL_OR(
      (
        (
          `t1`.`cancelled_at` IS NULL
        )
        OR (
          `t1`.`cancelled_at` >= CAST('2024-12-01T00:00:00' AS TIMESTAMP)
        )
      )
      AND (
        `t1`.`sold_at` < CAST('2024-12-01T00:00:00' AS TIMESTAMP)
      )
      AND (
        `t1`.`sold_at` >= CAST('2024-11-01T00:00:00' AS TIMESTAMP)
      )
    ) AS `within_1`,
    BOOL_OR(
      (
        (
          `t1`.`cancelled_at` IS NULL
        )
        OR (
          `t1`.`cancelled_at` >= CAST('2024-01-01T00:00:00' AS TIMESTAMP)
        )
      )
      AND (
        `t1`.`sold_at` < CAST('2024-01-01T00:00:00' AS TIMESTAMP)
      )
      AND (
        `t1`.`sold_at` < CAST('2023-12-01T00:00:00' AS TIMESTAMP)
      )
    ) AS `before_2`,
    BOOL_OR(
      (
        (
          `t1`.`cancelled_at` IS NULL
        )
        OR (
          `t1`.`cancelled_at` >= CAST('2024-01-01T00:00:00' AS TIMESTAMP)
        )
      )
      AND (
        `t1`.`sold_at` < CAST('2024-01-01T00:00:00' AS TIMESTAMP)
      )
      AND (
        `t1`.`sold_at` >= CAST('2023-12-01T00:00:00' AS TIMESTAMP)
      )
    ) AS `within_2`
  FROM (
    SELECT
      *
    FROM `temp`.`main`.`moments_roll_up` AS `t0`
    WHERE
      `t0`.`customer` IS NOT NULL AND `t0`.`sales` > 0
  ) AS `t1`
  GROUP BY
    1
) AS `t2`
