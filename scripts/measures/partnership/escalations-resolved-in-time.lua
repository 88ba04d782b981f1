-- What reached a stage with a clock of its own.

return {
  id = "escalations-resolved-in-time", version = "1.0.0", group = "partnership",
  title = "Escalations at stage 3, resolved in time",
  definition = "professional disagreements raised at stage {stage} or moved to it, and resolved in the period, by working"
    .. " days from the entry into the stage to the first resolution of a disagreement of the child on or after it: the day"
    .. " of the entry is day 0, weekends and bank holidays are left out",
  numerator = "resolved within {limit} working days of reaching stage {stage}",
  denominator = "entries into stage {stage} resolved in the period",
  exclusions = { "an entry or resolution with a doubtful day, or outside the known bank holidays" },
  pitfalls = {
    "those still unresolved are not in it",
    "nine working days is what one area saw, not a rule",
    "two disagreements about one child at the same time share the first resolution",
  },
  evidence = { source = "Yearly report of a safeguarding partnership: all escalations at stage 3 resolved within nine"
    .. " working days",
               standing = { "local" } },
  needs = { all = { "escalation-resolved" }, any = { "escalation-raised", "escalation-stage" },
            facts = { { "escalation-raised.stage", "escalation-stage.stage" } } },
  looks_back = { months = 12 },
  unit = "escalations", chart = "xmr",
  params = {
    stage = { type = "count", default = 3, min = 1, max = 5, doc = "the stage that is looked at", standing = "local" },
    limit = { type = "count", default = 9, min = 1, max = 250, doc = "working days that are in time", standing = "local" },
  },
  measure = function(m, p)
    local entries = m:rows { kind = { "escalation-raised", "escalation-stage" }, facts = { stage = p.stage }, once = "incident" }
    local waits = entries:until_first(m:rows { kind = "escalation-resolved" })
    return m:times { of = waits:ending(), count = "working-days", within = p.limit,
                     edges = { { name = "0-5", to = 5 }, { name = "6-9", to = 9 }, { name = "10-20", to = 20 },
                               { name = "21-or-more" } } }
  end,
  examples = {
    -- From Monday 3 June 2024, nine working days end on Friday 14 June.
    { name = "on the ninth working day, on the tenth, and not yet", from = "2024-04-01", to = "2024-06-30",
      expect = { numerator = 1, denominator = 2, lengths = { 9, 10 }, lines = { ["6-9"] = 1, ["10-20"] = 1 } },
      events = { { "A", "2024-05-20", "escalation-raised", "school", { stage = 2 } },
                 { "A", "2024-06-03", "escalation-stage", "school", { stage = 3 } },
                 { "A", "2024-06-14", "escalation-resolved", "school", { stage = 3 } },
                 { "B", "2024-06-03", "escalation-raised", "school", { stage = 3 } },
                 { "B", "2024-06-17", "escalation-resolved", "school", { stage = 3 } },
                 { "C", "2024-06-03", "escalation-raised", "school", { stage = 3 } } } },
    { name = "resolved at stage 2", from = "2024-04-01", to = "2024-06-30",
      expect = { numerator = 0, denominator = 0, lengths = {} },
      events = { { "A", "2024-06-03", "escalation-raised", "school", { stage = 2 } },
                 { "A", "2024-06-05", "escalation-resolved", "school", { stage = 2 } } } },
    { name = "resolved on the ninth working day or the tenth", from = "2024-04-01", to = "2024-06-30",
      expect = { numerator = 0, denominator = 0, lengths = {}, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-06-03", "escalation-raised", "school", { stage = 3 }, episode = "E1" },
                 { "A", "2024-06-14/2024-06-17", "escalation-resolved", "school", episode = "E1" } } },
  },
}
