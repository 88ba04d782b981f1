-- For what children became the subject of a plan.

return {
  id = "plans-started-by-category", version = "1.0.0", group = "child-protection",
  title = "Plans started, by category of abuse",
  definition = "child protection plans that started in the period, by the category of abuse recorded at their start:"
    .. " neglect, physical, sexual, emotional or multiple; those without a category stand in a line of their own",
  numerator = "plans started with that category", denominator = "plans started in the period",
  exclusions = { "a plan whose start may lie outside the period", "a plan begun while another of the child was open" },
  pitfalls = { "multiple hides neglect beside something else", "the category at the end may be another one" },
  evidence = { source = "Children in need statistics: plans starting in the year by initial category of abuse",
               standing = { "national-definition" } },
  needs = { any = { "cp-plan-start" }, facts = { "cp-plan-start.category" } },
  unit = "plans", chart = "none",
  measure = function(m)
    return m:breakdown { of = m:episodes({ name = "cp-plan" }):starting(), by = "category",
                         codes = { "neglect", "physical", "sexual", "emotional", "multiple" } }
  end,
  examples = {
    { name = "two for neglect, one for more than one", from = "2024-04-01", to = "2025-03-31",
      expect = { denominator = 4, lines = { neglect = 2, multiple = 1, ["not-recorded"] = 1 } },
      events = { { "A", "2024-05-13", "cp-plan-start", "childrens-social-care", { category = "neglect" } },
                 { "B", "2024-06-10", "cp-plan-start", "childrens-social-care", { category = "neglect" } },
                 { "C", "2024-07-08", "cp-plan-start", "childrens-social-care", { category = "multiple" } },
                 { "D", "2024-08-12", "cp-plan-start", "childrens-social-care" } } },
    { name = "started for one thing, ended for another", from = "2024-04-01", to = "2025-03-31",
      expect = { denominator = 1, lines = { physical = 1 } },
      events = { { "A", "2024-05-13", "cp-plan-start", "childrens-social-care", { category = "physical" }, episode = "P1" },
                 { "A", "2024-11-11", "cp-plan-end", "childrens-social-care", { category = "neglect" }, episode = "P1" } } },
    { name = "two at once, and March or April", from = "2024-04-01", to = "2025-03-31",
      expect = { denominator = 1, lines = { neglect = 1 }, left_out = { overlapping = 1, ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-05-13", "cp-plan-start", "childrens-social-care", { category = "neglect" }, episode = "P1" },
                 { "A", "2024-06-10", "cp-plan-start", "childrens-social-care", { category = "physical" }, episode = "P2" },
                 { "B", "2024-03-25/2024-04-05", "cp-plan-start", "childrens-social-care", { category = "neglect" } } } },
  },
}
