-- Signs of neglect under six themes: applies, sometimes, does not apply, not known ("not-seen").
-- Counts and completeness only.

local codes = { "P1", "P2", "P3", "D1", "D2", "E1", "E2", "M1", "M2", "M3", "S1", "S2", "V1", "V2", "V3" }
local function all_valued(value, changes)
  local items = {}
  for _, code in ipairs(codes) do
    items[code] = changes[code] or value
  end
  return items
end

return {
  id = "neglect-screening", version = "1.0.0",
  title = "Signs of neglect under six themes",
  source = "The four answers: West Sussex tool for identifying neglect (one form a sibling; no total seen). The six themes: "
    .. "neglect work of the Bedford Borough Safeguarding Children Partnership, impact report of 2024 to 2025. The signs "
    .. "under each theme are our own template, to be replaced by those of the local tool. No cut-off was found in any "
    .. "screening tool and none is here: one sign or several may not in themselves mean neglect, and none recorded does "
    .. "not mean that there is none.",
  licence = "Short labels of our own; no wording of any published tool.",
  respondent = "child",
  direction = "higher-is-worse",
  event = "screening-completed",
  scale = {
    { value = 0, label = "does not apply" },
    { value = 1, label = "sometimes applies", meaning = "concern" },
    { value = 2, label = "applies", meaning = "concern" },
  },
  areas = {
    { code = "P", title = "Physical", sub_areas = {
      { code = "P1", title = "food" }, { code = "P2", title = "clothing" }, { code = "P3", title = "hygiene" } } },
    { code = "D", title = "Educational", sub_areas = {
      { code = "D1", title = "attendance" }, { code = "D2", title = "support for learning" } } },
    { code = "E", title = "Emotional", sub_areas = {
      { code = "E1", title = "warmth" }, { code = "E2", title = "attention" } } },
    { code = "M", title = "Medical", sub_areas = {
      { code = "M1", title = "appointments" }, { code = "M2", title = "treatment" }, { code = "M3", title = "teeth" } } },
    { code = "S", title = "Supervisory", sub_areas = {
      { code = "S1", title = "left alone" }, { code = "S2", title = "unsafe company" } } },
    { code = "V", title = "Environmental", sub_areas = {
      { code = "V1", title = "state of home" }, { code = "V2", title = "place to sleep" }, { code = "V3", title = "hazards" } } },
  },
  -- A theme's count is of signs that apply or sometimes apply; it needs every sign that applies to be known.
  scoring = { items = "worst", sub_areas = "count", areas = "sum" },
  examples = {
    { name = "nothing applies", items = all_valued(0, {}), expect = { P = 0, M = 0, V = 0, total = 0 } },
    { name = "sometimes and always count alike", items = all_valued(0, { P1 = 1, P2 = 2, M3 = 2 }),
      expect = { P = 2, M = 1, D = 0, P1 = 1, P2 = 2, total = 3 } },
    { name = "everything applies", items = all_valued(2, {}), expect = { P = 3, D = 2, E = 2, M = 3, S = 2, V = 3, total = 15 } },
    { name = "one sign not known: no count of its theme, no total", items = all_valued(0, { S1 = 2, S2 = "not-seen" }),
      expect = { S = "not-assessed", S1 = 2, P = 0, total = "not-assessed" } },
    { name = "too young for school", items = all_valued(1, { D1 = "not-applicable", D2 = "not-applicable" }),
      expect = { D = "not-assessed", P = 3, total = 13 } },
  },
}
