SELECT
  "t2"."solution_id",
  "t2"."office",
  "t2"."cost",
  "t2"."_removed"
FROM (
  SELECT
    "t1"."solution_id",
    "t1"."office",
    "t1"."cost",
    "t1"."_removed",
    "t1"."_position",
    "t1"."_first",
    ROW_NUMBER() OVER (
      PARTITION BY "t1"."solution_id", "t1"."office"
      ORDER BY "t1"."_position" DESC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) - 1 AS "_rank"
  FROM (
    SELECT
      "t0"."solution_id",
      "t0"."office",
      "t0"."cost",
      "t0"."_removed",
      "t0"."_position",
      MIN("t0"."_position") OVER (
        PARTITION BY "t0"."solution_id", "t0"."office"
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) AS "_first"
    FROM "uploads" AS "t0"
  ) AS "t1"
) AS "t2"
WHERE
  "t2"."_rank" = 0
ORDER BY
  "t2"."_first" ASC
