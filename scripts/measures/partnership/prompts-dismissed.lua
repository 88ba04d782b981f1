-- Prompts that somebody looked at and set aside.

return {
  id = "prompts-dismissed", version = "1.0.0", group = "partnership",
  title = "Prompts dismissed",
  definition = "of the prompts that came onto the worklist in the period, those whose latest state is dismissed",
  numerator = "prompts dismissed", denominator = "prompts that came in the period",
  exclusions = {},
  pitfalls = {
    "dismissed with good reason is what a worklist is for",
    "an indicator of which most are dismissed may have the wrong numbers: look at its parameters",
  },
  evidence = { source = "The worklist of the store", standing = { "product" } },
  needs = {},
  unit = "prompts", chart = "xmr",
  measure = function(m)
    return m:share { of = m:prompts({ state = "dismissed" }):starting(), among = m:prompts({}):starting() }
  end,
  examples = {
    { name = "one of two", from = "2024-04-01", to = "2024-06-30", expect = { numerator = 1, denominator = 2 },
      events = { { "A", "2024-04-08", "note", "childrens-social-care" } },
      prompts = { { "A", "plan-drift", "seen", "2024-04-01", "2024-04-15" },
                  { "A", "tool-not-used", "dismissed", "2024-05-13", "2024-05-20" } } },
    { name = "a worklist with nothing of the period", from = "2024-04-01", to = "2024-06-30",
      expect = { numerator = 0, denominator = 0 },
      events = { { "A", "2024-04-08", "note", "childrens-social-care" } },
      prompts = { { "A", "plan-drift", "dismissed", "2024-03-31", "2024-04-15" } } },
  },
}
