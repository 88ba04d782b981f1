-- What the worklist was made of.

return {
  id = "prompts-by-indicator", version = "1.0.0", group = "partnership",
  title = "Prompts by indicator",
  definition = "prompts that came onto the worklist in the period, by the indicator that they are of",
  numerator = "prompts of that indicator", denominator = "prompts that came in the period",
  exclusions = {},
  pitfalls = {
    "a prompt asks for a review: it is no finding, and a number of prompts is no number of children at risk",
    "indicators that were switched on during the period have fewer",
  },
  evidence = { source = "The worklist of the store", standing = { "product" } },
  needs = {},
  unit = "prompts", chart = "none",
  measure = function(m)
    return m:breakdown { of = m:prompts({}):starting(), by = "indicator" }
  end,
  examples = {
    { name = "two of one, one of another, one before the period", from = "2024-04-01", to = "2024-06-30",
      expect = { denominator = 3, lines = { ["plan-drift"] = 2, ["tool-not-used"] = 1 } },
      events = { { "A", "2024-04-08", "note", "childrens-social-care" }, { "B", "2024-04-08", "note", "childrens-social-care" } },
      prompts = { { "A", "plan-drift", "new", "2024-04-01" }, { "B", "plan-drift", "acted-on", "2024-06-30", "2024-07-08" },
                  { "B", "tool-not-used", "dismissed", "2024-05-13", "2024-05-20" },
                  { "A", "tool-not-used", "seen", "2024-03-31", "2024-05-20" } } },
    { name = "no worklist", from = "2024-04-01", to = "2024-06-30", expect = { reason = "no-prompts" },
      events = { { "A", "2024-04-08", "note", "childrens-social-care" } } },
  },
}
