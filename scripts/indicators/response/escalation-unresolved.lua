-- A professional disagreement that was raised and not resolved.

return {
  id = "escalation-unresolved", version = "1.0.0", group = "response",
  title = "A disagreement that is not resolved",
  question = "Was a professional disagreement raised and not resolved in time, or stuck at a stage?",
  definition = "a professional disagreement raised and not resolved by the end of the day that lies {within} after;"
    .. " each stage that is raised counts from its own day",
  evidence = {
    source = "A safeguarding partnership's year: every disagreement at stage 3 was resolved within nine working days;"
      .. " local escalation protocols",
    standing = { "local" },
  },
  needs = {
    any = { "escalation-raised" },
    deny = { "escalation-raised" },
    held = { "escalation-raised" },
  },
  params = {
    within = { type = "span", default = { working_days = 9 }, min = { working_days = 1 }, max = { working_days = 120 },
               doc = "time to resolve a disagreement" },
  },
  outcomes = {
    unresolved = "A disagreement raised {from} was not resolved within {within} ({late} beyond it).",
  },
  evaluate = function(child, p)
    local resolved = child:select { kind = "escalation-resolved" }
    local raised = child:select { kind = "escalation-raised" }
    return raised:unanswered { by = resolved, within = p.within, outcome = "unresolved" }
  end,
  examples = {
    -- Nine working days after Monday 3 June 2024 end on Friday 14 June.
    { name = "resolved on the ninth working day", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-06-03", "escalation-raised", "school", { stage = 2 }, episode = "E1" },
                 { "2024-06-14", "escalation-resolved", "school", { stage = 2 }, episode = "E1" } } },
    { name = "resolved a working day late", as_of = "2024-12-31", expect = "met", evidence = { 1, 2 }, outcome = "unresolved",
      events = { { "2024-06-03", "escalation-raised", "school", { stage = 2 }, episode = "E1" },
                 { "2024-06-17", "escalation-resolved", "school", { stage = 2 }, episode = "E1" } } },
    { name = "raised and heard of no more", as_of = "2024-06-17", expect = "met", evidence = { 1 },
      events = { { "2024-06-03", "escalation-raised", "school", { stage = 2 } } } },
    { name = "the last day is not over", as_of = "2024-06-14", expect = "not-met",
      events = { { "2024-06-03", "escalation-raised", "school", { stage = 2 } } } },
    { name = "it may have been resolved in time", as_of = "2024-12-31", expect = "possible", evidence = { 1, 2 },
      events = { { "2024-06-03", "escalation-raised", "school", { stage = 2 } },
                 { "2024-06", "escalation-resolved", "school", { stage = 2 } } } },
  },
}
