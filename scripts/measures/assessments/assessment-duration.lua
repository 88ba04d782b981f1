-- The national statistic: from the start of an assessment to its authorisation.

return {
  id = "assessment-duration", version = "1.0.0", group = "assessments",
  title = "Length of assessments",
  definition = "assessments of children's social care that were authorised in the period, by working days from their start"
    .. " to their authorisation: the start is day 0, weekends and bank holidays are left out. Same day is the same calendar"
    .. " day; from Saturday to Sunday are 0 working days, which stand in the bin 1-10",
  numerator = "assessments authorised within {limit} working days of their start",
  denominator = "assessments authorised in the period",
  exclusions = {
    "an authorisation without a start, or before it",
    "one with a doubtful day",
    "one begun while another was open and nothing tells them apart",
    "days outside the known bank holidays",
  },
  pitfalls = {
    "this is the statistic. The clock of guidance begins with the referral: see the time from referral to authorisation",
    "only completed ones are counted: finishing the late ones lowers the share, leaving them open raises it",
  },
  evidence = { source = "Children in need statistics: assessments completed, by working days from start to authorisation",
               standing = { "national-definition" } },
  needs = { all = { "assessment-start", "assessment-end" } },
  unit = "assessments", chart = "xmr",
  params = {
    limit = { type = "count", default = 45, min = 1, max = 250, doc = "working days that are in time", standing = "statutory" },
  },
  measure = function(m, p)
    return m:times { of = use("assessment-units").authorised(m):ending():lasting(), count = "working-days",
                     edges = use("durations").assessments, within = p.limit }
  end,
  examples = {
    -- From Monday 3 June 2024: ten working days end on 17 June, 45 on 5 August. 8 June is a Saturday.
    { name = "at the edges of the bins", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 5, denominator = 6, lengths = { 0, 0, 10, 11, 45, 46 },
                 lines = { ["same-day"] = 1, ["1-10"] = 2, ["11-20"] = 1, ["41-45"] = 1, ["46-50"] = 1 } },
      events = { { "A", "2024-06-03", "assessment-start", "childrens-social-care", ended = "2024-06-03" },
                 { "B", "2024-06-08", "assessment-start", "childrens-social-care", ended = "2024-06-09" },
                 { "C", "2024-06-03", "assessment-start", "childrens-social-care", ended = "2024-06-17" },
                 { "D", "2024-06-03", "assessment-start", "childrens-social-care", ended = "2024-06-18" },
                 { "E", "2024-06-03", "assessment-start", "childrens-social-care", ended = "2024-08-05" },
                 { "F", "2024-06-03", "assessment-start", "childrens-social-care", ended = "2024-08-06" } } },
    -- Twelve weeks from Monday 3 June end on 26 August 2024, a bank holiday: 59 working days.
    { name = "over the bank holiday", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 0, denominator = 3, lengths = { 59, 60, 61 }, lines = { ["51-60"] = 2, ["61-or-more"] = 1 } },
      events = { { "A", "2024-06-03", "assessment-start", "childrens-social-care", ended = "2024-08-26" },
                 { "B", "2024-06-03", "assessment-start", "childrens-social-care", ended = "2024-08-27" },
                 { "C", "2024-06-03", "assessment-start", "childrens-social-care", ended = "2024-08-28" } } },
    { name = "a doubtful start, an end before it, no start", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 0, denominator = 0, lengths = {},
                 left_out = { ["date-in-doubt"] = 1, ["end-before-start"] = 1, ["no-start"] = 1 } },
      events = { { "A", "2024-06", "assessment-start", "childrens-social-care", episode = "E1" },
                 { "A", "2024-08-05", "assessment-end", "childrens-social-care", episode = "E1" },
                 { "B", "2024-06-10", "assessment-start", "childrens-social-care", episode = "E2" },
                 { "B", "2024-06-03", "assessment-end", "childrens-social-care", episode = "E2" },
                 { "C", "2024-06-03", "assessment-end", "childrens-social-care" } } },
    { name = "closed with its case, it was never authorised", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 0, denominator = 0, lengths = {} },
      events = { { "A", "2024-05-07", "referral", "childrens-social-care" },
                 { "A", "2024-05-08", "assessment-start", "childrens-social-care" },
                 { "A", "2024-06-14", "case-closure", "childrens-social-care" } } },
  },
}
