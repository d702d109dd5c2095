SELECT
  COUNT(*) AS `CountStar(findings_crowd_measured_at)`
FROM `temp`.`main`.`findings_crowd_measured_at` AS `t0`
