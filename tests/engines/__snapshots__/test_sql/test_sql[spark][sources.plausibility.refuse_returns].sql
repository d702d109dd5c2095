SELECT
  COUNT(*) AS `all`,
  SUM(CAST(`t1`.`amount` > 0 AS INT)) AS `bought`,
  SUM(CAST(`t1`.`amount` < 0 AS INT)) AS `back`
FROM (
  SELECT
    `t0`.`line`,
    `t0`.`invoice`,
    `t0`.`code`,
    `t0`.`description`,
    `t0`.`quantity`,
    `t0`.`price`,
    `t0`.`amount`,
    CAST(`t0`.`sold_at` AS TIMESTAMP) AS `sold_at`,
    `t0`.`customer`,
    `t0`.`country`
  FROM `temp`.`main`.`lines` AS `t0`
) AS `t1`
