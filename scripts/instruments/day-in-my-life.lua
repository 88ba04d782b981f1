-- A child's day in the child's own words. Nothing is graded: an item says only whether that part of the
-- day is described; the words go into `child_words` and `evidence` of the assessment.

local function described(changes)
  local items = { A1 = 1, A2 = 1, A3 = 1, B1 = 1, B2 = 1, C1 = 1, C2 = 1, C3 = 1, D1 = 1, D2 = 1, D3 = 1 }
  for code, value in pairs(changes) do
    items[code] = value
  end
  return items
end

return {
  id = "day-in-my-life", version = "1.0.0",
  title = "A day in my life",
  source = "A narrative without a score, as partnerships use it (Herefordshire). The parts of the day are our own template.",
  licence = "Short labels of our own; no wording of any published form.",
  respondent = "child",
  direction = "higher-is-better",
  event = "tool-completed",
  scale = { { value = 0, label = "not described" }, { value = 1, label = "described" } },
  areas = {
    { code = "A", title = "Morning", sub_areas = {
      { code = "A1", title = "waking up" }, { code = "A2", title = "breakfast" }, { code = "A3", title = "getting ready" } } },
    { code = "B", title = "Day", sub_areas = {
      { code = "B1", title = "school or nursery" }, { code = "B2", title = "friends, play" } } },
    { code = "C", title = "Evening", sub_areas = {
      { code = "C1", title = "coming home" }, { code = "C2", title = "food" }, { code = "C3", title = "who is there" } } },
    { code = "D", title = "Night", sub_areas = {
      { code = "D1", title = "bedtime" }, { code = "D2", title = "sleep" }, { code = "D3", title = "worries" } } },
  },
  scoring = { items = "none", sub_areas = "none", areas = "none" },
  examples = {
    { name = "all described, nothing graded", items = described({}),
      expect = { A = "not-assessed", A1 = "not-assessed", D = "not-assessed" } },
    { name = "the night is not described", items = described({ D1 = 0, D2 = 0, D3 = 0 }), expect = { D = "not-assessed" } },
    { name = "before school age", items = described({ B1 = "not-applicable" }), expect = { B = "not-assessed" } },
  },
}
