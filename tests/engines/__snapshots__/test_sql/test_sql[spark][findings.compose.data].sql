SELECT
  SUM(`t0`.`rows`) AS `rows`,
  SUM(CAST(`t0`.`customer` IS NULL AS INT)) AS `guests`
FROM `temp`.`main`.`moments_roll_up` AS `t0`
