-- For what children are the subject of a plan.

return {
  id = "plans-open-by-category", version = "1.0.0", group = "child-protection",
  title = "Plans open on the last day, by category of abuse",
  definition = "child protection plans open on the last day of the period (an end on that day is closed), by the category of"
    .. " abuse recorded at their start; those without a category stand in a line of their own",
  numerator = "plans open on the last day with that category", denominator = "plans open on the last day of the period",
  exclusions = { "a plan that may have been open on that day or not", "a plan begun while another of the child was open" },
  pitfalls = {
    "national figures of open plans go by the latest category; while a plan is open most records tell only the first",
  },
  evidence = { source = "Children in need statistics: plans at 31 March by category of abuse; here by the initial one",
               standing = { "national-definition" } },
  needs = { all = { "cp-plan-start", "cp-plan-end" }, facts = { "cp-plan-start.category" } },
  unit = "plans", chart = "none",
  measure = function(m)
    return m:breakdown { of = m:episodes({ name = "cp-plan" }):open_on(m.to), by = "category",
                         codes = { "neglect", "physical", "sexual", "emotional", "multiple" } }
  end,
  examples = {
    { name = "two open, one ended on the day", from = "2024-04-01", to = "2025-03-31",
      expect = { denominator = 2, lines = { neglect = 1, emotional = 1 } },
      events = { { "A", "2024-05-13", "cp-plan-start", "childrens-social-care", { category = "neglect" } },
                 { "B", "2023-06-12", "cp-plan-start", "childrens-social-care", { category = "emotional" } },
                 { "C", "2024-07-08", "cp-plan-start", "childrens-social-care", { category = "neglect" },
                   ended = "2025-03-31" } } },
    { name = "two at once", from = "2024-04-01", to = "2025-03-31",
      expect = { denominator = 1, lines = { neglect = 1 }, left_out = { overlapping = 1 } },
      events = { { "A", "2024-05-13", "cp-plan-start", "childrens-social-care", { category = "neglect" }, episode = "P1" },
                 { "A", "2024-06-10", "cp-plan-start", "childrens-social-care", { category = "physical" }, episode = "P2" } } },
  },
}
