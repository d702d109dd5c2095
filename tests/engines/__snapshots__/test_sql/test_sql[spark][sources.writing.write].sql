SELECT
  CONCAT(
    CONCAT(
      CONCAT(
        CONCAT(
          CONCAT(
            CONCAT(
              CONCAT(
                CONCAT(
                  CONCAT(
                    IF(
                      CONTAINS(
                        IF(
                          SUBSTRING(`t0`.`customer`, IF((
                            0 + 1
                          ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t0`.`customer`)), 1) IN ('=', '+', '-', '@', '\t', '\r'),
                          CONCAT('\'', `t0`.`customer`),
                          `t0`.`customer`
                        ),
                        ','
                      )
                      OR CONTAINS(
                        IF(
                          SUBSTRING(`t0`.`customer`, IF((
                            0 + 1
                          ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t0`.`customer`)), 1) IN ('=', '+', '-', '@', '\t', '\r'),
                          CONCAT('\'', `t0`.`customer`),
                          `t0`.`customer`
                        ),
                        '"'
                      )
                      OR CONTAINS(
                        IF(
                          SUBSTRING(`t0`.`customer`, IF((
                            0 + 1
                          ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t0`.`customer`)), 1) IN ('=', '+', '-', '@', '\t', '\r'),
                          CONCAT('\'', `t0`.`customer`),
                          `t0`.`customer`
                        ),
                        '\r'
                      )
                      OR CONTAINS(
                        IF(
                          SUBSTRING(`t0`.`customer`, IF((
                            0 + 1
                          ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t0`.`customer`)), 1) IN ('=', '+', '-', '@', '\t', '\r'),
                          CONCAT('\'', `t0`.`customer`),
                          `t0`.`customer`
                        ),
                        '\n'
                      ),
                      CONCAT(
                        CONCAT(
                          '"',
                          REPLACE(
                            IF(
                              SUBSTRING(`t0`.`customer`, IF((
                                0 + 1
                              ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t0`.`customer`)), 1) IN ('=', '+', '-', '@', '\t', '\r'),
                              CONCAT('\'', `t0`.`customer`),
                              `t0`.`customer`
                            ),
                            '"',
                            '""'
                          )
                        ),
                        '"'
                      ),
                      IF(
                        SUBSTRING(`t0`.`customer`, IF((
                          0 + 1
                        ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t0`.`customer`)), 1) IN ('=', '+', '-', '@', '\t', '\r'),
                        CONCAT('\'', `t0`.`customer`),
                        `t0`.`customer`
                      )
                    ),
                    ','
                  ),
                  CASE
                    WHEN `t0`.`place` = 0
                    THEN 'Champions'
                    WHEN `t0`.`place` = 1
                    THEN 'Loyal Customers'
                    WHEN `t0`.`place` = 2
                    THEN 'Potential Loyalists'
                    WHEN `t0`.`place` = 3
                    THEN 'New Customers'
                    WHEN `t0`.`place` = 4
                    THEN 'Promising'
                    WHEN `t0`.`place` = 5
                    THEN 'Need Attention'
                    WHEN `t0`.`place` = 6
                    THEN 'About to Sleep'
                    WHEN `t0`.`place` = 7
                    THEN 'Can\'t Lose Them'
                    WHEN `t0`.`place` = 8
                    THEN 'At Risk'
                    WHEN `t0`.`place` = 9
                    THEN 'Hibernating'
                    ELSE ''
                  END
                ),
                ','
              ),
              CAST(`t0`.`recency` AS STRING)
            ),
            ','
          ),
          CAST(`t0`.`frequency` AS STRING)
        ),
        ','
      ),
      CONCAT(
        CONCAT(
          CONCAT(
            IF(`t0`.`monetary` < 0, '-', ''),
            SUBSTRING(
              LPAD(
                CAST(ABS(`t0`.`monetary`) AS STRING),
                GREATEST(LENGTH(CAST(ABS(`t0`.`monetary`) AS STRING)), 3),
                '0'
              ),
              IF(
                (
                  0 + 1
                ) >= 1,
                0 + 1,
                0 + 1 + LENGTH(
                  LPAD(
                    CAST(ABS(`t0`.`monetary`) AS STRING),
                    GREATEST(LENGTH(CAST(ABS(`t0`.`monetary`) AS STRING)), 3),
                    '0'
                  )
                )
              ),
              LENGTH(
                LPAD(
                  CAST(ABS(`t0`.`monetary`) AS STRING),
                  GREATEST(LENGTH(CAST(ABS(`t0`.`monetary`) AS STRING)), 3),
                  '0'
                )
              ) - 2
            )
          ),
          '.'
        ),
        RIGHT(
          LPAD(
            CAST(ABS(`t0`.`monetary`) AS STRING),
            GREATEST(LENGTH(CAST(ABS(`t0`.`monetary`) AS STRING)), 3),
            '0'
          ),
          2
        )
      )
    ),
    '\r'
  ) AS `line`
FROM `temp`.`main`.`findings_crowd_crowd` AS `t0`
WHERE
  `t0`.`customer` <= 'C041'
ORDER BY
  `t0`.`customer` ASC NULLS LAST
