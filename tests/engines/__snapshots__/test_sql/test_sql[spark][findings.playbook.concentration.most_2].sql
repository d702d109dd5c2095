SELECT
  `t0`.`revenue_before` AS `revenue`
FROM `temp`.`main`.`findings_crossing_doings` AS `t0`
WHERE
  `t0`.`seen_before`
ORDER BY
  `t0`.`revenue_before` DESC
LIMIT 10
