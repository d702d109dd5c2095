SELECT
  COUNT(*) AS `CountStar_staged`
FROM `temp`.`main`.`staged` AS `t0`
