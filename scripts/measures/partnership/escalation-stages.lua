-- How far professional disagreements went.

return {
  id = "escalation-stages", version = "1.0.0", group = "partnership",
  title = "Stages that escalations reached",
  definition = "entries of the period by which a professional disagreement was raised at a stage or moved to one, by that"
    .. " stage; an entry without a stage stands in a line of its own. A disagreement that went from stage 2 to 3 stands in"
    .. " both lines",
  numerator = "entries into that stage", denominator = "entries into any stage in the period",
  exclusions = { "an entry whose day may lie outside the period" },
  pitfalls = {
    "the lines add up to more than the disagreements: these are counted as raised",
    "where only the highest stage is recorded at the end, the stages before it are missing",
    "protocols have three, four or five stages, which do not match",
  },
  evidence = { source = "Yearly report of a safeguarding partnership: 31 escalations, 18 at stage 2, half of them to stage"
    .. " 3, none to stage 4", standing = { "practice" } },
  needs = { any = { "escalation-raised", "escalation-stage" },
            facts = { { "escalation-raised.stage", "escalation-stage.stage" } } },
  unit = "entries", chart = "none",
  measure = function(m)
    local entries = m:rows({ kind = { "escalation-raised", "escalation-stage" }, once = "incident" }):starting()
    return m:breakdown { of = entries, by = "stage", codes = { "1", "2", "3", "4", "5" } }
  end,
  examples = {
    { name = "raised at 2 and moved to 3; raised at 1; no stage told", from = "2024-04-01", to = "2025-03-31",
      expect = { denominator = 4, lines = { ["1"] = 1, ["2"] = 1, ["3"] = 1, ["not-recorded"] = 1 } },
      events = { { "A", "2024-06-03", "escalation-raised", "school", { stage = 2 } },
                 { "A", "2024-06-17", "escalation-stage", "school", { stage = 3 } },
                 { "B", "2024-09-09", "escalation-raised", "health-visiting", { stage = 1 } },
                 { "C", "2025-03-31", "escalation-raised", "police" } } },
    { name = "raised before the period, moved within it", from = "2024-04-01", to = "2025-03-31",
      expect = { denominator = 1, lines = { ["3"] = 1 } },
      events = { { "A", "2024-03-25", "escalation-raised", "school", { stage = 2 } },
                 { "A", "2024-04-08", "escalation-stage", "school", { stage = 3 } } } },
    { name = "moved in the year or after it", from = "2024-04-01", to = "2025-03-31", as_of = "2025-06-30",
      expect = { denominator = 1, lines = { ["2"] = 1 }, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2025-03-24", "escalation-raised", "school", { stage = 2 } },
                 { "A", "2025-03-31/2025-04-02", "escalation-stage", "school", { stage = 3 } } } },
  },
}
