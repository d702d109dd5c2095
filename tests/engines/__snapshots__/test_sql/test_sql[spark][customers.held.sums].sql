SELECT
  `t0`.`place`,
  COUNT(*) AS `customers`,
  SUM(`t0`.`recency`) AS `recency`,
  SUM(`t0`.`frequency`) AS `frequency`,
  SUM(`t0`.`monetary`) AS `monetary`,
  SUM(`t0`.`tenure`) AS `tenure`,
  SUM(`t0`.`orders`) AS `orders`,
  SUM(`t0`.`revenue`) AS `revenue`
FROM `temp`.`main`.`findings_crowd_crowd` AS `t0`
GROUP BY
  1
