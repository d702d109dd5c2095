SELECT
  *
FROM (
  SELECT
    `t0`.`customer`,
    ROW_NUMBER() OVER (ORDER BY `t0`.`customer` ASC NULLS LAST) - 1 AS `number`
  FROM `temp`.`main`.`findings_crowd_crowd` AS `t0`
) AS `t1`
WHERE
  (
    `t1`.`number` % 40
  ) = 39 AND `t1`.`number` < 127
ORDER BY
  `t1`.`number` ASC NULLS LAST
