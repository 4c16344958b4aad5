SELECT DISTINCT
  "t0"."period"
FROM "base" AS "t0"
WHERE
  "t0"."indicator" = $indicator
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
  AND "t0"."value" IS NOT NULL
ORDER BY
  "t0"."period" ASC
