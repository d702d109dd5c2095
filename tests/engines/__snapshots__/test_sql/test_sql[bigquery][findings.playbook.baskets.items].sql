SELECT DISTINCT
  *
FROM (
  SELECT
    `t2`.`group`,
    `t2`.`invoice`,
    `t2`.`code`
  FROM `temp`.`main`.`findings_goods_goods` AS `t2`
  WHERE
    EXISTS(
      SELECT
        1
      FROM `memtable` AS `t3`
      WHERE
        `t2`.`group` = `t3`.`group` AND `t2`.`code` = `t3`.`code`
    )
) AS `t4`
