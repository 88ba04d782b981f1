-- Children who are the subject of a child protection plan on a day.

return {
  id = "plans-open", version = "1.0.0", group = "child-protection",
  title = "Child protection plans open on the last day",
  definition = "child protection plans that had started by the last day of the period and had not ended by it; one that ends"
    .. " on that day is no longer open",
  numerator = "plans open on the last day of the period", denominator = "",
  exclusions = { "a plan that may have been open on that day or not", "a plan begun while another of the child was open" },
  pitfalls = {
    "a plan whose end was never typed in stays open for ever",
    "the national day is 31 March: figures of another last day are not comparable",
  },
  evidence = { source = "Children in need statistics: children on a child protection plan at 31 March",
               standing = { "national-definition" } },
  needs = { all = { "cp-plan-start", "cp-plan-end" } },
  unit = "plans", per = 10000, chart = "xmr",
  measure = function(m)
    return m:count { of = m:episodes({ name = "cp-plan" }):open_on(m.to) }
  end,
  examples = {
    { name = "an end on the day is closed", from = "2024-04-01", to = "2025-03-31", as_of = "2025-06-30",
      expect = { numerator = 3 },
      events = { { "A", "2024-10-07", "cp-plan-start", "childrens-social-care", ended = "2025-03-31" },
                 { "B", "2024-10-07", "cp-plan-start", "childrens-social-care", ended = "2025-04-01" },
                 { "C", "2019-01-07", "cp-plan-start", "childrens-social-care" },
                 { "D", "2025-03-31", "cp-plan-start", "childrens-social-care" },
                 { "E", "2025-04-01", "cp-plan-start", "childrens-social-care" } } },
    { name = "two at once are one", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 1, left_out = { overlapping = 1 } },
      events = { { "A", "2024-10-07", "cp-plan-start", "childrens-social-care", episode = "P1" },
                 { "A", "2024-11-04", "cp-plan-start", "childrens-social-care", episode = "P2" } } },
    { name = "ended in March or April", from = "2024-04-01", to = "2025-03-31", as_of = "2025-06-30",
      expect = { numerator = 0, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-10-07", "cp-plan-start", "childrens-social-care", episode = "P1" },
                 { "A", "2025-03-25/2025-04-04", "cp-plan-end", "childrens-social-care", episode = "P1" } } },
  },
}
