-- How long children have been the subject of their plan.

return {
  id = "plans-open-duration", version = "1.0.0", group = "child-protection",
  title = "Plans open on the last day, by time so far",
  definition = "child protection plans open on the last day of the period (an end on that day is closed), by calendar months"
    .. " counted from their start: the same day of the month, or the last one of a shorter month. Exactly three months stand"
    .. " in the first bin, exactly six in the second, exactly one year in the fourth, exactly two years in the fifth",
  numerator = "plans of that length", denominator = "plans open on the last day of the period",
  exclusions = {
    "a plan that may have been open on that day or not, or whose start is doubtful",
    "a plan begun while another of the child was open",
  },
  pitfalls = { "the length of open plans is not the length that plans reach: see those that ended" },
  evidence = { source = "Children in need statistics: plans at 31 March by time on the plan",
               standing = { "national-definition" } },
  needs = { all = { "cp-plan-start", "cp-plan-end" } },
  unit = "plans", chart = "xmr",
  measure = function(m)
    return m:times { of = m:episodes({ name = "cp-plan" }):open_on(m.to):open_for(m.to), count = "months",
                     edges = use("durations").plans }
  end,
  examples = {
    -- On 31 March 2025. From 30 December three months end on 30 March, from 30 September six.
    { name = "at the edges of the bins", from = "2024-04-01", to = "2025-03-31",
      expect = { denominator = 7, lengths = { 90, 91, 181, 182, 364, 365, 731 },
                 lines = { ["3-months-or-less"] = 1, ["3-to-6-months"] = 2, ["6-months-to-1-year"] = 2, ["1-to-2-years"] = 1,
                           ["2-years-or-more"] = 1 } },
      events = { { "A", "2024-12-31", "cp-plan-start", "childrens-social-care" },
                 { "B", "2024-12-30", "cp-plan-start", "childrens-social-care" },
                 { "C", "2024-10-01", "cp-plan-start", "childrens-social-care" },
                 { "D", "2024-09-30", "cp-plan-start", "childrens-social-care" },
                 { "E", "2024-04-01", "cp-plan-start", "childrens-social-care" },
                 { "F", "2024-03-31", "cp-plan-start", "childrens-social-care" },
                 { "G", "2023-03-31", "cp-plan-start", "childrens-social-care", ended = "2025-04-01" },
                 { "H", "2023-04-01", "cp-plan-start", "childrens-social-care", ended = "2025-03-31" } } },
    { name = "January or February", from = "2024-04-01", to = "2025-03-31",
      expect = { denominator = 0, lengths = {}, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2025-01-20/2025-02-03", "cp-plan-start", "childrens-social-care" } } },
  },
}
