SELECT
  COUNT(*) AS `all`,
  SUM(IF(`t2`.`even`, 1, 0)) AS `odd`
FROM (
  SELECT
    `t1`.`invoice`,
    (
      MOD(COUNT(*), 2)
    ) = 0 AS `even`
  FROM (
    SELECT
      `t0`.`line`,
      `t0`.`invoice`,
      `t0`.`code`,
      `t0`.`description`,
      `t0`.`quantity`,
      `t0`.`price`,
      `t0`.`amount`,
      CAST(`t0`.`sold_at` AS DATETIME) AS `sold_at`,
      `t0`.`customer`,
      `t0`.`country`
    FROM `temp`.`main`.`lines` AS `t0`
  ) AS `t1`
  GROUP BY
    1
) AS `t2`
