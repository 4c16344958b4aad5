WITH "t5" AS (
  SELECT
    "t3"."ags",
    "t3"."indicator",
    "t3"."period",
    "t3"."missing",
    "t3"."flag",
    "t3"."unit",
    "t3"."source",
    "t3"."value",
    "t3"."_removed",
    "t3"."_position",
    ROW_NUMBER() OVER (
      PARTITION BY "t3"."ags", "t3"."indicator", "t3"."period"
      ORDER BY "t3"."_position" DESC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) - 1 AS "_rank"
  FROM (
    SELECT
      *
    FROM "uploads" AS "t1"
    WHERE
      "t1"."ags" = $ags
  ) AS "t3"
)
SELECT
  "t12"."indicator",
  "t12"."period",
  "t12"."value",
  "t12"."missing",
  "t12"."flag",
  "t12"."unit",
  "t12"."source"
FROM (
  SELECT
    "t11"."ags",
    "t11"."indicator",
    "t11"."period",
    "t11"."missing",
    "t11"."flag",
    "t11"."unit",
    "t11"."source",
    "t11"."value",
    ROW_NUMBER() OVER (
      PARTITION BY "t11"."indicator"
      ORDER BY "t11"."period" DESC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) - 1 AS "_age"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t4"."ags",
        "t4"."indicator",
        "t4"."period",
        "t4"."missing",
        "t4"."flag",
        "t4"."unit",
        "t4"."source",
        "t4"."value"
      FROM (
        SELECT
          *
        FROM "base" AS "t0"
        WHERE
          "t0"."ags" = $ags
      ) AS "t4"
      ANTI JOIN (
        SELECT
          *
        FROM "t5" AS "t6"
        WHERE
          "t6"."_rank" = 0
      ) AS "t9"
        ON "t4"."ags" = "t9"."ags"
        AND "t4"."indicator" = "t9"."indicator"
        AND "t4"."period" = "t9"."period"
    ) AS "t10"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t6"."ags",
        "t6"."indicator",
        "t6"."period",
        "t6"."missing",
        "t6"."flag",
        "t6"."unit",
        "t6"."source",
        "t6"."value"
      FROM "t5" AS "t6"
      WHERE
        "t6"."_rank" = 0 AND NOT (
          "t6"."_removed"
        )
    ) AS "t8"
  ) AS "t11"
) AS "t12"
WHERE
  "t12"."_age" = 0
ORDER BY
  "t12"."indicator" ASC
