SELECT
  SUM(CAST(`t2`.`within_0` AND NOT (
    `t2`.`before_0`
  ) AS INT64)) AS `first_0`,
  SUM(CAST(`t2`.`within_0` AND `t2`.`before_0` AS INT64)) AS `again_0`,
  SUM(CAST(`t2`.`before_0` AS INT64)) AS `before_0`,
  SUM(CAST(`t2`.`within_1` AND NOT (
    `t2`.`before_1`
  ) AS INT64)) AS `first_1`,
  SUM(CAST(`t2`.`within_1` AND `t2`.`before_1` AS INT64)) AS `again_1`,
  SUM(CAST(`t2`.`before_1` AS INT64)) AS `before_1`,
  SUM(CAST(`t2`.`within_2` AND NOT (
    `t2`.`before_2`
  ) AS INT64)) AS `first_2`,
  SUM(CAST(`t2`.`within_2` AND `t2`.`before_2` AS INT64)) AS `again_2`,
  SUM(CAST(`t2`.`before_2` AS INT64)) AS `before_2`
FROM (
  SELECT
    `t1`.`customer`,
    LOGICAL_OR(
      (
        (
          `t1`.`cancelled_at` IS NULL
        )
        OR (
          `t1`.`cancelled_at` >= DATETIME('2025-01-01T00:00:00')
        )
      )
      AND (
        `t1`.`sold_at` < DATETIME('2025-01-01T00:00:00')
      )
      AND (
        `t1`.`sold_at` < DATETIME('2024-12-01T00:00:00')
      )
    ) AS `before_0`,
    LOGICAL_OR(
      (
        (
          `t1`.`cancelled_at` IS NULL
        )
        OR (
          `t1`.`cancelled_at` >= DATETIME('2025-01-01T00:00:00')
        )
      )
      AND (
        `t1`.`sold_at` < DATETIME('2025-01-01T00:00:00')
      )
      AND (
        `t1`.`sold_at` >= DATETIME('2024-12-01T00:00:00')
      )
    ) AS `within_0`,
    LOGICAL_OR(
      (
        (
          `t1`.`cancelled_at` IS NULL
        )
        OR (
          `t1`.`cancelled_at` >= DATETIME('2024-12-01T00:00:00')
        )
      )
      AND (
        `t1`.`sold_at` < DATETIME('2024-12-01T00:00:00')
      )
      AND (
        `t1`.`sold_at` < DATETIME('2024-11-01T00:00:00')
      )
    ) AS `before_1`,
    LOGICAL_OR(
      (
        (
          `t1`.`cancelled_at` IS NULL
        )
        OR (
          `t1`.`cancelled_at` >= DATETIME('2024-12-01T00:00:00')
        )
      )
      AND (
        `t1`.`sold_at` < DATETIME('2024-12-01T00:00:00')
      )
      AND (
        `t1`.`sold_at` >= DATETIME('2024-11-01T00:00:00')
      )
    ) AS `within_1`,
    LOGICAL_OR(
      (
        (
          `t1`.`cancelled_at` IS NULL
        )
        OR (
          `t1`.`cancelled_at` >= DATETIME('2024-01-01T00:00:00')
        )
      )
      AND (
        `t1`.`sold_at` < DATETIME('2024-01-01T00:00:00')
      )
      AND (
        `t1`.`sold_at` < DATETIME('2023-12-01T00:00:00')
      )
    ) AS `before_2`,
    LOGICAL_OR(
      (
        (
          `t1`.`cancelled_at` IS NULL
        )
        OR (
          `t1`.`cancelled_at` >= DATETIME('2024-01-01T00:00:00')
        )
      )
      AND (
        `t1`.`sold_at` < DATETIME('2024-01-01T00:00:00')
      )
      AND (
        `t1`.`sold_at` >= DATETIME('2023-12-01T00:00:00')
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
