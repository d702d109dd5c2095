SELECT
  `t2`.`customer`,
  `t2`.`place`,
  `t2`.`orders`,
  `t2`.`revenue`
FROM `temp`.`main`.`findings_crowd_crowd` AS `t2`
LEFT SEMI JOIN `memtable` AS `t3`
  ON `t2`.`customer` = `t3`.`customer`
