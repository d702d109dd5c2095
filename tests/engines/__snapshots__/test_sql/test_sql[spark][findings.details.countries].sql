SELECT
  `t1`.`customer`,
  `t1`.`country`,
  MAX(`t1`.`sold_at`) AS `last`
FROM (
  SELECT
    *
  FROM `temp`.`main`.`moments_of_customers` AS `t0`
  WHERE
    `t0`.`purchases` > 0
    AND `t0`.`sold_at` >= CAST('2024-01-01T00:00:00' AS TIMESTAMP)
    AND `t0`.`sold_at` < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
    AND (
      (
        `t0`.`cancelled_at` IS NULL
      )
      OR (
        `t0`.`cancelled_at` >= CAST('2025-01-01T00:00:00' AS TIMESTAMP)
      )
    )
    AND `t0`.`country` IS NOT NULL
) AS `t1`
GROUP BY
  1,
  2
