SELECT
  CASE
    WHEN (
      POSITION(
        ',' IN CASE
          WHEN SUBSTRING("t0"."customer" FROM CASE WHEN (
            0 + 1
          ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t0"."customer") END FOR 1) IN ('=', '+', '-', '@', '	', '\r')
          THEN '''' || "t0"."customer"
          ELSE "t0"."customer"
        END
      ) > 0
    )
    OR (
      POSITION(
        '"' IN CASE
          WHEN SUBSTRING("t0"."customer" FROM CASE WHEN (
            0 + 1
          ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t0"."customer") END FOR 1) IN ('=', '+', '-', '@', '	', '\r')
          THEN '''' || "t0"."customer"
          ELSE "t0"."customer"
        END
      ) > 0
    )
    OR (
      POSITION(
        '\r' IN CASE
          WHEN SUBSTRING("t0"."customer" FROM CASE WHEN (
            0 + 1
          ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t0"."customer") END FOR 1) IN ('=', '+', '-', '@', '	', '\r')
          THEN '''' || "t0"."customer"
          ELSE "t0"."customer"
        END
      ) > 0
    )
    OR (
      POSITION(
        '
' IN CASE
          WHEN SUBSTRING("t0"."customer" FROM CASE WHEN (
            0 + 1
          ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t0"."customer") END FOR 1) IN ('=', '+', '-', '@', '	', '\r')
          THEN '''' || "t0"."customer"
          ELSE "t0"."customer"
        END
      ) > 0
    )
    THEN '"' || REPLACE(
      CASE
        WHEN SUBSTRING("t0"."customer" FROM CASE WHEN (
          0 + 1
        ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t0"."customer") END FOR 1) IN ('=', '+', '-', '@', '	', '\r')
        THEN '''' || "t0"."customer"
        ELSE "t0"."customer"
      END,
      '"',
      '""'
    ) || '"'
    ELSE CASE
      WHEN SUBSTRING("t0"."customer" FROM CASE WHEN (
        0 + 1
      ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t0"."customer") END FOR 1) IN ('=', '+', '-', '@', '	', '\r')
      THEN '''' || "t0"."customer"
      ELSE "t0"."customer"
    END
  END || ',' || CASE
    WHEN "t0"."place" = 0
    THEN 'Champions'
    WHEN "t0"."place" = 1
    THEN 'Loyal Customers'
    WHEN "t0"."place" = 2
    THEN 'Potential Loyalists'
    WHEN "t0"."place" = 3
    THEN 'New Customers'
    WHEN "t0"."place" = 4
    THEN 'Promising'
    WHEN "t0"."place" = 5
    THEN 'Need Attention'
    WHEN "t0"."place" = 6
    THEN 'About to Sleep'
    WHEN "t0"."place" = 7
    THEN 'Can''t Lose Them'
    WHEN "t0"."place" = 8
    THEN 'At Risk'
    WHEN "t0"."place" = 9
    THEN 'Hibernating'
    ELSE ''
  END || ',' || CAST("t0"."recency" AS VARCHAR) || ',' || CAST("t0"."frequency" AS VARCHAR) || ',' || CASE WHEN "t0"."monetary" < 0 THEN '-' ELSE '' END || SUBSTRING(LPAD(
    CAST(ABS("t0"."monetary") AS VARCHAR),
    GREATEST(LENGTH(CAST(ABS("t0"."monetary") AS VARCHAR)), 3),
    '0'
  ) FROM CASE
    WHEN (
      0 + 1
    ) >= 1
    THEN 0 + 1
    ELSE 0 + 1 + LENGTH(
      LPAD(
        CAST(ABS("t0"."monetary") AS VARCHAR),
        GREATEST(LENGTH(CAST(ABS("t0"."monetary") AS VARCHAR)), 3),
        '0'
      )
    )
  END FOR LENGTH(
    LPAD(
      CAST(ABS("t0"."monetary") AS VARCHAR),
      GREATEST(LENGTH(CAST(ABS("t0"."monetary") AS VARCHAR)), 3),
      '0'
    )
  ) - 2) || '.' || RIGHT(
    LPAD(
      CAST(ABS("t0"."monetary") AS VARCHAR),
      GREATEST(LENGTH(CAST(ABS("t0"."monetary") AS VARCHAR)), 3),
      '0'
    ),
    2
  ) || '\r' AS "line"
FROM "temp"."main"."findings_crowd_crowd" AS "t0"
WHERE
  "t0"."customer" <= 'C041'
ORDER BY
  "t0"."customer" ASC
