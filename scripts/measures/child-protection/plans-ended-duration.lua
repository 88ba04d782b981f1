-- How long plans lasted.

return {
  id = "plans-ended-duration", version = "1.0.0", group = "child-protection",
  title = "Plans ended, by length",
  definition = "child protection plans that ended in the period, by calendar months counted from their start: the same day"
    .. " of the month, or the last one of a shorter month. Exactly three months stand in the first bin, exactly six in the"
    .. " second, exactly one year in the fourth, exactly two years in the fifth",
  numerator = "plans of that length", denominator = "plans ended in the period",
  exclusions = {
    "an end without a start, or before it",
    "a plan with a doubtful start or end",
    "a plan begun while another of the child was open",
  },
  pitfalls = {
    "ending long plans makes the figure longer, keeping them open makes it shorter: look at the open ones beside it",
  },
  evidence = { source = "Children in need statistics: plans ending in the year by length", standing = { "national-definition" } },
  needs = { all = { "cp-plan-start", "cp-plan-end" } },
  unit = "plans", chart = "xmr",
  measure = function(m)
    return m:times { of = m:episodes({ name = "cp-plan" }):ending():lasting(), count = "months", edges = use("durations").plans }
  end,
  examples = {
    -- From 15 January 2024; days beside: 91, 92, 182, 183, 365, 366.
    { name = "at the edges of the bins", from = "2024-04-01", to = "2025-03-31",
      expect = { denominator = 6, lengths = { 91, 92, 182, 183, 365, 366 },
                 lines = { ["3-months-or-less"] = 1, ["3-to-6-months"] = 2, ["6-months-to-1-year"] = 2, ["1-to-2-years"] = 1 } },
      events = { { "A", "2024-01-15", "cp-plan-start", "childrens-social-care", ended = "2024-04-15" },
                 { "B", "2024-01-15", "cp-plan-start", "childrens-social-care", ended = "2024-04-16" },
                 { "C", "2024-01-15", "cp-plan-start", "childrens-social-care", ended = "2024-07-15" },
                 { "D", "2024-01-15", "cp-plan-start", "childrens-social-care", ended = "2024-07-16" },
                 { "E", "2024-01-15", "cp-plan-start", "childrens-social-care", ended = "2025-01-14" },
                 { "F", "2024-01-15", "cp-plan-start", "childrens-social-care", ended = "2025-01-15" } } },
    -- From 31 January 2023 one month is 28 February; from 29 February 2024 a year is 28 February 2025.
    { name = "the end of the month, 29 February, two years", from = "2023-01-01", to = "2025-12-31",
      expect = { denominator = 4, lengths = { 89, 365, 730, 731 },
                 lines = { ["3-months-or-less"] = 1, ["1-to-2-years"] = 2, ["2-years-or-more"] = 1 } },
      events = { { "A", "2023-01-31", "cp-plan-start", "childrens-social-care", ended = "2023-04-30" },
                 { "B", "2024-02-29", "cp-plan-start", "childrens-social-care", ended = "2025-02-28" },
                 { "C", "2023-05-15", "cp-plan-start", "childrens-social-care", ended = "2025-05-14" },
                 { "D", "2023-05-15", "cp-plan-start", "childrens-social-care", ended = "2025-05-15" } } },
    { name = "no start, and only the month of it", from = "2024-04-01", to = "2025-03-31",
      expect = { denominator = 0, lengths = {}, left_out = { ["no-start"] = 1, ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-10-07", "cp-plan-end", "childrens-social-care" },
                 { "B", "2024-05", "cp-plan-start", "childrens-social-care", episode = "P1" },
                 { "B", "2024-10-07", "cp-plan-end", "childrens-social-care", episode = "P1" } } },
  },
}
