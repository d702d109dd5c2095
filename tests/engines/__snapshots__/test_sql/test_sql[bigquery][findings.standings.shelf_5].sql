SELECT
  `t21`.`place`,
  `t5`.`month`,
  `t21`.`customer`,
  `t21`.`worth`,
  `t21`.`placed`,
  `t21`.`lines`,
  `t21`.`revenue`,
  `t21`.`first`,
  COALESCE(
    IF(
      `t21`.`stays`,
      CASE
        WHEN (
          (
            (
              `t21`.`point_0` - -0.4903287115121159
            ) * (
              `t21`.`point_0` - -0.4903287115121159
            )
          ) + 0.0 + (
            (
              `t21`.`point_1` - 1.4729284864809995
            ) * (
              `t21`.`point_1` - 1.4729284864809995
            )
          ) + (
            (
              `t21`.`point_2` - 0.8767428039469788
            ) * (
              `t21`.`point_2` - 0.8767428039469788
            )
          )
        ) <= LEAST(
          (
            (
              `t21`.`point_0` - -0.4903287115121159
            ) * (
              `t21`.`point_0` - -0.4903287115121159
            )
          ) + 0.0 + (
            (
              `t21`.`point_1` - 1.4729284864809995
            ) * (
              `t21`.`point_1` - 1.4729284864809995
            )
          ) + (
            (
              `t21`.`point_2` - 0.8767428039469788
            ) * (
              `t21`.`point_2` - 0.8767428039469788
            )
          ),
          (
            (
              `t21`.`point_0` - -0.8454925894220642
            ) * (
              `t21`.`point_0` - -0.8454925894220642
            )
          ) + 0.0 + (
            (
              `t21`.`point_1` - 4.413998934592435
            ) * (
              `t21`.`point_1` - 4.413998934592435
            )
          ) + (
            (
              `t21`.`point_2` - 8.562994764557843
            ) * (
              `t21`.`point_2` - 8.562994764557843
            )
          ),
          (
            (
              `t21`.`point_0` - 1.7020270596761329
            ) * (
              `t21`.`point_0` - 1.7020270596761329
            )
          ) + 0.0 + (
            (
              `t21`.`point_1` - -0.3749624953637465
            ) * (
              `t21`.`point_1` - -0.3749624953637465
            )
          ) + (
            (
              `t21`.`point_2` - -0.26409751258081426
            ) * (
              `t21`.`point_2` - -0.26409751258081426
            )
          ),
          (
            (
              `t21`.`point_0` - -0.437380345489959
            ) * (
              `t21`.`point_0` - -0.437380345489959
            )
          ) + 0.0 + (
            (
              `t21`.`point_1` - -0.3890919142586396
            ) * (
              `t21`.`point_1` - -0.3890919142586396
            )
          ) + (
            (
              `t21`.`point_2` - -0.29223841153125973
            ) * (
              `t21`.`point_2` - -0.29223841153125973
            )
          )
        )
        THEN 'best'
        WHEN (
          (
            (
              `t21`.`point_0` - -0.8454925894220642
            ) * (
              `t21`.`point_0` - -0.8454925894220642
            )
          ) + 0.0 + (
            (
              `t21`.`point_1` - 4.413998934592435
            ) * (
              `t21`.`point_1` - 4.413998934592435
            )
          ) + (
            (
              `t21`.`point_2` - 8.562994764557843
            ) * (
              `t21`.`point_2` - 8.562994764557843
            )
          )
        ) <= LEAST(
          (
            (
              `t21`.`point_0` - -0.4903287115121159
            ) * (
              `t21`.`point_0` - -0.4903287115121159
            )
          ) + 0.0 + (
            (
              `t21`.`point_1` - 1.4729284864809995
            ) * (
              `t21`.`point_1` - 1.4729284864809995
            )
          ) + (
            (
              `t21`.`point_2` - 0.8767428039469788
            ) * (
              `t21`.`point_2` - 0.8767428039469788
            )
          ),
          (
            (
              `t21`.`point_0` - -0.8454925894220642
            ) * (
              `t21`.`point_0` - -0.8454925894220642
            )
          ) + 0.0 + (
            (
              `t21`.`point_1` - 4.413998934592435
            ) * (
              `t21`.`point_1` - 4.413998934592435
            )
          ) + (
            (
              `t21`.`point_2` - 8.562994764557843
            ) * (
              `t21`.`point_2` - 8.562994764557843
            )
          ),
          (
            (
              `t21`.`point_0` - 1.7020270596761329
            ) * (
              `t21`.`point_0` - 1.7020270596761329
            )
          ) + 0.0 + (
            (
              `t21`.`point_1` - -0.3749624953637465
            ) * (
              `t21`.`point_1` - -0.3749624953637465
            )
          ) + (
            (
              `t21`.`point_2` - -0.26409751258081426
            ) * (
              `t21`.`point_2` - -0.26409751258081426
            )
          ),
          (
            (
              `t21`.`point_0` - -0.437380345489959
            ) * (
              `t21`.`point_0` - -0.437380345489959
            )
          ) + 0.0 + (
            (
              `t21`.`point_1` - -0.3890919142586396
            ) * (
              `t21`.`point_1` - -0.3890919142586396
            )
          ) + (
            (
              `t21`.`point_2` - -0.29223841153125973
            ) * (
              `t21`.`point_2` - -0.29223841153125973
            )
          )
        )
        THEN 'big-spenders'
        WHEN (
          (
            (
              `t21`.`point_0` - 1.7020270596761329
            ) * (
              `t21`.`point_0` - 1.7020270596761329
            )
          ) + 0.0 + (
            (
              `t21`.`point_1` - -0.3749624953637465
            ) * (
              `t21`.`point_1` - -0.3749624953637465
            )
          ) + (
            (
              `t21`.`point_2` - -0.26409751258081426
            ) * (
              `t21`.`point_2` - -0.26409751258081426
            )
          )
        ) <= LEAST(
          (
            (
              `t21`.`point_0` - -0.4903287115121159
            ) * (
              `t21`.`point_0` - -0.4903287115121159
            )
          ) + 0.0 + (
            (
              `t21`.`point_1` - 1.4729284864809995
            ) * (
              `t21`.`point_1` - 1.4729284864809995
            )
          ) + (
            (
              `t21`.`point_2` - 0.8767428039469788
            ) * (
              `t21`.`point_2` - 0.8767428039469788
            )
          ),
          (
            (
              `t21`.`point_0` - -0.8454925894220642
            ) * (
              `t21`.`point_0` - -0.8454925894220642
            )
          ) + 0.0 + (
            (
              `t21`.`point_1` - 4.413998934592435
            ) * (
              `t21`.`point_1` - 4.413998934592435
            )
          ) + (
            (
              `t21`.`point_2` - 8.562994764557843
            ) * (
              `t21`.`point_2` - 8.562994764557843
            )
          ),
          (
            (
              `t21`.`point_0` - 1.7020270596761329
            ) * (
              `t21`.`point_0` - 1.7020270596761329
            )
          ) + 0.0 + (
            (
              `t21`.`point_1` - -0.3749624953637465
            ) * (
              `t21`.`point_1` - -0.3749624953637465
            )
          ) + (
            (
              `t21`.`point_2` - -0.26409751258081426
            ) * (
              `t21`.`point_2` - -0.26409751258081426
            )
          ),
          (
            (
              `t21`.`point_0` - -0.437380345489959
            ) * (
              `t21`.`point_0` - -0.437380345489959
            )
          ) + 0.0 + (
            (
              `t21`.`point_1` - -0.3890919142586396
            ) * (
              `t21`.`point_1` - -0.3890919142586396
            )
          ) + (
            (
              `t21`.`point_2` - -0.29223841153125973
            ) * (
              `t21`.`point_2` - -0.29223841153125973
            )
          )
        )
        THEN 'lost'
        WHEN (
          (
            (
              `t21`.`point_0` - -0.437380345489959
            ) * (
              `t21`.`point_0` - -0.437380345489959
            )
          ) + 0.0 + (
            (
              `t21`.`point_1` - -0.3890919142586396
            ) * (
              `t21`.`point_1` - -0.3890919142586396
            )
          ) + (
            (
              `t21`.`point_2` - -0.29223841153125973
            ) * (
              `t21`.`point_2` - -0.29223841153125973
            )
          )
        ) <= LEAST(
          (
            (
              `t21`.`point_0` - -0.4903287115121159
            ) * (
              `t21`.`point_0` - -0.4903287115121159
            )
          ) + 0.0 + (
            (
              `t21`.`point_1` - 1.4729284864809995
            ) * (
              `t21`.`point_1` - 1.4729284864809995
            )
          ) + (
            (
              `t21`.`point_2` - 0.8767428039469788
            ) * (
              `t21`.`point_2` - 0.8767428039469788
            )
          ),
          (
            (
              `t21`.`point_0` - -0.8454925894220642
            ) * (
              `t21`.`point_0` - -0.8454925894220642
            )
          ) + 0.0 + (
            (
              `t21`.`point_1` - 4.413998934592435
            ) * (
              `t21`.`point_1` - 4.413998934592435
            )
          ) + (
            (
              `t21`.`point_2` - 8.562994764557843
            ) * (
              `t21`.`point_2` - 8.562994764557843
            )
          ),
          (
            (
              `t21`.`point_0` - 1.7020270596761329
            ) * (
              `t21`.`point_0` - 1.7020270596761329
            )
          ) + 0.0 + (
            (
              `t21`.`point_1` - -0.3749624953637465
            ) * (
              `t21`.`point_1` - -0.3749624953637465
            )
          ) + (
            (
              `t21`.`point_2` - -0.26409751258081426
            ) * (
              `t21`.`point_2` - -0.26409751258081426
            )
          ),
          (
            (
              `t21`.`point_0` - -0.437380345489959
            ) * (
              `t21`.`point_0` - -0.437380345489959
            )
          ) + 0.0 + (
            (
              `t21`.`point_1` - -0.3890919142586396
            ) * (
              `t21`.`point_1` - -0.3890919142586396
            )
          ) + (
            (
              `t21`.`point_2` - -0.29223841153125973
            ) * (
              `t21`.`point_2` - -0.29223841153125973
            )
          )
        )
        THEN 'low-engagement'
        ELSE NULL
      END,
      ''
    ),
    ''
  ) AS `segment`
