SELECT
  "t2"."indicator",
  "t2"."period",
  "t2"."value",
  "t2"."missing",
  "t2"."flag",
  "t2"."unit",
  "t2"."source"
FROM (
  SELECT
    "t1"."ags",
    "t1"."indicator",
    "t1"."period",
    "t1"."missing",
    "t1"."flag",
    "t1"."unit",
    "t1"."source",
    "t1"."value",
    ROW_NUMBER() OVER (
      PARTITION BY "t1"."indicator"
      ORDER BY "t1"."period" DESC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) - 1 AS "_age"
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
      "t0"."ags" = $ags
  ) AS "t1"
) AS "t2"
WHERE
  "t2"."_age" = 0
ORDER BY
  "t2"."indicator" ASC
