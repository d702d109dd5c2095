SELECT
  ROW_NUMBER() OVER () - 1 AS "line",
  CAST("t1"."date" AS TIMESTAMP) AS "sold_at",
  CAST("t1"."quantity" AS DOUBLE) AS "quantity",
  "t1"."price",
  IFF(
    REGEXP_LIKE("t1"."invoice", CONCAT('.*', '^[\t\r\n  ]*(-?[0-9]+)[.]0+[\t\r\n  ]*$', '.*'), 'cs'),
    REGEXP_SUBSTR("t1"."invoice", '^[\t\r\n  ]*(-?[0-9]+)[.]0+[\t\r\n  ]*$', 1, 1, 'ce', 1),
    NULLIF(
      IFF(
        CONTAINS("t1"."invoice", '\t')
        OR CONTAINS("t1"."invoice", '\r')
        OR CONTAINS("t1"."invoice", '\n')
        OR CONTAINS("t1"."invoice", ' '),
        REGEXP_REPLACE("t1"."invoice", '^[\t\r\n  ]+|[\t\r\n  ]+$', ''),
        TRIM("t1"."invoice")
      ),
      ''
    )
  ) AS "invoice",
  UPPER(
    IFF(
      REGEXP_LIKE("t1"."code", CONCAT('.*', '^[\t\r\n  ]*(-?[0-9]+)[.]0+[\t\r\n  ]*$', '.*'), 'cs'),
      REGEXP_SUBSTR("t1"."code", '^[\t\r\n  ]*(-?[0-9]+)[.]0+[\t\r\n  ]*$', 1, 1, 'ce', 1),
      NULLIF(
        IFF(
          CONTAINS("t1"."code", '\t')
          OR CONTAINS("t1"."code", '\r')
          OR CONTAINS("t1"."code", '\n')
          OR CONTAINS("t1"."code", ' '),
          REGEXP_REPLACE("t1"."code", '^[\t\r\n  ]+|[\t\r\n  ]+$', ''),
          TRIM("t1"."code")
        ),
        ''
      )
    )
  ) AS "code",
  NULLIF(
    IFF(
      CONTAINS("t1"."description", '\t')
      OR CONTAINS("t1"."description", '\r')
      OR CONTAINS("t1"."description", '\n')
      OR CONTAINS("t1"."description", ' '),
      REGEXP_REPLACE("t1"."description", '^[\t\r\n  ]+|[\t\r\n  ]+$', ''),
      TRIM("t1"."description")
    ),
    ''
  ) AS "description",
  IFF(
    LOWER(
      IFF(
        REGEXP_LIKE("t1"."customer", CONCAT('.*', '^[\t\r\n  ]*(-?[0-9]+)[.]0+[\t\r\n  ]*$', '.*'), 'cs'),
        REGEXP_SUBSTR("t1"."customer", '^[\t\r\n  ]*(-?[0-9]+)[.]0+[\t\r\n  ]*$', 1, 1, 'ce', 1),
        NULLIF(
          IFF(
            CONTAINS("t1"."customer", '\t')
            OR CONTAINS("t1"."customer", '\r')
            OR CONTAINS("t1"."customer", '\n')
            OR CONTAINS("t1"."customer", ' '),
            REGEXP_REPLACE("t1"."customer", '^[\t\r\n  ]+|[\t\r\n  ]+$', ''),
            TRIM("t1"."customer")
          ),
          ''
        )
      )
    ) IN (
      'nan',
      'na',
      'nil',
      'null',
      'none',
      'n/a',
      '#n/a',
      '<na>',
      '\\n',
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
    ),
    CAST(NULL AS VARCHAR),
    IFF(
      CONTAINS("t1"."customer", '@'),
      LOWER(
        IFF(
          REGEXP_LIKE("t1"."customer", CONCAT('.*', '^[\t\r\n  ]*(-?[0-9]+)[.]0+[\t\r\n  ]*$', '.*'), 'cs'),
          REGEXP_SUBSTR("t1"."customer", '^[\t\r\n  ]*(-?[0-9]+)[.]0+[\t\r\n  ]*$', 1, 1, 'ce', 1),
          NULLIF(
            IFF(
              CONTAINS("t1"."customer", '\t')
              OR CONTAINS("t1"."customer", '\r')
              OR CONTAINS("t1"."customer", '\n')
              OR CONTAINS("t1"."customer", ' '),
              REGEXP_REPLACE("t1"."customer", '^[\t\r\n  ]+|[\t\r\n  ]+$', ''),
              TRIM("t1"."customer")
            ),
            ''
          )
        )
      ),
      IFF(
        REGEXP_LIKE("t1"."customer", CONCAT('.*', '^[\t\r\n  ]*(-?[0-9]+)[.]0+[\t\r\n  ]*$', '.*'), 'cs'),
        REGEXP_SUBSTR("t1"."customer", '^[\t\r\n  ]*(-?[0-9]+)[.]0+[\t\r\n  ]*$', 1, 1, 'ce', 1),
        NULLIF(
          IFF(
            CONTAINS("t1"."customer", '\t')
            OR CONTAINS("t1"."customer", '\r')
            OR CONTAINS("t1"."customer", '\n')
            OR CONTAINS("t1"."customer", ' '),
            REGEXP_REPLACE("t1"."customer", '^[\t\r\n  ]+|[\t\r\n  ]+$', ''),
            TRIM("t1"."customer")
          ),
          ''
        )
      )
    )
  ) AS "customer",
  NULLIF(
    IFF(
      CONTAINS("t1"."country", '\t')
      OR CONTAINS("t1"."country", '\r')
      OR CONTAINS("t1"."country", '\n')
      OR CONTAINS("t1"."country", ' '),
      REGEXP_REPLACE("t1"."country", '^[\t\r\n  ]+|[\t\r\n  ]+$', ''),
      TRIM("t1"."country")
    ),
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
