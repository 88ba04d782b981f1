-- Graded care of a child by a carer: four areas, thirteen sub-areas, grades 1 (best) to 5.
-- Codes and short labels only; the wording of the grades belongs to the licensed form.

-- Every item graded `grade`, then the changes.
local codes = {
  "A1a", "A1b", "A1c", "A1d", "A2a", "A2b", "A2c", "A3a", "A3b", "A3c", "A4", "A5a", "A5b", "A5c", "A5d",
  "B1a", "B1b", "B1c", "B1d", "B2", "C1a", "C1b", "C1c", "C2a", "C2b", "D1", "D2", "D3", "D4",
}
local function all_graded(grade, changes)
  local items = {}
  for _, code in ipairs(codes) do
    items[code] = changes[code] or grade
  end
  return items
end

return {
  id = "graded-care", version = "1.0.0",
  title = "Graded care, original structure",
  source = "Areas, sub-areas, their codes and the five-grade scale: score sheets of the Graded Care Profile "
    .. "(Srivastava and Polnay 1997) as published by several partnerships. Item labels found in published copies: "
    .. "A1a, A2a, A2b, A2c, B1a, B1d. All other items, and which sub-areas are graded directly, are a default "
    .. "template to be checked against the licensed form. The way grades are put together is reconstructed from "
    .. "practice, not quoted. The rule for C2 is published guidance.",
  licence = "Codes and one- or two-word labels only. Descriptors of the grades belong to their owners; a partnership "
    .. "that holds a licence loads them itself.",
  respondent = "carer",
  direction = "higher-is-worse",
  event = "graded-care-completed",
  scale = {
    { value = 1, label = "all needs met", meaning = "strength" },
    { value = 2, label = "essential needs fully met", meaning = "strength" },
    { value = 3, label = "some essential needs unmet" },
    { value = 4, label = "most essential needs unmet", meaning = "concern" },
    { value = 5, label = "essential needs entirely unmet", meaning = "concern" },
  },
  areas = {
    { code = "A", title = "Physical", sub_areas = {
      { code = "A1", title = "Nutrition", items = {
        { code = "A1a", title = "quality" }, { code = "A1b", title = "quantity" },
        { code = "A1c", title = "preparation" }, { code = "A1d", title = "organisation" } } },
      { code = "A2", title = "Housing", items = {
        { code = "A2a", title = "maintenance" }, { code = "A2b", title = "décor" }, { code = "A2c", title = "facilities" } } },
      { code = "A3", title = "Clothing", items = {
        { code = "A3a", title = "insulation" }, { code = "A3b", title = "fitting" }, { code = "A3c", title = "look" } } },
      { code = "A4", title = "Hygiene" },
      { code = "A5", title = "Health", items = {
        { code = "A5a", title = "opinion sought" }, { code = "A5b", title = "follow-up" },
        { code = "A5c", title = "surveillance" }, { code = "A5d", title = "disability or illness" } } },
    } },
    { code = "B", title = "Safety", sub_areas = {
      { code = "B1", title = "In carer's presence", items = {
        { code = "B1a", title = "awareness" }, { code = "B1b", title = "practice" },
        { code = "B1c", title = "traffic" }, { code = "B1d", title = "safety features" } } },
      { code = "B2", title = "In carer's absence" },
    } },
    { code = "C", title = "Love", sub_areas = {
      { code = "C1", title = "Carer", items = {
        { code = "C1a", title = "sensitivity" }, { code = "C1b", title = "response" },
        { code = "C1c", title = "reciprocation" } } },
      { code = "C2", title = "Mutual engagement", items = {
        { code = "C2a", title = "overtures" }, { code = "C2b", title = "quality" } } },
    } },
    { code = "D", title = "Esteem", sub_areas = {
      { code = "D1", title = "Stimulation" },
      { code = "D2", title = "Approval" },
      { code = "D3", title = "Disapproval" },
      { code = "D4", title = "Acceptance" },
    } },
  },
  scoring = { items = "majority-with-override", sub_areas = "majority-with-override", areas = "none" },
  -- Percent of what applies that must be graded before a sub-area or an area is; a concern stands without it.
  minimum = { items = 50, sub_areas = 50 },
  -- Where the child's temperament is the reason, mutual engagement takes the carer's result.
  conditional = { { condition = "child-temperament", sub_area = "C2", takes = "C1" } },
  examples = {
    { name = "all twos", items = all_graded(2, {}),
      expect = { A = 2, A1 = 2, A5 = 2, B = 2, C = 2, D = 2 } },
    { name = "one four decides its sub-area and area", items = all_graded(2, { A2c = 4 }),
      expect = { A2 = 4, A = 4, A1 = 2, B = 2, C = 2, D = 2 } },
    { name = "of a four and a five the five stands", items = all_graded(1, { D1 = 4, D3 = 5 }),
      expect = { D1 = 4, D3 = 5, D = 5, A = 1 } },
    { name = "two ones and two threes give three", items = all_graded(1, { B1c = 3, B1d = 3 }),
      expect = { B1 = 3, B2 = 1, B = 3, A = 1 } },
    { name = "one, two, three give three", items = all_graded(1, { C1b = 2, C1c = 3 }),
      expect = { C1 = 3, C2 = 1, C = 3 } },
    { name = "two, two, three give two, although one grade is worse", items = all_graded(2, { C1c = 3 }),
      expect = { C1 = 2, C2 = 2, C = 2 } },
    { name = "the most frequent of four without more than half", items = all_graded(1, { D2 = 2, D3 = 2, D4 = 3 }),
      expect = { D1 = 1, D4 = 3, D = 2 } },
    { name = "an area that nobody saw", items = all_graded(2, { C1a = "not-seen", C1b = "not-seen", C1c = "not-seen",
        C2a = "not-seen", C2b = "not-seen" }),
      expect = { C1 = "not-assessed", C2 = "not-assessed", C = "not-assessed", A = 2 } },
    { name = "one of four items is too few, four of five sub-areas are enough",
      items = all_graded(3, { A5b = "not-seen", A5c = "not-seen", A5d = "not-seen" }),
      expect = { A5 = "not-assessed", A4 = 3, A = 3 } },
    { name = "a five seen alone stands, although too few items are scored",
      items = all_graded(2, { A2a = "not-seen", A2b = "not-seen", A2c = 5 }),
      expect = { A2 = 5, A = 5 } },
    { name = "what does not apply is left out", items = all_graded(1, { B1c = "not-applicable", B1d = 3 }),
      expect = { B1 = 1, B = 1 } },
    { name = "temperament: mutual engagement takes the carer's grade", condition = "child-temperament",
      items = all_graded(2, { C2a = 5 }),
      expect = { C1 = 2, C2 = 2, C = 2 } },
  },
}
