-- Professional disagreements that went to the top: rare, so each one is an event of its own.

return {
  id = "escalations-at-high-stage", version = "1.0.0", group = "partnership",
  title = "Escalations at a high stage",
  definition = "entries of the period by which a professional disagreement was raised at stage {stage} or above, or moved"
    .. " there; one that several agencies tell, tied by an incident, once",
  numerator = "entries into stage {stage} or above", denominator = "",
  exclusions = { "an entry without a stage", "an entry whose day may lie outside the period" },
  pitfalls = { "one that went through two high stages counts at each", "stages of different protocols do not match" },
  evidence = { source = "Yearly report of a safeguarding partnership: escalations at stage 3, none at stage 4",
               standing = { "practice", "local" } },
  needs = { any = { "escalation-raised", "escalation-stage" },
            facts = { { "escalation-raised.stage", "escalation-stage.stage" } } },
  unit = "entries", chart = "g",
  params = {
    stage = { type = "count", default = 3, min = 1, max = 5, doc = "the lowest stage that is high", standing = "local" },
  },
  measure = function(m, p)
    local entries = m:rows { kind = { "escalation-raised", "escalation-stage" }, facts = { stage = { min = p.stage } },
                             once = "incident" }
    return m:count { of = entries:starting() }
  end,
  examples = {
    { name = "moved to 3 and to 4, raised at 3, raised at 2", from = "2024-04-01", to = "2025-03-31", expect = { numerator = 3 },
      events = { { "A", "2024-06-03", "escalation-raised", "school", { stage = 2 } },
                 { "A", "2024-06-17", "escalation-stage", "school", { stage = 3 } },
                 { "A", "2024-07-01", "escalation-stage", "school", { stage = 4 } },
                 { "B", "2024-09-09", "escalation-raised", "health-visiting", { stage = 3 } } } },
    { name = "no stage, and stage 4 only", from = "2024-04-01", to = "2025-03-31", params = { stage = 4 },
      expect = { numerator = 1 },
      events = { { "A", "2024-06-03", "escalation-raised", "school" },
                 { "B", "2024-06-17", "escalation-stage", "school", { stage = 3 } },
                 { "C", "2024-07-01", "escalation-stage", "school", { stage = 4 } } } },
    { name = "told by both sides, and on a doubtful day", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 1, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-06-17", "escalation-stage", "school", { stage = 3 }, incident = "I1" },
                 { "A", "2024-06-17", "escalation-stage", "childrens-social-care", { stage = 3 }, incident = "I1" },
                 { "B", "2024-03-25/2024-04-05", "escalation-raised", "school", { stage = 3 } } } },
  },
}
