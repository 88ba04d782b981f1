-- Assessments that were authorised.

return {
  id = "assessments-completed", version = "1.0.0", group = "assessments",
  title = "Assessments completed",
  definition = "assessments of children's social care that were authorised in the period. One that the closing of its case"
    .. " ended was not authorised; an early help, young carer's or parenting assessment is none",
  numerator = "assessments authorised in the period", denominator = "",
  exclusions = {
    "an authorisation without a start, or before it",
    "one whose day may lie outside the period",
    "an assessment begun while another was open and nothing tells them apart",
  },
  pitfalls = { "nationally one without a start is counted as well: here it is named beneath the figure" },
  evidence = { source = "Children in need statistics: assessments completed in the year", standing = { "national-definition" } },
  needs = { all = { "assessment-start", "assessment-end" } },
  unit = "assessments", per = 10000, chart = "xmr",
  measure = function(m)
    return m:count { of = use("assessment-units").authorised(m):ending() }
  end,
  examples = {
    { name = "authorised on the last day, and on the day after", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 1 },
      events = { { "A", "2025-02-03", "assessment-start", "childrens-social-care", ended = "2025-03-31" },
                 { "B", "2025-02-03", "assessment-start", "childrens-social-care", ended = "2025-04-01" } } },
    { name = "the case was closed over it", from = "2024-04-01", to = "2025-03-31", expect = { numerator = 0 },
      events = { { "A", "2024-05-07", "referral", "childrens-social-care" },
                 { "A", "2024-05-08", "assessment-start", "childrens-social-care" },
                 { "A", "2024-06-14", "case-closure", "childrens-social-care" } } },
    { name = "authorised, and never started", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 0, left_out = { ["no-start"] = 1 } },
      events = { { "A", "2024-06-14", "assessment-end", "childrens-social-care" } } },
  },
}
