-- Graded care in the newer arrangement: four areas with sixteen labels, each graded 1 (best) to 5.
-- Codes and short labels only; descriptors of the licensed tool are not here and may not be put here.

local codes = { "P1", "P2", "P3", "P4", "P5", "S1", "S2", "S3", "S4", "S5", "E1", "E2", "D1", "D2", "D3", "D4" }

-- Every label graded `grade`, then the changes.
local function all_graded(grade, changes)
  local items = {}
  for _, code in ipairs(codes) do
    items[code] = changes[code] or grade
  end
  return items
end

return {
  id = "gcp2-style", version = "1.0.0",
  title = "Graded care, four areas and sixteen labels",
  source = "Areas as named by Wirral, labels as listed by Medway, and grades from 1 (best) to 5 (worst): public pages of "
    .. "these partnerships. Published lists may mix sub-areas and items; an official count was not found. How grades are "
    .. "put together was not found: majority-with-override is our choice, as for graded-care, and so are which grades "
    .. "are a strength (1, 2) or a concern (4, 5) and the minimum of half. The codes are ours.",
  licence = "Labels of one to three words only. The tool needs its owner's licence for an area, trainers and trained "
    .. "practitioners; its descriptors are not shipped. This is not that tool.",
  respondent = "carer",
  direction = "higher-is-worse",
  event = "graded-care-completed",
  scale = {
    { value = 1, label = "best", meaning = "strength" },
    { value = 2, meaning = "strength" },
    { value = 3 },
    { value = 4, meaning = "concern" },
    { value = 5, label = "worst", meaning = "concern" },
  },
  areas = {
    { code = "P", title = "Physical care", sub_areas = {
      { code = "P1", title = "Nutrition" }, { code = "P2", title = "Housing" }, { code = "P3", title = "Clothing" },
      { code = "P4", title = "Hygiene" }, { code = "P5", title = "Health" } } },
    { code = "S", title = "Care of safety", sub_areas = {
      { code = "S1", title = "Carer's presence" }, { code = "S2", title = "Carer's absence" },
      { code = "S3", title = "Online" }, { code = "S4", title = "Traffic" }, { code = "S5", title = "In the home" } } },
    { code = "E", title = "Emotional care", sub_areas = {
      { code = "E1", title = "Carer responsiveness" }, { code = "E2", title = "Mutual engagement" } } },
    { code = "D", title = "Developmental care", sub_areas = {
      { code = "D1", title = "Stimulation" }, { code = "D2", title = "Approval" },
      { code = "D3", title = "Disapproval" }, { code = "D4", title = "Acceptance" } } },
  },
  scoring = { items = "majority-with-override", sub_areas = "majority-with-override", areas = "none" },
  minimum = { sub_areas = 50 },
  examples = {
    { name = "all twos", items = all_graded(2, {}), expect = { P = 2, S = 2, E = 2, D = 2, D4 = 2 } },
    { name = "one four decides its area", items = all_graded(2, { S3 = 4 }), expect = { S = 4, P = 2, E = 2, D = 2 } },
    { name = "of a four and a five the five stands", items = all_graded(1, { D2 = 4, D3 = 5 }), expect = { D = 5, P = 1 } },
    { name = "two ones, a two and two threes give three", items = all_graded(1, { P3 = 2, P4 = 3, P5 = 3 }),
      expect = { P = 3, S = 1 } },
    { name = "of two labels the worse", items = all_graded(1, { E2 = 3 }), expect = { E = 3 } },
    { name = "one, two, two, three give two", items = all_graded(1, { D2 = 2, D3 = 2, D4 = 3 }), expect = { D = 2 } },
    { name = "two of five labels are too few", items = all_graded(2, { S1 = "not-seen", S2 = "not-seen", S3 = "not-seen" }),
      expect = { S = "not-assessed", S4 = 2 } },
    { name = "a five seen alone stands",
      items = all_graded(2, { P1 = 5, P2 = "not-seen", P3 = "not-seen", P4 = "not-seen", P5 = "not-seen" }),
      expect = { P = 5 } },
    { name = "what does not apply is left out", items = all_graded(2, { S3 = "not-applicable", S4 = "not-applicable" }),
      expect = { S = 2, S3 = "not-assessed" } },
  },
}
