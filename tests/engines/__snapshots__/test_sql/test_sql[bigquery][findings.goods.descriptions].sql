SELECT
  `t1`.`code`,
  `t1`.`description`,
  COUNT(*) AS `lines`
FROM (
  SELECT
    *
  FROM `temp`.`main`.`findings_goods_goods` AS `t0`
  WHERE
    `t0`.`code` IN ('P0', 'P1', 'P2', 'P3', 'P4', 'P5')
    AND `t0`.`description` IS NOT NULL
) AS `t1`
GROUP BY
  1,
  2
