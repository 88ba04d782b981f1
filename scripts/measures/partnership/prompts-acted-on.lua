-- Prompts after which somebody did something.

return {
  id = "prompts-acted-on", version = "1.0.0", group = "partnership",
  title = "Prompts acted on",
  definition = "of the prompts that came onto the worklist in the period, those whose latest state is acted on",
  numerator = "prompts acted on", denominator = "prompts that came in the period",
  exclusions = {},
  pitfalls = { "prompts of the last weeks have had less time", "what was done is in the record, or nowhere" },
  evidence = { source = "The worklist of the store", standing = { "product" } },
  needs = {},
  unit = "prompts", chart = "xmr",
  measure = function(m)
    return m:share { of = m:prompts({ state = "acted-on" }):starting(), among = m:prompts({}):starting() }
  end,
  examples = {
    { name = "one of three", from = "2024-04-01", to = "2024-06-30", expect = { numerator = 1, denominator = 3 },
      events = { { "A", "2024-04-08", "note", "childrens-social-care" }, { "B", "2024-04-08", "note", "childrens-social-care" } },
      prompts = { { "A", "plan-drift", "acted-on", "2024-04-01", "2024-04-15" }, { "B", "plan-drift", "new", "2024-06-30" },
                  { "B", "tool-not-used", "dismissed", "2024-05-13", "2024-05-20" },
                  { "A", "tool-not-used", "acted-on", "2024-03-31", "2024-05-20" } } },
    { name = "no worklist", from = "2024-04-01", to = "2024-06-30", expect = { reason = "no-prompts" },
      events = { { "A", "2024-04-08", "note", "childrens-social-care" } } },
  },
}
