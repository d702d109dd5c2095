SELECT
  *
FROM (
  SELECT
    `t0`.`number`,
    COUNT(*) AS `orders`
  FROM `temp`.`main`.`findings_playbook_baskets_items` AS `t0`
  GROUP BY
    1
) AS `t1`
WHERE
  `t1`.`orders` >= 20
