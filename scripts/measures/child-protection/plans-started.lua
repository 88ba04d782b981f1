-- Children who became the subject of a child protection plan.

return {
  id = "plans-started", version = "1.0.0", group = "child-protection",
  title = "Child protection plans started",
  definition = "child protection plans that started in the period",
  numerator = "plans started in the period", denominator = "",
  exclusions = { "a plan whose start may lie outside the period", "a plan begun while another of the child was open" },
  pitfalls = {
    "a plan taken over from another area starts here on the day it was taken over",
    "of two overlapping plans only the first is counted; the other is named beneath the figure",
  },
  evidence = { source = "Children in need statistics: child protection plans starting in the year",
               standing = { "national-definition" } },
  needs = { any = { "cp-plan-start" } },
  unit = "plans", per = 10000, chart = "xmr",
  measure = function(m)
    return m:count { of = m:episodes({ name = "cp-plan" }):starting() }
  end,
  examples = {
    { name = "two of one child, one after the other", from = "2024-04-01", to = "2025-03-31", expect = { numerator = 3 },
      events = { { "A", "2024-04-01", "cp-plan-start", "childrens-social-care", ended = "2024-10-07" },
                 { "A", "2025-03-31", "cp-plan-start", "childrens-social-care" },
                 { "B", "2024-06-20", "cp-plan-start", "childrens-social-care" } } },
    { name = "on the day the other ended, and before it", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 3, left_out = { overlapping = 1 } },
      events = { { "A", "2024-04-08", "cp-plan-start", "childrens-social-care", ended = "2024-10-07", episode = "P1" },
                 { "A", "2024-10-07", "cp-plan-start", "childrens-social-care", episode = "P2" },
                 { "B", "2024-04-08", "cp-plan-start", "childrens-social-care", ended = "2024-10-07", episode = "P3" },
                 { "B", "2024-10-06", "cp-plan-start", "childrens-social-care", episode = "P4" } } },
    { name = "March or April", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 0, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-03-25/2024-04-05", "cp-plan-start", "childrens-social-care" } } },
  },
}
