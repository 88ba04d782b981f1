-- How many of nine circumstances are present, each 0 or 1, added up. A research index, not a measure of a child.

local codes = { "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9" }
local function all_valued(value, changes)
  local items = {}
  for _, code in ipairs(codes) do
    items[code] = changes[code] or value
  end
  return items
end

return {
  id = "cumulative-risk-index", version = "1.0.0",
  title = "Cumulative circumstances, count of 0 and 1",
  source = "Definition, each factor made 0 or 1 and added up without weights: Evans, Li and Whipple 2013. Circumstances: "
    .. "the list of the Rochester study (from a secondary source), shortened and without minority status, which no "
    .. "service should count. The sum leaves out how much and how long, and is made for groups: no cut-off is shipped, "
    .. "and nothing follows from it for one child.",
  licence = "Short labels only; no wording of any questionnaire.",
  respondent = "child",
  direction = "higher-is-worse",
  event = "tool-completed",
  scale = { { value = 0, label = "not present" }, { value = 1, label = "present", meaning = "concern" } },
  areas = {
    { code = "F", title = "Circumstances", sub_areas = {
      { code = "F1", title = "mental illness" }, { code = "F2", title = "anxiety" },
      { code = "F3", title = "little interaction" }, { code = "F4", title = "occupation" },
      { code = "F5", title = "education" }, { code = "F6", title = "rigid beliefs" },
      { code = "F7", title = "one parent" }, { code = "F8", title = "stressful events" },
      { code = "F9", title = "four or more children" },
    } },
  },
  scoring = { items = "sum", sub_areas = "sum", areas = "sum" },
  examples = {
    { name = "none", items = all_valued(0, {}), expect = { F = 0, total = 0 } },
    { name = "all", items = all_valued(1, {}), expect = { F = 9, total = 9 } },
    { name = "three", items = all_valued(0, { F1 = 1, F8 = 1, F9 = 1 }), expect = { F = 3, total = 3, F8 = 1 } },
    { name = "one not known: no sum", items = all_valued(1, { F2 = "not-seen" }),
      expect = { F = "not-assessed", total = "not-assessed" } },
    { name = "one does not apply: eight do", items = all_valued(1, { F3 = "not-applicable" }), expect = { total = 8 } },
  },
}
