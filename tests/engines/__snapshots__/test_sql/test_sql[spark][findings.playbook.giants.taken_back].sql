SELECT
  `t1`.`customer`,
  `t1`.`invoice`,
  MIN(`t1`.`sold_at`) AS `ordered`,
  MAX(`t1`.`cancelled_at`) AS `cancelled`,
  SUM(`t1`.`gross`) AS `revenue`,
  SUM(IF(`t1`.`fate` = 0, `t1`.`gross`, 0)) AS `kept`
FROM (
  SELECT
    *
  FROM `temp`.`main`.`moments_roll_up` AS `t0`
  WHERE
    `t0`.`customer` IS NOT NULL
    AND `t0`.`sales` > 0
    AND `t0`.`cancelled_at` <= (
      `t0`.`sold_at` + INTERVAL '24' HOUR
    )
    AND `t0`.`cancelled_at` < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
    AND `t0`.`sold_at` >= CAST('2024-01-01T00:00:00' AS TIMESTAMP)
) AS `t1`
GROUP BY
  1,
  2
