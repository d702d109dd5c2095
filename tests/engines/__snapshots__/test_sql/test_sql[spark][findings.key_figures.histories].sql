SELECT
  SUM(CAST(`t2`.`first` >= CAST('2024-12-01T00:00:00' AS TIMESTAMP) AS INT)) AS `first_time`,
  SUM(
    CAST((
      `t2`.`first` < CAST('2024-12-01T00:00:00' AS TIMESTAMP)
    )
    AND (
      `t2`.`last` >= CAST('2024-12-01T00:00:00' AS TIMESTAMP)
    ) AS INT)
  ) AS `returning`,
  SUM(CAST(`t2`.`first` < CAST('2024-12-01T00:00:00' AS TIMESTAMP) AS INT)) AS `before`
FROM (
  SELECT
    `t1`.`customer`,
    MIN(`t1`.`sold_at`) AS `first`,
    MAX(`t1`.`sold_at`) AS `last`
  FROM (
    SELECT
      *
    FROM `temp`.`main`.`moments_roll_up` AS `t0`
    WHERE
      `t0`.`sales` > 0
      AND (
        (
          `t0`.`cancelled_at` IS NULL
        )
        OR (
          `t0`.`cancelled_at` >= CAST('2025-01-01T00:00:00' AS TIMESTAMP)
        )
      )
      AND `t0`.`sold_at` < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
      AND `t0`.`customer` IS NOT NULL
  ) AS `t1`
  GROUP BY
    1
) AS `t2`
