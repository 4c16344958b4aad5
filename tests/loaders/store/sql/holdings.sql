SELECT
  *
FROM (
  SELECT
    "t1"."indicator",
    "t1"."level",
    COALESCE(MIN("t1"."period") FILTER(WHERE
      "t1"."value" IS NOT NULL), '') AS "first_period",
    COALESCE(MAX("t1"."period") FILTER(WHERE
      "t1"."value" IS NOT NULL), '') AS "last_period",
    COUNT(DISTINCT "t1"."period") FILTER(WHERE
      "t1"."value" IS NOT NULL) AS "periods",
    COUNT(DISTINCT "t1"."ags") FILTER(WHERE
      "t1"."value" IS NOT NULL) AS "places",
    COUNT("t1"."value") AS "values",
    COUNT(*) FILTER(WHERE
      NOT (
        "t1"."value" IS NOT NULL
      )) AS "missing",
    ARRAY_TO_STRING(
      LIST_SORT(ARRAY_AGG(DISTINCT "t1"."source") FILTER(WHERE
        "t1"."source" IS NOT NULL)),
      ', '
    ) AS "sources"
  FROM (
    SELECT
      "t0"."ags",
      "t0"."indicator",
      "t0"."period",
      "t0"."missing",
      "t0"."flag",
      "t0"."unit",
      "t0"."source",
      "t0"."value",
      CASE
        WHEN "t0"."ags" = 'DG'
        THEN 'nation'
        WHEN LENGTH("t0"."ags") = 2
        THEN 'state'
        WHEN LENGTH("t0"."ags") = 3
        THEN 'region'
        WHEN LENGTH("t0"."ags") = 5
        THEN 'district'
        WHEN LENGTH("t0"."ags") = 8
        THEN 'municipality'
        ELSE ''
      END AS "level"
    FROM "base" AS "t0"
  ) AS "t1"
  GROUP BY
    1,
    2
) AS "t2"
ORDER BY
  "t2"."indicator" ASC,
  "t2"."level" ASC
