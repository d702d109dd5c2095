SELECT
  *
FROM (
  SELECT
    `t1`.`customer`,
    ROW_NUMBER() OVER (ORDER BY `t1`.`customer` ASC) - 1 AS `number`
  FROM (
    SELECT
      *
    FROM `temp`.`main`.`customers_held_told_2` AS `t0`
    WHERE
      `t0`.`frequency` = 2
  ) AS `t1`
) AS `t2`
WHERE
  `t2`.`number` = 9
