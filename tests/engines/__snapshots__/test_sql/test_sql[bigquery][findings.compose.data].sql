SELECT
  SUM(`t1`.`rows`) AS `rows`,
  SUM(`t1`.`guests`) AS `guests`,
  SUM(IF(`t1`.`named` > 0, `t1`.`worth`, NULL)) AS `half_named`
FROM (
  SELECT
    `t0`.`invoice`,
    SUM(`t0`.`rows`) AS `rows`,
    SUM(CAST(`t0`.`customer` IS NULL AS INT64)) AS `guests`,
    COUNT(`t0`.`customer`) AS `named`,
    SUM(IF(`t0`.`customer` IS NULL, `t0`.`worth`, NULL)) AS `worth`
  FROM `temp`.`main`.`moments_roll_up` AS `t0`
  GROUP BY
    1
) AS `t1`
