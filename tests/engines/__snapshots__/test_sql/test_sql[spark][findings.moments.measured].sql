SELECT
  `t4`.`place`,
  `t4`.`customer`,
  SUM(IF(`t4`.`sold_at` >= `t4`.`begin`, `t4`.`amount`, NULL)) AS `monetary`,
  SUM(IF(`t4`.`sold_at` >= `t4`.`begin`, `t4`.`lines`, NULL)) AS `lines`,
  SUM(IF(`t4`.`sold_at` >= `t4`.`start`, `t4`.`amount`, NULL)) AS `revenue`,
  COUNT(
    DISTINCT IF(
      (
        (
          `t4`.`cancelled_at` IS NULL
        ) OR (
          `t4`.`cancelled_at` >= `t4`.`cutoff`
        )
      )
      AND (
        `t4`.`purchases` > 0
      )
      AND (
        `t4`.`sold_at` >= `t4`.`begin`
      ),
      `t4`.`invoice`,
      NULL
    )
  ) AS `frequency`,
  SUM(
    IF(
      (
        (
          `t4`.`cancelled_at` IS NULL
        ) OR (
          `t4`.`cancelled_at` >= `t4`.`cutoff`
        )
      )
      AND (
        `t4`.`purchases` > 0
      )
      AND (
        `t4`.`sold_at` >= `t4`.`begin`
      ),
      `t4`.`purchases`,
      NULL
    )
  ) AS `order_lines`,
  SUM(
    IF(
      (
        (
          `t4`.`cancelled_at` IS NULL
        ) OR (
          `t4`.`cancelled_at` >= `t4`.`cutoff`
        )
      )
      AND (
        `t4`.`purchases` > 0
      )
      AND (
        `t4`.`sold_at` >= `t4`.`begin`
      ),
      `t4`.`bought`,
      NULL
    )
  ) AS `gross`,
  MAX(
    IF(
      (
        (
          `t4`.`cancelled_at` IS NULL
        ) OR (
          `t4`.`cancelled_at` >= `t4`.`cutoff`
        )
      )
      AND (
        `t4`.`purchases` > 0
      )
      AND (
        `t4`.`sold_at` >= `t4`.`begin`
      ),
      `t4`.`sold_at`,
      NULL
    )
  ) AS `last`,
  MIN(
    IF(
      (
        (
          `t4`.`cancelled_at` IS NULL
        ) OR (
          `t4`.`cancelled_at` >= `t4`.`cutoff`
        )
      )
      AND (
        `t4`.`on_file` > 0
      ),
      `t4`.`sold_at`,
      NULL
    )
  ) AS `first`
FROM (
  SELECT
    `t2`.`customer`,
    `t2`.`invoice`,
    `t2`.`sold_at`,
    `t2`.`cancelled_at`,
    `t2`.`amount`,
    `t2`.`lines`,
    `t2`.`bought`,
    `t2`.`items`,
    `t2`.`purchases`,
    `t2`.`on_file`,
    `t3`.`place`,
    `t3`.`begin`,
    `t3`.`start`,
    `t3`.`cutoff`
  FROM `temp`.`main`.`findings_moments_moments` AS `t2`
  INNER JOIN `memtable` AS `t3`
    ON `t2`.`sold_at` < `t3`.`cutoff`
) AS `t4`
GROUP BY
  1,
  2
