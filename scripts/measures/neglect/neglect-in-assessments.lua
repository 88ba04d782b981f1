-- Neglect among what assessments found.

return {
  id = "neglect-in-assessments", version = "1.0.0", group = "neglect",
  title = "Assessments that name neglect",
  definition = "of the assessments of children's social care that were authorised in the period with at least one factor"
    .. " recorded, those that name {factors} (16A: neglect)",
  numerator = "assessments that name neglect", denominator = "assessments authorised in the period with a factor recorded",
  exclusions = {
    "an assessment without factors",
    "an authorisation without a start, or before it",
    "one whose day may lie outside the period",
    "one begun while another was open and nothing tells them apart",
  },
  pitfalls = {
    "an assessment counts, not a child: a child assessed three times counts three times",
    "21, no factors identified, is a factor recorded and stands below the line",
  },
  evidence = { source = "Children in need census: factors identified at the end of the assessment, 16A",
               standing = { "national-definition" } },
  needs = { all = { "assessment-start", "assessment-end" }, facts = { "assessment-end.factors" } },
  unit = "assessments", chart = "xmr",
  params = {
    factors = { type = "list", default = { "16A" }, standing = "national-definition",
                doc = "factors of an assessment that are neglect" },
  },
  measure = function(m, p)
    local told = use("assessment-units").authorised(m):ending():where { end_facts = { factors = true } }
    return m:share { of = told:where { end_facts = { factors = p.factors } }, among = told }
  end,
  examples = {
    { name = "named among others, not named, no factor, none recorded", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 1, denominator = 3 },
      events = { { "A", "2024-05-13", "assessment-start", "childrens-social-care", episode = "E1" },
                 { "A", "2024-06-24", "assessment-end", "childrens-social-care", { factors = "3B 16A" }, episode = "E1" },
                 { "B", "2024-05-13", "assessment-start", "childrens-social-care", episode = "E2" },
                 { "B", "2024-06-24", "assessment-end", "childrens-social-care", { factors = "3B" }, episode = "E2" },
                 { "C", "2024-05-13", "assessment-start", "childrens-social-care", episode = "E3" },
                 { "C", "2024-06-24", "assessment-end", "childrens-social-care", { factors = "21" }, episode = "E3" },
                 { "D", "2024-05-13", "assessment-start", "childrens-social-care", episode = "E4" },
                 { "D", "2024-06-24", "assessment-end", "childrens-social-care", episode = "E4" } } },
    { name = "authorised, and never started", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 0, denominator = 0, left_out = { ["no-start"] = 1 } },
      events = { { "A", "2024-06-24", "assessment-end", "childrens-social-care", { factors = "16A" } } } },
  },
}
