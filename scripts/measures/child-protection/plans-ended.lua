-- Children who ceased to be the subject of a child protection plan.

return {
  id = "plans-ended", version = "1.0.0", group = "child-protection",
  title = "Child protection plans ended",
  definition = "child protection plans that ended in the period",
  numerator = "plans ended in the period", denominator = "",
  exclusions = {
    "an end without a start, or before it",
    "a plan whose end may lie outside the period",
    "a plan begun while another of the child was open",
  },
  pitfalls = { "a plan that ends because the child comes into care ends as well; the reason is seldom recorded alike" },
  evidence = { source = "Children in need statistics: child protection plans ending in the year",
               standing = { "national-definition" } },
  needs = { all = { "cp-plan-start", "cp-plan-end" } },
  unit = "plans", per = 10000, chart = "xmr",
  measure = function(m)
    return m:count { of = m:episodes({ name = "cp-plan" }):ending() }
  end,
  examples = {
    { name = "on the first and on the last day", from = "2024-04-01", to = "2025-03-31", as_of = "2025-06-30",
      expect = { numerator = 2 },
      events = { { "A", "2023-10-02", "cp-plan-start", "childrens-social-care", ended = "2024-04-01" },
                 { "B", "2023-10-02", "cp-plan-start", "childrens-social-care", ended = "2025-03-31" },
                 { "C", "2023-10-02", "cp-plan-start", "childrens-social-care", ended = "2025-04-01" },
                 { "D", "2023-10-02", "cp-plan-start", "childrens-social-care" } } },
    { name = "no start, and an end before it", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 0, left_out = { ["no-start"] = 1, ["end-before-start"] = 1 } },
      events = { { "A", "2024-10-07", "cp-plan-end", "childrens-social-care" },
                 { "B", "2024-10-07", "cp-plan-start", "childrens-social-care", episode = "P1" },
                 { "B", "2024-09-02", "cp-plan-end", "childrens-social-care", episode = "P1" } } },
  },
}
