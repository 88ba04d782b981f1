-- Neglect among children on a plan.

return {
  id = "neglect-in-plans", version = "1.0.0", group = "neglect",
  title = "Open plans for neglect",
  definition = "of the child protection plans open on the last day of the period (an end on that day is closed) with a"
    .. " category of abuse recorded at their start, those whose category there is {categories}",
  numerator = "open plans for neglect", denominator = "plans open on the last day with a category",
  exclusions = {
    "a plan without a category",
    "a plan that may have been open on that day or not",
    "a plan begun while another of the child was open",
  },
  pitfalls = {
    "a plan for several categories holds neglect more often than not, and is counted only where multiple is named above",
    "national figures of open plans go by the latest category",
  },
  evidence = { source = "Children in need statistics: plans at 31 March by category of abuse; here by the initial one",
               standing = { "national-definition" } },
  needs = { all = { "cp-plan-start", "cp-plan-end" }, facts = { "cp-plan-start.category" } },
  unit = "plans", chart = "xmr",
  params = {
    categories = { type = "list", default = { "neglect" }, standing = "national-definition",
                   doc = "categories that are neglect: neglect alone, or multiple as well" },
  },
  measure = function(m, p)
    local told = m:episodes({ name = "cp-plan", facts = { category = true } }):open_on(m.to)
    return m:share { of = told:where { facts = { category = p.categories } }, among = told }
  end,
  examples = {
    { name = "neglect, multiple, none, and ended on the day", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 1, denominator = 2 },
      events = { { "A", "2024-05-13", "cp-plan-start", "childrens-social-care", { category = "neglect" } },
                 { "B", "2024-05-13", "cp-plan-start", "childrens-social-care", { category = "multiple" } },
                 { "C", "2024-05-13", "cp-plan-start", "childrens-social-care" },
                 { "D", "2024-05-13", "cp-plan-start", "childrens-social-care", { category = "neglect" },
                   ended = "2025-03-31" } } },
    { name = "multiple named as well", from = "2024-04-01", to = "2025-03-31",
      params = { categories = { "neglect", "multiple" } },
      expect = { numerator = 2, denominator = 3 },
      events = { { "A", "2024-05-13", "cp-plan-start", "childrens-social-care", { category = "neglect" } },
                 { "B", "2024-05-13", "cp-plan-start", "childrens-social-care", { category = "multiple" } },
                 { "C", "2024-05-13", "cp-plan-start", "childrens-social-care", { category = "physical" } } } },
    { name = "two plans at once", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 1, denominator = 1, left_out = { overlapping = 1 } },
      events = { { "A", "2024-05-13", "cp-plan-start", "childrens-social-care", { category = "neglect" }, episode = "P1" },
                 { "A", "2024-06-10", "cp-plan-start", "childrens-social-care", { category = "neglect" }, episode = "P2" } } },
  },
}
