-- Early help that goes on while the concerns do too.

return {
  id = "early-help-drift", version = "1.0.0", group = "drift",
  title = "Early help that drifts",
  question = "Was early help open for months while concerns went on and nothing was stepped up?",
  definition = "{concerns} or more concerns in {over} of one early help episode, in which nothing was stepped up: none of"
    .. " these entries ({steps}), and a level of response that stayed at early help. A referral that ended in no further"
    .. " action steps nothing up; no referral counts as a concern. Also, where asked for ({lead}): early help open for {over}"
    .. " without a lead professional on record since it began",
  evidence = {
    source = "Joint targeted area inspection of Bedford 2023, main finding 28: help kept at the early help level too long when"
      .. " nothing improved, no lead professional; the numbers are set by this product",
    standing = { "practice", "product" },
  },
  needs = {
    all = { "early-help-start", "early-help-end" },
    deny = {
      "early-help-start", "early-help-end", "referral", { any = use("concern-kinds").noticed },
      { any = { "taf-meeting.lead_professional", "multi-agency-meeting.lead_professional" }, when = { lead = true } },
    },
    held = { "early-help-start" },
  },
  params = {
    over = { type = "span", default = { months = 6 }, min = { months = 1 }, max = { months = 36 }, standing = "product",
             doc = "how long early help was open" },
    concerns = { type = "count", default = 3, min = 1, max = 100, standing = "product",
                 doc = "concerns meanwhile, each incident once" },
    steps = { type = "list", default = { "referral", "step-up" }, standing = "product",
              doc = "entries that step a case up" },
    lead = { type = "flag", default = true, standing = "practice", doc = "whether a missing lead professional is told" },
  },
  outcomes = {
    drift = "In early help, {count} concerns came in {over} after {from}, and nothing was stepped up.",
    no_lead = "Early help that began on {from} had no lead professional on record within {over}.",
  },
  evaluate = function(child, p)
    local answers, rows, found = use "answers", use "rows", {}
    local early_help = child:episodes { name = "early-help" }
    if early_help:count() > 0 and not rows.told(child, { "early-help-end" }) then
      return { answer = "not-assessed", reason = "no-data" }
    end
    if rows.told(child, { "referral" }) then
      local refused = child:select { kind = "referral", facts = { no_further_action = true } }
      local steps = child:select({ kind = p.steps }):minus(refused)
      table.insert(found, steps:absent {
        over = p.over, during = early_help, others = use("concerns").incidents(child),
        n = p.concerns, level_at_most = 2, outcome = "drift",
      })
    end
    if p.lead and (rows.told(child, { "taf-meeting.lead_professional" })
                   or rows.told(child, { "multi-agency-meeting.lead_professional" })) then
      local meetings = child:select { kind = { "taf-meeting", "multi-agency-meeting" } }
      local ends = child:select { kind = "early-help-end" }
      table.insert(found, child:select({ kind = "early-help-start" }):unanswered {
        by = rows.with_fact(meetings, "lead_professional"):union(ends), within = p.over, outcome = "no_lead",
      })
    end
    return answers.any(found)
  end,
  examples = {
    -- Six months after 15 January 2024 end on 15 July.
    { name = "three concerns in six months", as_of = "2024-09-30", expect = "met", evidence = { 1, 3, 4, 5 },
      outcome = "drift",
      events = { { "2024-01-15", "early-help-start", "early-help", episode = "E1" },
                 { "2024-02-05", "taf-meeting", "early-help", { lead_professional = "FW1" } },
                 { "2024-03-04", "hunger-concern", "school" },
                 { "2024-05-13", "hygiene-concern", "school" },
                 { "2024-06-17", "police-incident", "police" } } },
    { name = "the last of the six months is not over", as_of = "2024-07-15", expect = "not-met",
      events = { { "2024-01-15", "early-help-start", "early-help", episode = "E1" },
                 { "2024-02-05", "taf-meeting", "early-help", { lead_professional = "FW1" } },
                 { "2024-03-04", "hunger-concern", "school" },
                 { "2024-05-13", "hygiene-concern", "school" },
                 { "2024-06-17", "police-incident", "police" } } },
    { name = "a referral was accepted", as_of = "2024-09-30", expect = "not-met",
      events = { { "2024-01-15", "early-help-start", "early-help", episode = "E1" },
                 { "2024-02-05", "taf-meeting", "early-help", { lead_professional = "FW1" } },
                 { "2024-03-04", "hunger-concern", "school" },
                 { "2024-05-13", "hygiene-concern", "school" },
                 { "2024-06-17", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2024-06-18", "police-incident", "police" } } },
    { name = "the referral was refused", as_of = "2024-09-30", expect = "met", evidence = { 1, 3, 4, 5 }, outcome = "drift",
      events = { { "2024-01-15", "early-help-start", "early-help", episode = "E1" },
                 { "2024-02-05", "taf-meeting", "early-help", { lead_professional = "FW1" } },
                 { "2024-03-04", "hunger-concern", "school" },
                 { "2024-05-13", "hygiene-concern", "school" },
                 { "2024-06-17", "police-incident", "police" },
                 { "2024-06-18", "referral", "childrens-social-care", { no_further_action = true } } } },
    { name = "two concerns", as_of = "2024-09-30", expect = "not-met",
      events = { { "2024-01-15", "early-help-start", "early-help", episode = "E1" },
                 { "2024-02-05", "taf-meeting", "early-help", { lead_professional = "FW1" } },
                 { "2024-03-04", "hunger-concern", "school" },
                 { "2024-05-13", "hygiene-concern", "school" } } },
    { name = "closed before", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-01-15", "early-help-start", "early-help", episode = "E1" },
                 { "2024-03-04", "hunger-concern", "school" },
                 { "2024-05-13", "hygiene-concern", "school" },
                 { "2024-06-17", "police-incident", "police" },
                 { "2024-07-15", "early-help-end", "early-help", episode = "E1" } } },
    { name = "nobody leads", as_of = "2024-07-16", expect = "met", evidence = { 1 }, outcome = "no_lead",
      events = { { "2024-01-15", "early-help-start", "early-help", episode = "E1" },
                 { "2024-03-04", "taf-meeting", "early-help" } } },
    { name = "nobody leads, and nobody asks", as_of = "2024-07-16", expect = "not-met", params = { lead = false },
      events = { { "2024-01-15", "early-help-start", "early-help", episode = "E1" },
                 { "2024-03-04", "taf-meeting", "early-help" } } },
    { name = "early help began some day in January", as_of = "2024-07-20", expect = "possible",
      evidence = { 1, 3, 4, 5 }, outcome = "drift",
      events = { { "2024-01", "early-help-start", "early-help", episode = "E1" },
                 { "2024-02-05", "taf-meeting", "early-help", { lead_professional = "FW1" } },
                 { "2024-03-04", "hunger-concern", "school" },
                 { "2024-05-13", "hygiene-concern", "school" },
                 { "2024-06-17", "police-incident", "police" } } },
  },
}
