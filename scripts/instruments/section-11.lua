-- An agency's own audit of its safeguarding arrangements: eight standards, four grades.

local function all_graded(grade, changes)
  local items = {}
  for number = 1, 8 do
    items["S" .. number] = changes["S" .. number] or grade
  end
  return items
end

local standards = {}
for number = 1, 8 do
  standards[number] = { code = "S" .. number, title = "standard " .. number }
end

return {
  id = "section-11", version = "1.0.0",
  title = "Section 11 audit, eight standards",
  source = "Our own template for the audit under section 11 of the Children Act 2004: eight numbered standards, four grades. "
    .. "Partnerships word, number and grade the standards themselves; nothing here is quoted. That the whole is as good "
    .. "as its weakest standard is our choice; a policy file may choose another rule.",
  licence = "Numbers only; the partnership loads its standards.",
  respondent = "agency",
  direction = "higher-is-worse",
  scale = {
    { value = 1, label = "met", meaning = "strength" },
    { value = 2, label = "mostly met", meaning = "strength" },
    { value = 3, label = "partly met" },
    { value = 4, label = "not met", meaning = "concern" },
  },
  areas = { { code = "S", title = "Standards", sub_areas = standards } },
  scoring = { items = "worst", sub_areas = "worst", areas = "none" },
  minimum = { sub_areas = 100 },
  examples = {
    { name = "all met", items = all_graded(1, {}), expect = { S = 1, S8 = 1 } },
    { name = "the weakest decides", items = all_graded(1, { S2 = 2, S7 = 3 }), expect = { S = 3, S7 = 3 } },
    { name = "one not looked at: no result", items = all_graded(1, { S5 = "not-seen" }), expect = { S = "not-assessed" } },
    { name = "a standard not met stands all the same", items = all_graded(1, { S1 = 4, S5 = "not-seen" }), expect = { S = 4 } },
    { name = "seven apply", items = all_graded(2, { S6 = "not-applicable" }), expect = { S = 2 } },
  },
}
