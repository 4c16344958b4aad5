SELECT
  COUNT("t1"."value") AS "n",
  MIN("t1"."value") AS "min",
  QUANTILE_CONT("t1"."value", 0.25) AS "q1",
  QUANTILE_CONT("t1"."value", 0.5) AS "median",
  QUANTILE_CONT("t1"."value", 0.75) AS "q3",
  MAX("t1"."value") AS "max"
FROM (
  SELECT
    "t0"."ags",
    "t0"."indicator",
    "t0"."period",
    "t0"."missing",
    "t0"."flag",
    "t0"."unit",
    "t0"."source",
    "t0"."value"
  FROM "base" AS "t0"
  WHERE
    "t0"."indicator" = $indicator
    AND "t0"."period" = $period
    AND CASE
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
    END = $level
) AS "t1"
