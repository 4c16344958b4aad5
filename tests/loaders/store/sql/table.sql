SELECT
  "t0"."solution_id",
  "t0"."office",
  "t0"."cost"
FROM "base" AS "t0"
ORDER BY
  "t0"."_position" ASC
