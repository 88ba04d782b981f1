-- How long professional disagreements took.

return {
  id = "escalation-days", version = "1.0.0", group = "partnership",
  title = "Days to resolve an escalation",
  definition = "professional disagreements resolved in the period, by calendar days from the day they were raised to the day"
    .. " they were resolved: the day they were raised is day 0",
  numerator = "disagreements resolved in so many days", denominator = "disagreements resolved in the period",
  exclusions = {
    "one resolved and never raised, or raised after it was resolved",
    "one with a doubtful day",
    "one raised while another was open and nothing tells them apart",
  },
  pitfalls = {
    "those still open are not in it: the longest are missing until they are resolved",
    "two disagreements about one child at the same time cannot be told apart without an episode",
  },
  evidence = { source = "Yearly report of a safeguarding partnership: how resolution of escalations has progressed; the bins"
    .. " are ours",
               standing = { "practice", "product" } },
  needs = { all = { "escalation-raised", "escalation-resolved" } },
  unit = "escalations", chart = "xmr",
  measure = function(m)
    return m:times { of = m:episodes({ name = "escalation" }):ending():lasting(), count = "days", edges = use("lags").bins }
  end,
  examples = {
    { name = "on the day, in a week, in eight days", from = "2024-04-01", to = "2025-03-31",
      expect = { denominator = 3, lengths = { 0, 7, 8 }, lines = { ["same-day"] = 1, ["1-7"] = 1, ["8-30"] = 1 } },
      events = { { "A", "2024-06-03", "escalation-raised", "school", ended = "2024-06-03" },
                 { "B", "2024-06-03", "escalation-raised", "school", ended = "2024-06-10" },
                 { "C", "2024-06-03", "escalation-raised", "school", ended = "2024-06-11" },
                 { "D", "2024-06-03", "escalation-raised", "school" } } },
    { name = "resolved and never raised, and on a doubtful day", from = "2024-04-01", to = "2025-03-31",
      expect = { denominator = 0, lengths = {}, left_out = { ["no-start"] = 1, ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-06-10", "escalation-resolved", "school" },
                 { "B", "2024-06-03", "escalation-raised", "school", episode = "E1" },
                 { "B", "2024-07", "escalation-resolved", "school", episode = "E1" } } },
  },
}
