WITH `t2` AS (
  SELECT
    `t1`.`customer`,
    `t1`.`country`,
    MAX(`t1`.`sold_at`) AS `last`
  FROM (
    SELECT
      *
    FROM `temp`.`main`.`moments_of_customers` AS `t0`
    WHERE
      `t0`.`sold_at` >= CAST('2024-01-01T00:00:00' AS TIMESTAMP)
      AND `t0`.`sold_at` < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
      AND (
        (
          `t0`.`cancelled_at` IS NULL
        )
        OR (
          `t0`.`cancelled_at` >= CAST('2025-01-01T00:00:00' AS TIMESTAMP)
        )
      )
      AND `t0`.`country` IS NOT NULL
  ) AS `t1`
  GROUP BY
    1,
    2
)
SELECT
  *
FROM (
  SELECT
    `t7`.`customer`,
    MIN(`t7`.`country`) AS `country`
  FROM (
    SELECT
      `t4`.`customer`,
      `t4`.`country`,
      `t4`.`last`
    FROM `t2` AS `t4`
    INNER JOIN (
      SELECT
        `t3`.`customer`,
        MAX(`t3`.`last`) AS `last`
      FROM `t2` AS `t3`
      GROUP BY
        1
    ) AS `t6`
      ON `t4`.`customer` = `t6`.`customer` AND `t4`.`last` = `t6`.`last`
  ) AS `t7`
  GROUP BY
    1
) AS `t8`
WHERE
  `t8`.`customer` IN ('C005', 'C007', 'C002', 'C133', 'C014')
