SELECT
  *
FROM (
  SELECT
    `t1`.`customer`,
    ROW_NUMBER() OVER (ORDER BY NULL) AS `ibis_ibis_row_number_yt6cv6cudredvkx6a4mxgyuqyi`
  FROM (
    SELECT
      `t0`.`customer`
    FROM `temp`.`main`.`customers_held_told_2` AS `t0`
    WHERE
      `t0`.`frequency` = 2
    ORDER BY
      `t0`.`customer` ASC NULLS LAST
  ) AS `t1`
) AS `t2`
WHERE
  `t2`.`ibis_ibis_row_number_yt6cv6cudredvkx6a4mxgyuqyi` > 9
LIMIT 1
