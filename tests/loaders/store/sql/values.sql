SELECT
  "t0"."ags",
  "t0"."value",
  "t0"."missing",
  "t0"."flag",
  "t0"."unit",
  "t0"."source"
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
ORDER BY
  "t0"."ags" ASC
