SELECT
  IF(`t1`.`early` AND (
    `t1`.`fate` <> -1
  ), -2, `t1`.`fate`) AS `fate`,
  SUM(`t1`.`rows`) AS `rows`,
  SUM(`t1`.`worth`) AS `amount`
FROM (
  SELECT
    `t0`.`customer`,
    `t0`.`invoice`,
    `t0`.`sold_at`,
    `t0`.`cancelled_at`,
    `t0`.`fate`,
    `t0`.`rows`,
    `t0`.`worth`,
    `t0`.`sales`,
    `t0`.`gross`,
    `t0`.`items`,
    `t0`.`country`,
    `t0`.`sold_at` < CAST('2024-01-01T00:00:00' AS TIMESTAMP) AS `early`
  FROM `temp`.`main`.`moments_roll_up` AS `t0`
) AS `t1`
GROUP BY
  1
