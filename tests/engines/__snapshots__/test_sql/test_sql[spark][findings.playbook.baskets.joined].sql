SELECT
  *
FROM (
  SELECT
    `t3`.`number`,
    `t3`.`other`,
    COUNT(*) AS `both`
  FROM (
    SELECT
      `t1`.`number`,
      `t2`.`number` AS `other`
    FROM `temp`.`main`.`findings_playbook_baskets_items` AS `t1`
    INNER JOIN `temp`.`main`.`findings_playbook_baskets_items` AS `t2`
      ON `t1`.`place` = `t2`.`place`
      AND `t1`.`invoice` = `t2`.`invoice`
      AND `t1`.`number` < `t2`.`number`
  ) AS `t3`
  GROUP BY
    1,
    2
) AS `t4`
WHERE
  `t4`.`both` >= 20
