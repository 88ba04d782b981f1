-- A multi-agency audit of one case: agencies by questions, each green, amber or red.

local agencies = {
  { code = "SC", title = "Social care" }, { code = "HE", title = "Health" },
  { code = "ED", title = "Education" }, { code = "PO", title = "Police" },
}
local questions = { "child's voice", "history known", "plan", "information shared", "difference made" }

local codes, areas = {}, {}
for a, agency in ipairs(agencies) do
  local sub_areas = {}
  for number, title in ipairs(questions) do
    codes[#codes + 1] = agency.code .. number
    sub_areas[number] = { code = agency.code .. number, title = title }
  end
  areas[a] = { code = agency.code, title = agency.title, sub_areas = sub_areas }
end

local function all_graded(grade, changes)
  local items = {}
  for _, code in ipairs(codes) do
    items[code] = changes[code] or grade
  end
  return items
end

return {
  id = "rag-audit", version = "1.0.0",
  title = "Multi-agency audit, red, amber, green",
  source = "Our own template: agencies, questions and colours are usual in case audits, nothing is quoted. The worst answer "
    .. "makes an agency's colour, the worst agency that of the whole. A policy file that chooses the aggregation majority "
    .. "has an agency's colour by vote instead; the whole stays the worst.",
  licence = "Short labels of our own.",
  respondent = "case",
  direction = "higher-is-worse",
  scale = {
    { value = 1, label = "green", meaning = "strength" },
    { value = 2, label = "amber" },
    { value = 3, label = "red", meaning = "concern" },
  },
  areas = areas,
  scoring = { items = "worst", sub_areas = "worst", areas = "worst" },
  examples = {
    { name = "all green", items = all_graded(1, {}), expect = { SC = 1, HE = 1, ED = 1, PO = 1, total = 1 } },
    { name = "one red", items = all_graded(1, { ED3 = 3 }), expect = { ED = 3, SC = 1, total = 3 } },
    { name = "amber in two agencies", items = all_graded(1, { SC1 = 2, PO5 = 2 }),
      expect = { SC = 2, PO = 2, HE = 1, total = 2 } },
    { name = "an agency that did not take part",
      items = all_graded(1, { PO1 = "not-seen", PO2 = "not-seen", PO3 = "not-seen", PO4 = "not-seen", PO5 = "not-seen",
        HE2 = 2 }),
      expect = { PO = "not-assessed", HE = 2, total = 2 } },
    { name = "an agency without a part in the case",
      items = all_graded(2, { PO1 = "not-applicable", PO2 = "not-applicable", PO3 = "not-applicable", PO4 = "not-applicable",
        PO5 = "not-applicable" }),
      expect = { PO = "not-assessed", SC = 2, total = 2 } },
  },
}
