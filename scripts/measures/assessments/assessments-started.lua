-- Assessments that children's social care began.

return {
  id = "assessments-started", version = "1.0.0", group = "assessments",
  title = "Assessments started",
  definition = "assessments of children's social care with a start in the period; an early help, young carer's or parenting"
    .. " assessment is none, one whose type is not recorded is one",
  numerator = "assessments started in the period", denominator = "",
  exclusions = {
    "an assessment whose start may lie outside the period",
    "an assessment begun while another was open and nothing tells them apart",
  },
  pitfalls = { "an assessment that was begun anew with a new worker is two", "an assessment of three children is three" },
  evidence = { source = "Children in need census: actual start of the assessment", standing = { "national-definition" } },
  needs = { any = { "assessment-start" } },
  unit = "assessments", per = 10000, chart = "xmr",
  measure = function(m)
    return m:count { of = use("assessment-units").all(m):starting() }
  end,
  examples = {
    { name = "with a type, without, and of early help", from = "2024-04-01", to = "2025-03-31", expect = { numerator = 2 },
      events = { { "A", "2024-04-01", "assessment-start", "childrens-social-care", { assessment_type = "child-and-family" } },
                 { "B", "2025-03-31", "assessment-start", "childrens-social-care" },
                 { "C", "2024-06-03", "assessment-start", "early-help", { assessment_type = "early-help" } } } },
    { name = "a second one while the first is open", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 1, left_out = { overlapping = 1 } },
      events = { { "A", "2024-06-03", "assessment-start", "childrens-social-care" },
                 { "A", "2024-06-10", "assessment-start", "childrens-social-care" } } },
    { name = "at the turn of the year", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 0, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-03-30/2024-04-02", "assessment-start", "childrens-social-care" } } },
    { name = "the first was over with its case", from = "2024-04-01", to = "2025-03-31", expect = { numerator = 2 },
      events = { { "A", "2024-05-07", "referral", "childrens-social-care" },
                 { "A", "2024-05-08", "assessment-start", "childrens-social-care" },
                 { "A", "2024-06-14", "case-closure", "childrens-social-care" },
                 { "A", "2024-09-02", "referral", "childrens-social-care" },
                 { "A", "2024-09-03", "assessment-start", "childrens-social-care" } } },
  },
}
