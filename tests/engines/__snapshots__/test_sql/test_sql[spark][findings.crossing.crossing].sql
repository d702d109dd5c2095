SELECT
  `t11`.`kind`,
  `t11`.`source`,
  `t11`.`target`,
  `t11`.`known`,
  `t11`.`why`,
  COUNT(*) AS `customers`,
  SUM(`t11`.`worth`) AS `worth`,
  SUM(`t11`.`worth_before`) AS `worth_before`,
  SUM(`t11`.`active`) AS `active`,
  SUM(`t11`.`revenue`) AS `revenue`,
  SUM(`t11`.`orders`) AS `orders`,
  SUM(`t11`.`bought`) AS `bought`,
  SUM(`t11`.`items`) AS `items`,
  SUM(`t11`.`active_before`) AS `active_before`,
  SUM(`t11`.`revenue_before`) AS `revenue_before`,
  SUM(`t11`.`orders_before`) AS `orders_before`,
  SUM(`t11`.`bought_before`) AS `bought_before`,
  SUM(`t11`.`items_before`) AS `items_before`,
  SUM(`t11`.`idle`) AS `idle`,
  SUM(`t11`.`month`) AS `month`
FROM (
  SELECT
    `t10`.`source`,
    `t10`.`target`,
    `t10`.`known`,
    `t10`.`why`,
    `t10`.`month`,
    `t10`.`worth`,
    `t10`.`worth_before`,
    COALESCE(`t3`.`orders`, 0) AS `orders`,
    COALESCE(`t3`.`bought`, 0) AS `bought`,
    COALESCE(`t3`.`items`, 0) AS `items`,
    COALESCE(`t3`.`orders_before`, 0) AS `orders_before`,
    COALESCE(`t3`.`bought_before`, 0) AS `bought_before`,
    COALESCE(`t3`.`items_before`, 0) AS `items_before`,
    COALESCE(`t3`.`revenue_now`, 0) AS `revenue`,
    COALESCE(`t3`.`revenue_before`, 0) AS `revenue_before`,
    CASE
      WHEN NOT (
        COALESCE(`t3`.`seen`, FALSE) OR COALESCE(`t3`.`seen_before`, FALSE)
      )
      THEN ''
      WHEN (
        COALESCE(`t3`.`orders`, 0) > 0
      )
      AND NOT (
        COALESCE(`t3`.`orders_before`, 0) > 0
      )
      AND (
        `t10`.`first` >= CAST('2024-12-01T00:00:00' AS TIMESTAMP)
      )
      THEN 'new'
      WHEN (
        COALESCE(`t3`.`orders`, 0) > 0
      )
      AND NOT (
        COALESCE(`t3`.`orders_before`, 0) > 0
      )
      THEN 'reactivated'
      WHEN (
        COALESCE(`t3`.`orders`, 0) > 0
      )
      AND (
        COALESCE(`t3`.`orders_before`, 0) > 0
      )
      AND (
        COALESCE(`t3`.`revenue_now`, 0) >= COALESCE(`t3`.`revenue_before`, 0)
      )
      THEN 'expansion'
      WHEN (
        COALESCE(`t3`.`orders`, 0) > 0
      )
      AND (
        COALESCE(`t3`.`orders_before`, 0) > 0
      )
      THEN 'contraction'
      WHEN COALESCE(`t3`.`orders_before`, 0) > 0
      THEN 'lapsed'
      ELSE 'returns-only'
    END AS `kind`,
    IF(COALESCE(`t3`.`orders`, 0) > 0, 1, 0) AS `active`,
    IF(COALESCE(`t3`.`orders_before`, 0) > 0, 1, 0) AS `active_before`,
    IF(COALESCE(`t3`.`orders`, 0) > 0, 0, `t10`.`worth`) AS `idle`
  FROM (
    SELECT
      `t8`.`customer`,
      `t8`.`first`,
      `t8`.`month`,
      `t8`.`worth`,
      `t8`.`target`,
      `t8`.`why`,
      `t8`.`whose`,
      COALESCE(`t8`.`source`, '') AS `source`,
      COALESCE(`t8`.`worth_before`, 0) AS `worth_before`,
      COALESCE(`t8`.`known`, FALSE) AS `known`
    FROM (
      SELECT
        `t7`.`customer`,
        `t7`.`first`,
        `t7`.`month`,
        `t7`.`worth`,
        `t7`.`target`,
        `t7`.`why`,
        `t5`.`whose`,
        `t5`.`source`,
        `t5`.`worth_before`,
        `t5`.`known`
      FROM (
        SELECT
          `t1`.`customer`,
          `t1`.`first`,
          COALESCE(`t1`.`revenue`, 0) AS `month`,
          COALESCE(`t1`.`worth`, 0) AS `worth`,
          `t1`.`segment` AS `target`,
          CASE
            WHEN `t1`.`segment` <> ''
            THEN ''
            WHEN COALESCE(`t1`.`lines`, 0) = 0
            THEN 'out-of-window'
            WHEN COALESCE(`t1`.`placed`, 0) = 0
            THEN 'no-purchase-left'
            ELSE 'net-not-positive'
          END AS `why`
        FROM `temp`.`main`.`findings_standings_shelf` AS `t1`
        WHERE
          `t1`.`place` IN (12)
      ) AS `t7`
      LEFT OUTER JOIN (
        SELECT
          `t1`.`customer` AS `whose`,
          `t1`.`segment` AS `source`,
          `t1`.`worth` AS `worth_before`,
          `t1`.`first` IS NOT NULL AS `known`
        FROM `temp`.`main`.`findings_standings_shelf` AS `t1`
        WHERE
          `t1`.`place` IN (11)
      ) AS `t5`
        ON `t7`.`customer` = `t5`.`whose`
    ) AS `t8`
  ) AS `t10`
  LEFT OUTER JOIN (
    SELECT
      `t0`.`customer` AS `doer`,
      `t0`.`revenue` AS `revenue_now`,
      `t0`.`orders`,
      `t0`.`bought`,
      `t0`.`items`,
      `t0`.`seen`,
      `t0`.`revenue_before`,
      `t0`.`orders_before`,
      `t0`.`bought_before`,
      `t0`.`items_before`,
      `t0`.`seen_before`
    FROM `temp`.`main`.`findings_crossing_doings` AS `t0`
  ) AS `t3`
    ON `t10`.`customer` = `t3`.`doer`
) AS `t11`
GROUP BY
  1,
  2,
  3,
  4,
  5