FROM (
  SELECT
    `t19`.`place`,
    `t19`.`customer`,
    `t19`.`revenue`,
    `t19`.`lines`,
    `t19`.`first`,
    `t19`.`worth`,
    `t19`.`placed`,
    `t19`.`recency`,
    `t19`.`tenure`,
    `t19`.`frequency`,
    `t19`.`monetary`,
    (
      `t19`.`placed` > 0
    ) AND (
      `t19`.`worth` >= 1
    ) AS `stays`,
    ieee_divide(ieee_divide(`t19`.`recency`, 1.0) - 103.69924812030055, 110.82208087045284) AS `point_0`,
    ieee_divide(ieee_divide(`t19`.`frequency`, 1.0) - 11.706766917293235, 13.886100561183362) AS `point_1`,
    ieee_divide(ieee_divide(`t19`.`monetary`, 100.0) - 1310.849849623997, 2397.414773082018) AS `point_2`
  FROM (
    SELECT
      `t16`.`place`,
      `t16`.`customer`,
      `t16`.`revenue`,
      `t16`.`lines`,
      `t16`.`first`,
      `t16`.`monetary` AS `worth`,
      COALESCE(`t16`.`alone`, 0) + COALESCE(`t18`.`several`, 0) AS `placed`,
      DATE_DIFF(DATE(`t6`.`as_of`), DATE(`t16`.`last`), DAY) - IF(
        `t16`.`last` > CASE
          WHEN `t16`.`place` = 0
          THEN TIMESTAMP_ADD(TIMESTAMP_TRUNC(`t16`.`last`, DAY), INTERVAL '36000000000' MICROSECOND)
          WHEN `t16`.`place` = 1
          THEN TIMESTAMP_ADD(TIMESTAMP_TRUNC(`t16`.`last`, DAY), INTERVAL '36000000000' MICROSECOND)
          WHEN `t16`.`place` = 2
          THEN TIMESTAMP_ADD(TIMESTAMP_TRUNC(`t16`.`last`, DAY), INTERVAL '36000000000' MICROSECOND)
          WHEN `t16`.`place` = 3
          THEN TIMESTAMP_ADD(TIMESTAMP_TRUNC(`t16`.`last`, DAY), INTERVAL '36000000000' MICROSECOND)
          WHEN `t16`.`place` = 4
          THEN TIMESTAMP_ADD(TIMESTAMP_TRUNC(`t16`.`last`, DAY), INTERVAL '36000000000' MICROSECOND)
          WHEN `t16`.`place` = 5
          THEN TIMESTAMP_ADD(TIMESTAMP_TRUNC(`t16`.`last`, DAY), INTERVAL '36000000000' MICROSECOND)
          WHEN `t16`.`place` = 6
          THEN TIMESTAMP_ADD(TIMESTAMP_TRUNC(`t16`.`last`, DAY), INTERVAL '36000000000' MICROSECOND)
          WHEN `t16`.`place` = 7
          THEN TIMESTAMP_ADD(TIMESTAMP_TRUNC(`t16`.`last`, DAY), INTERVAL '36000000000' MICROSECOND)
          WHEN `t16`.`place` = 8
          THEN TIMESTAMP_ADD(TIMESTAMP_TRUNC(`t16`.`last`, DAY), INTERVAL '36000000000' MICROSECOND)
          WHEN `t16`.`place` = 9
          THEN TIMESTAMP_ADD(TIMESTAMP_TRUNC(`t16`.`last`, DAY), INTERVAL '36000000000' MICROSECOND)
          WHEN `t16`.`place` = 10
          THEN TIMESTAMP_ADD(TIMESTAMP_TRUNC(`t16`.`last`, DAY), INTERVAL '36000000000' MICROSECOND)
          WHEN `t16`.`place` = 11
          THEN TIMESTAMP_ADD(TIMESTAMP_TRUNC(`t16`.`last`, DAY), INTERVAL '36000000000' MICROSECOND)
          WHEN `t16`.`place` = 12
          THEN TIMESTAMP_ADD(TIMESTAMP_TRUNC(`t16`.`last`, DAY), INTERVAL '36000000000' MICROSECOND)
          ELSE TIMESTAMP_TRUNC(`t16`.`last`, DAY)
        END,
        1,
        0
      ) AS `recency`,
      DATE_DIFF(DATE(`t6`.`as_of`), DATE(`t16`.`first`), DAY) - IF(
        `t16`.`first` > CASE
          WHEN `t16`.`place` = 0
          THEN TIMESTAMP_ADD(TIMESTAMP_TRUNC(`t16`.`first`, DAY), INTERVAL '36000000000' MICROSECOND)
          WHEN `t16`.`place` = 1
          THEN TIMESTAMP_ADD(TIMESTAMP_TRUNC(`t16`.`first`, DAY), INTERVAL '36000000000' MICROSECOND)
          WHEN `t16`.`place` = 2
          THEN TIMESTAMP_ADD(TIMESTAMP_TRUNC(`t16`.`first`, DAY), INTERVAL '36000000000' MICROSECOND)
          WHEN `t16`.`place` = 3
          THEN TIMESTAMP_ADD(TIMESTAMP_TRUNC(`t16`.`first`, DAY), INTERVAL '36000000000' MICROSECOND)
          WHEN `t16`.`place` = 4
          THEN TIMESTAMP_ADD(TIMESTAMP_TRUNC(`t16`.`first`, DAY), INTERVAL '36000000000' MICROSECOND)
          WHEN `t16`.`place` = 5
          THEN TIMESTAMP_ADD(TIMESTAMP_TRUNC(`t16`.`first`, DAY), INTERVAL '36000000000' MICROSECOND)
          WHEN `t16`.`place` = 6
          THEN TIMESTAMP_ADD(TIMESTAMP_TRUNC(`t16`.`first`, DAY), INTERVAL '36000000000' MICROSECOND)
          WHEN `t16`.`place` = 7
          THEN TIMESTAMP_ADD(TIMESTAMP_TRUNC(`t16`.`first`, DAY), INTERVAL '36000000000' MICROSECOND)
          WHEN `t16`.`place` = 8
          THEN TIMESTAMP_ADD(TIMESTAMP_TRUNC(`t16`.`first`, DAY), INTERVAL '36000000000' MICROSECOND)
          WHEN `t16`.`place` = 9
          THEN TIMESTAMP_ADD(TIMESTAMP_TRUNC(`t16`.`first`, DAY), INTERVAL '36000000000' MICROSECOND)
          WHEN `t16`.`place` = 10
          THEN TIMESTAMP_ADD(TIMESTAMP_TRUNC(`t16`.`first`, DAY), INTERVAL '36000000000' MICROSECOND)
          WHEN `t16`.`place` = 11
          THEN TIMESTAMP_ADD(TIMESTAMP_TRUNC(`t16`.`first`, DAY), INTERVAL '36000000000' MICROSECOND)
          WHEN `t16`.`place` = 12
          THEN TIMESTAMP_ADD(TIMESTAMP_TRUNC(`t16`.`first`, DAY), INTERVAL '36000000000' MICROSECOND)
          ELSE TIMESTAMP_TRUNC(`t16`.`first`, DAY)
        END,
        1,
        0
      ) AS `tenure`,
      COALESCE(`t16`.`alone`, 0) + COALESCE(`t18`.`several`, 0) AS `frequency`,
      `t16`.`monetary`
    FROM (
      SELECT
        `t12`.`place`,
        `t12`.`customer`,
        SUM(IF(`t12`.`sold_at` >= `t12`.`begin`, `t12`.`amount`, NULL)) AS `monetary`,
        SUM(IF(`t12`.`sold_at` >= `t12`.`begin`, `t12`.`lines`, NULL)) AS `lines`,
        SUM(IF(`t12`.`sold_at` >= `t12`.`start`, `t12`.`amount`, NULL)) AS `revenue`,
        SUM(
          IF(
            (
              (
                `t12`.`cancelled_at` IS NULL
              )
              OR (
                `t12`.`cancelled_at` >= `t12`.`cutoff`
              )
            )
            AND (
              `t12`.`purchases` > 0
            )
            AND (
              `t12`.`sold_at` >= `t12`.`begin`
            ),
            `t12`.`purchases`,
            NULL
          )
        ) AS `order_lines`,
        SUM(
          IF(
            (
              (
                `t12`.`cancelled_at` IS NULL
              )
              OR (
                `t12`.`cancelled_at` >= `t12`.`cutoff`
              )
            )
            AND (
              `t12`.`purchases` > 0
            )
            AND (
              `t12`.`sold_at` >= `t12`.`begin`
            ),
            `t12`.`bought`,
            NULL
          )
        ) AS `gross`,
        MAX(
          IF(
            (
              (
                `t12`.`cancelled_at` IS NULL
              )
              OR (
                `t12`.`cancelled_at` >= `t12`.`cutoff`
              )
            )
            AND (
              `t12`.`purchases` > 0
            )
            AND (
              `t12`.`sold_at` >= `t12`.`begin`
            ),
            `t12`.`sold_at`,
            NULL
          )
        ) AS `last`,
        MIN(
          IF(
            (
              (
                `t12`.`cancelled_at` IS NULL
              )
              OR (
                `t12`.`cancelled_at` >= `t12`.`cutoff`
              )
            )
            AND (
              `t12`.`on_file` > 0
            ),
            `t12`.`sold_at`,
            NULL
          )
        ) AS `first`,
        SUM(
          IF(
            (
              (
                `t12`.`cancelled_at` IS NULL
              )
              OR (
                `t12`.`cancelled_at` >= `t12`.`cutoff`
              )
            )
            AND (
              `t12`.`purchases` > 0
            )
            AND (
              `t12`.`sold_at` >= `t12`.`begin`
            ),
            `t12`.`orders`,
            NULL
          )
        ) AS `alone`
      FROM (
        SELECT
          `t7`.`customer`,
          `t7`.`invoice`,
          `t7`.`sold_at`,
          `t7`.`cancelled_at`,
          `t7`.`lines`,
          `t7`.`items`,
          `t7`.`country`,
          `t7`.`on_file`,
          `t7`.`amount`,
          `t7`.`bought`,
          `t7`.`purchases`,
          `t7`.`orders`,
          `t7`.`split`,
          `t8`.`place`,
          `t8`.`begin`,
          `t8`.`start`,
          `t8`.`cutoff`
        FROM `temp`.`main`.`moments_of_customers_2` AS `t7`
        INNER JOIN `memtable` AS `t8`
          ON `t7`.`sold_at` < `t8`.`cutoff`
      ) AS `t12`
      GROUP BY
        1,
        2
    ) AS `t16`
    LEFT OUTER JOIN (
      SELECT
        `t14`.`place`,
        `t14`.`customer`,
        COUNT(DISTINCT `t14`.`invoice`) AS `several`
      FROM (
        SELECT
          *
        FROM (
          SELECT
            `t11`.`customer`,
            `t11`.`invoice`,
            `t11`.`sold_at`,
            `t11`.`cancelled_at`,
            `t11`.`lines`,
            `t11`.`items`,
            `t11`.`country`,
            `t11`.`on_file`,
            `t11`.`amount`,
            `t11`.`bought`,
            `t11`.`purchases`,
            `t11`.`orders`,
            `t11`.`split`,
            `t9`.`place`,
            `t9`.`begin`,
            `t9`.`start`,
            `t9`.`cutoff`
          FROM (
            SELECT
              *
            FROM `temp`.`main`.`moments_of_customers_2` AS `t2`
            WHERE
              `t2`.`split`
          ) AS `t11`
          INNER JOIN `memtable` AS `t9`
            ON `t11`.`sold_at` < `t9`.`cutoff`
        ) AS `t13`
        WHERE
          (
            (
              `t13`.`cancelled_at` IS NULL
            )
            OR (
              `t13`.`cancelled_at` >= `t13`.`cutoff`
            )
          )
          AND `t13`.`purchases` > 0
          AND `t13`.`sold_at` >= `t13`.`begin`
      ) AS `t14`
      GROUP BY
        1,
        2
    ) AS `t18`
      ON `t16`.`place` = `t18`.`place` AND `t16`.`customer` = `t18`.`customer`
    INNER JOIN `memtable` AS `t6`
      ON `t16`.`place` = `t6`.`place`
  ) AS `t19`
) AS `t21`
INNER JOIN `memtable` AS `t5`
  ON `t21`.`place` = `t5`.`place`
