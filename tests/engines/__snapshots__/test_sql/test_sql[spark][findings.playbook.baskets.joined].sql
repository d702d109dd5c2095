SELECT
  *
FROM (
  SELECT
    `t3`.`group`,
    `t3`.`code`,
    `t3`.`offered`,
    COUNT(*) AS `both`
  FROM (
    SELECT
      `t1`.`group`,
      `t1`.`code`,
      `t2`.`code` AS `offered`
    FROM `temp`.`main`.`findings_playbook_baskets_items` AS `t1`
    INNER JOIN `temp`.`main`.`findings_playbook_baskets_items` AS `t2`
      ON `t1`.`group` = `t2`.`group`
      AND `t1`.`invoice` = `t2`.`invoice`
      AND `t1`.`code` < `t2`.`code`
  ) AS `t3`
  GROUP BY
    1,
    2,
    3
) AS `t4`
WHERE
  `t4`.`both` >= 20
