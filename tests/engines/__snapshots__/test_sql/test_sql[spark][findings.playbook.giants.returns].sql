SELECT
  `t1`.`customer`,
  `t1`.`invoice`,
  SUM(`t1`.`worth` - `t1`.`gross`) AS `worth`,
  MIN(`t1`.`sold_at`) AS `day`
FROM (
  SELECT
    *
  FROM `temp`.`main`.`moments_roll_up` AS `t0`
  WHERE
    FALSE
    AND `t0`.`worth` < `t0`.`gross`
    AND `t0`.`sold_at` < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
) AS `t1`
GROUP BY
  1,
  2
