WITH `t4` AS (
  SELECT
    `t2`.`customer`,
    `t2`.`invoice`,
    `t2`.`sold_at`,
    `t2`.`cancelled_at`,
    `t2`.`lines`,
    `t2`.`items`,
    `t2`.`country`,
    `t2`.`on_file`,
    `t2`.`amount`,
    `t2`.`bought`,
    `t2`.`purchases`,
    `t2`.`orders`,
    `t2`.`split`,
    `t3`.`place`,
    `t3`.`begin`,
    `t3`.`start`,
    `t3`.`cutoff`
  FROM `temp`.`main`.`moments_of_customers` AS `t2`
  INNER JOIN `memtable` AS `t3`
    ON `t2`.`sold_at` < `t3`.`cutoff`
)
SELECT
  `t11`.`place`,
  `t11`.`customer`,
  `t11`.`monetary`,
  `t11`.`lines`,
  `t11`.`revenue`,
  `t11`.`order_lines`,
  `t11`.`gross`,
  `t11`.`last`,
  `t11`.`first`,
  `t11`.`orders` AS `frequency`
FROM (
  SELECT
    `t10`.`place`,
    `t10`.`customer`,
    `t10`.`monetary`,
    `t10`.`lines`,
    `t10`.`revenue`,
    `t10`.`order_lines`,
    `t10`.`gross`,
    `t10`.`last`,
    `t10`.`first`,
    COALESCE(`t10`.`alone`, 0) + COALESCE(`t9`.`several`, 0) AS `orders`
  FROM (
    SELECT
      `t5`.`place`,
      `t5`.`customer`,
      SUM(IF(`t5`.`sold_at` >= `t5`.`begin`, `t5`.`amount`, NULL)) AS `monetary`,
      SUM(IF(`t5`.`sold_at` >= `t5`.`begin`, `t5`.`lines`, NULL)) AS `lines`,
      SUM(IF(`t5`.`sold_at` >= `t5`.`start`, `t5`.`amount`, NULL)) AS `revenue`,
      SUM(
        IF(
          (
            (
              `t5`.`cancelled_at` IS NULL
            ) OR (
              `t5`.`cancelled_at` >= `t5`.`cutoff`
            )
          )
          AND (
            `t5`.`purchases` > 0
          )
          AND (
            `t5`.`sold_at` >= `t5`.`begin`
          ),
          `t5`.`purchases`,
          NULL
        )
      ) AS `order_lines`,
      SUM(
        IF(
          (
            (
              `t5`.`cancelled_at` IS NULL
            ) OR (
              `t5`.`cancelled_at` >= `t5`.`cutoff`
            )
          )
          AND (
            `t5`.`purchases` > 0
          )
          AND (
            `t5`.`sold_at` >= `t5`.`begin`
          ),
          `t5`.`bought`,
          NULL
        )
      ) AS `gross`,
      MAX(
        IF(
          (
            (
              `t5`.`cancelled_at` IS NULL
            ) OR (
              `t5`.`cancelled_at` >= `t5`.`cutoff`
            )
          )
          AND (
            `t5`.`purchases` > 0
          )
          AND (
            `t5`.`sold_at` >= `t5`.`begin`
          ),
          `t5`.`sold_at`,
          NULL
        )
      ) AS `last`,
      MIN(
        IF(
          (
            (
              `t5`.`cancelled_at` IS NULL
            ) OR (
              `t5`.`cancelled_at` >= `t5`.`cutoff`
            )
          )
          AND (
            `t5`.`on_file` > 0
          ),
          `t5`.`sold_at`,
          NULL
        )
      ) AS `first`,
      SUM(
        IF(
          (
            (
              `t5`.`cancelled_at` IS NULL
            ) OR (
              `t5`.`cancelled_at` >= `t5`.`cutoff`
            )
          )
          AND (
            `t5`.`purchases` > 0
          )
          AND (
            `t5`.`sold_at` >= `t5`.`begin`
          ),
          `t5`.`orders`,
          NULL
        )
      ) AS `alone`
    FROM `t4` AS `t5`
    GROUP BY
      1,
      2
  ) AS `t10`
  LEFT OUTER JOIN (
    SELECT
      `t6`.`place`,
      `t6`.`customer`,
      COUNT(DISTINCT `t6`.`split`) AS `several`
    FROM (
      SELECT
        *
      FROM `t4` AS `t5`
      WHERE
        (
          (
            `t5`.`cancelled_at` IS NULL
          ) OR (
            `t5`.`cancelled_at` >= `t5`.`cutoff`
          )
        )
        AND `t5`.`purchases` > 0
        AND `t5`.`sold_at` >= `t5`.`begin`
        AND `t5`.`split` IS NOT NULL
    ) AS `t6`
    GROUP BY
      1,
      2
  ) AS `t9`
    ON `t10`.`place` = `t9`.`place` AND `t10`.`customer` = `t9`.`customer`
) AS `t11`
