-- What is still being assessed.

return {
  id = "assessments-open", version = "1.0.0", group = "assessments",
  title = "Assessments open on the last day",
  definition = "assessments of children's social care that were begun by the last day of the period and had not ended by it;"
    .. " one that ends on that day is no longer open",
  numerator = "assessments open on the last day of the period", denominator = "",
  exclusions = {
    "an assessment that may have been open on that day or not",
    "an assessment begun while another was open and nothing tells them apart",
  },
  pitfalls = {
    "one whose end was never typed in stays open for ever",
    "the length of completed ones says nothing about these",
  },
  evidence = { source = "Yearly report of a safeguarding partnership: ongoing assessments beside completed ones",
               standing = { "practice" } },
  needs = { all = { "assessment-start", "assessment-end" } },
  unit = "assessments", chart = "xmr",
  measure = function(m)
    return m:count { of = use("assessment-units").all(m):open_on(m.to) }
  end,
  examples = {
    { name = "an end on the last day is closed", from = "2024-04-01", to = "2024-06-30", as_of = "2024-09-30",
      expect = { numerator = 2 },
      events = { { "A", "2024-06-03", "assessment-start", "childrens-social-care", ended = "2024-06-30" },
                 { "B", "2024-06-03", "assessment-start", "childrens-social-care", ended = "2024-07-01" },
                 { "C", "2024-06-30", "assessment-start", "childrens-social-care" },
                 { "D", "2024-07-01", "assessment-start", "childrens-social-care" } } },
    { name = "ended in June or July", from = "2024-04-01", to = "2024-06-30", as_of = "2024-09-30",
      expect = { numerator = 0, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-06-03", "assessment-start", "childrens-social-care", episode = "E1" },
                 { "A", "2024-06-20/2024-07-05", "assessment-end", "childrens-social-care", episode = "E1" } } },
    { name = "closed with its case", from = "2024-04-01", to = "2024-06-30", expect = { numerator = 0 },
      events = { { "A", "2024-05-07", "referral", "childrens-social-care" },
                 { "A", "2024-05-08", "assessment-start", "childrens-social-care" },
                 { "A", "2024-06-14", "case-closure", "childrens-social-care" } } },
  },
}
