SELECT
  ROW_NUMBER() OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) - 1 AS "line",
  CAST("t1"."date" AS TIMESTAMP) AS "sold_at",
  CAST("t1"."quantity" AS DOUBLE PRECISION) AS "quantity",
  "t1"."price",
  CASE
    WHEN "t1"."invoice" ~ '^[	\r
  ]*(-?[0-9]+)[.]0+[	\r
  ]*$'
    THEN CASE
      WHEN "t1"."invoice" ~ (
        '(' || '^[	\r
  ]*(-?[0-9]+)[.]0+[	\r
  ]*$' || ')'
      )
      THEN (
        REGEXP_MATCH(
          "t1"."invoice",
          '(' || '^[	\r
  ]*(-?[0-9]+)[.]0+[	\r
  ]*$' || ')'
        )
      )[2]
      ELSE NULL
    END
    ELSE NULLIF(
      CASE
        WHEN (
          POSITION('	' IN "t1"."invoice") > 0
        )
        OR (
          POSITION('\r' IN "t1"."invoice") > 0
        )
        OR (
          POSITION('
' IN "t1"."invoice") > 0
        )
        OR (
          POSITION(' ' IN "t1"."invoice") > 0
        )
        THEN REGEXP_REPLACE("t1"."invoice", '^[	\r
  ]+|[	\r
  ]+$', '', 'g')
        ELSE TRIM("t1"."invoice")
      END,
      ''
    )
  END AS "invoice",
  UPPER(
    CASE
      WHEN "t1"."code" ~ '^[	\r
  ]*(-?[0-9]+)[.]0+[	\r
  ]*$'
      THEN CASE
        WHEN "t1"."code" ~ (
          '(' || '^[	\r
  ]*(-?[0-9]+)[.]0+[	\r
  ]*$' || ')'
        )
        THEN (
          REGEXP_MATCH(
            "t1"."code",
            '(' || '^[	\r
  ]*(-?[0-9]+)[.]0+[	\r
  ]*$' || ')'
          )
        )[2]
        ELSE NULL
      END
      ELSE NULLIF(
        CASE
          WHEN (
            POSITION('	' IN "t1"."code") > 0
          )
          OR (
            POSITION('\r' IN "t1"."code") > 0
          )
          OR (
            POSITION('
' IN "t1"."code") > 0
          )
          OR (
            POSITION(' ' IN "t1"."code") > 0
          )
          THEN REGEXP_REPLACE("t1"."code", '^[	\r
  ]+|[	\r
  ]+$', '', 'g')
          ELSE TRIM("t1"."code")
        END,
        ''
      )
    END
  ) AS "code",
  NULLIF(
    CASE
      WHEN (
        POSITION('	' IN "t1"."description") > 0
      )
      OR (
        POSITION('\r' IN "t1"."description") > 0
      )
      OR (
        POSITION('
' IN "t1"."description") > 0
      )
      OR (
        POSITION(' ' IN "t1"."description") > 0
      )
      THEN REGEXP_REPLACE("t1"."description", '^[	\r
  ]+|[	\r
  ]+$', '', 'g')
      ELSE TRIM("t1"."description")
    END,
    ''
  ) AS "description",
  CASE
    WHEN LOWER(
      CASE
        WHEN "t1"."customer" ~ '^[	\r
  ]*(-?[0-9]+)[.]0+[	\r
  ]*$'
        THEN CASE
          WHEN "t1"."customer" ~ (
            '(' || '^[	\r
  ]*(-?[0-9]+)[.]0+[	\r
  ]*$' || ')'
          )
          THEN (
            REGEXP_MATCH(
              "t1"."customer",
              '(' || '^[	\r
  ]*(-?[0-9]+)[.]0+[	\r
  ]*$' || ')'
            )
          )[2]
          ELSE NULL
        END
        ELSE NULLIF(
          CASE
            WHEN (
              POSITION('	' IN "t1"."customer") > 0
            )
            OR (
              POSITION('\r' IN "t1"."customer") > 0
            )
            OR (
              POSITION('
' IN "t1"."customer") > 0
            )
            OR (
              POSITION(' ' IN "t1"."customer") > 0
            )
            THEN REGEXP_REPLACE("t1"."customer", '^[	\r
  ]+|[	\r
  ]+$', '', 'g')
            ELSE TRIM("t1"."customer")
          END,
          ''
        )
      END
    ) IN (
      'nan',
      'na',
      'nil',
      'null',
      'none',
      'n/a',
      '#n/a',
      '<na>',
      '\n',
      'false',
      'blank',
      'empty',
      'leer',
      'redacted',
      '(blank)',
      '(empty)',
      '(leer)',
      '(none)',
      '(null)',
      '<null>',
      '[null]',
      '(unknown)',
      '[redacted]',
      'not set',
      '(not set)',
      'not provided',
      '(not provided)',
      'not available',
      'not applicable',
      '#ref!',
      '#name?',
      '#value!',
      '#null!',
      '#num!',
      '#div/0!',
      '#nv',
      '#bezug!',
      '#wert!',
      '#zahl!',
      'unknown',
      'unknown customer',
      'undefined',
      'anonymous',
      'guest',
      'guest customer',
      'guest checkout',
      'walk-in',
      'walk in',
      'walkin',
      'walk-in customer',
      'walk in customer',
      'cash customer',
      'cash sale',
      'no customer',
      'unbekannt',
      'anonym',
      'gast',
      'laufkunde',
      'laufkundschaft',
      'barverkauf',
      'barkunde',
      'kein kunde',
      'inconnu',
      'anonyme',
      'client inconnu',
      'client de passage',
      'client comptoir',
      '–',
      '—',
      '-1',
      '00000000-0000-0000-0000-000000000000',
      '0',
      '00',
      '000',
      '0000',
      '00000',
      '000000',
      '0000000',
      '00000000',
      '000000000',
      '0000000000',
      '00000000000',
      '000000000000',
      '0000000000000',
      '00000000000000',
      '000000000000000',
      '0000000000000000',
      '00000000000000000',
      '000000000000000000',
      '0000000000000000000',
      '00000000000000000000',
      '#',
      '##',
      '###',
      '####',
      '#####',
      '######',
      '#######',
      '########',
      '#########',
      '##########',
      '###########',
      '############',
      '#############',
      '##############',
      '###############',
      '################',
      '#################',
      '##################',
      '###################',
      '####################',
      '*',
      '**',
      '***',
      '****',
      '*****',
      '******',
      '*******',
      '********',
      '*********',
      '**********',
      '***********',
      '************',
      '*************',
      '**************',
      '***************',
      '****************',
      '*****************',
      '******************',
      '*******************',
      '********************',
      '?',
      '??',
      '???',
      '????',
      '?????',
      '??????',
      '???????',
      '????????',
      '?????????',
      '??????????',
      '???????????',
      '????????????',
      '?????????????',
      '??????????????',
      '???????????????',
      '????????????????',
      '?????????????????',
      '??????????????????',
      '???????????????????',
      '????????????????????',
      '.',
      '..',
      '...',
      '....',
      '.....',
      '......',
      '.......',
      '........',
      '.........',
      '..........',
      '...........',
      '............',
      '.............',
      '..............',
      '...............',
      '................',
      '.................',
      '..................',
      '...................',
      '....................',
      '-',
      '--',
      '---',
      '----',
      '-----',
      '------',
      '-------',
      '--------',
      '---------',
      '----------',
      '-----------',
      '------------',
      '-------------',
      '--------------',
      '---------------',
      '----------------',
      '-----------------',
      '------------------',
      '-------------------',
      '--------------------',
      '_',
      '__',
      '___',
      '____',
      '_____',
      '______',
      '_______',
      '________',
      '_________',
      '__________',
      '___________',
      '____________',
      '_____________',
      '______________',
      '_______________',
      '________________',
      '_________________',
      '__________________',
      '___________________',
      '____________________'
    )
    THEN CAST(NULL AS VARCHAR)
    ELSE CASE
      WHEN POSITION('@' IN "t1"."customer") > 0
      THEN LOWER(
        CASE
          WHEN "t1"."customer" ~ '^[	\r
  ]*(-?[0-9]+)[.]0+[	\r
  ]*$'
          THEN CASE
            WHEN "t1"."customer" ~ (
              '(' || '^[	\r
  ]*(-?[0-9]+)[.]0+[	\r
  ]*$' || ')'
            )
            THEN (
              REGEXP_MATCH(
                "t1"."customer",
                '(' || '^[	\r
  ]*(-?[0-9]+)[.]0+[	\r
  ]*$' || ')'
              )
            )[2]
            ELSE NULL
          END
          ELSE NULLIF(
            CASE
              WHEN (
                POSITION('	' IN "t1"."customer") > 0
              )
              OR (
                POSITION('\r' IN "t1"."customer") > 0
              )
              OR (
                POSITION('
' IN "t1"."customer") > 0
              )
              OR (
                POSITION(' ' IN "t1"."customer") > 0
              )
              THEN REGEXP_REPLACE("t1"."customer", '^[	\r
  ]+|[	\r
  ]+$', '', 'g')
              ELSE TRIM("t1"."customer")
            END,
            ''
          )
        END
      )
      ELSE CASE
        WHEN "t1"."customer" ~ '^[	\r
  ]*(-?[0-9]+)[.]0+[	\r
  ]*$'
        THEN CASE
          WHEN "t1"."customer" ~ (
            '(' || '^[	\r
  ]*(-?[0-9]+)[.]0+[	\r
  ]*$' || ')'
          )
          THEN (
            REGEXP_MATCH(
              "t1"."customer",
              '(' || '^[	\r
  ]*(-?[0-9]+)[.]0+[	\r
  ]*$' || ')'
            )
          )[2]
          ELSE NULL
        END
        ELSE NULLIF(
          CASE
            WHEN (
              POSITION('	' IN "t1"."customer") > 0
            )
            OR (
              POSITION('\r' IN "t1"."customer") > 0
            )
            OR (
              POSITION('
' IN "t1"."customer") > 0
            )
            OR (
              POSITION(' ' IN "t1"."customer") > 0
            )
            THEN REGEXP_REPLACE("t1"."customer", '^[	\r
  ]+|[	\r
  ]+$', '', 'g')
            ELSE TRIM("t1"."customer")
          END,
          ''
        )
      END
    END
  END AS "customer",
  NULLIF(
    CASE
      WHEN (
        POSITION('	' IN "t1"."country") > 0
      )
      OR (
        POSITION('\r' IN "t1"."country") > 0
      )
      OR (
        POSITION('
' IN "t1"."country") > 0
      )
      OR (
        POSITION(' ' IN "t1"."country") > 0
      )
      THEN REGEXP_REPLACE("t1"."country", '^[	\r
  ]+|[	\r
  ]+$', '', 'g')
      ELSE TRIM("t1"."country")
    END,
    ''
  ) AS "country"
FROM (
  SELECT
    "t0"."CustomerID" AS "customer",
    "t0"."InvoiceDate" AS "date",
    "t0"."Quantity" AS "quantity",
    "t0"."UnitPrice" AS "price",
    "t0"."InvoiceNo" AS "invoice",
    "t0"."StockCode" AS "code",
    "t0"."Description" AS "description",
    "t0"."Country" AS "country"
  FROM "lines" AS "t0"
) AS "t1"
