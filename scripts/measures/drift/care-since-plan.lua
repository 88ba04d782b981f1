-- How long children were on a plan before they came into care.

return {
  id = "care-since-plan", version = "1.0.0", group = "drift",
  title = "Time from child protection plan to the entries into care",
  definition = "entries into care of the period that came while a child protection plan of the child was open, or on the day"
    .. " of its end, by calendar months from the start of the plan to the entry; months are counted from the start, the bins"
    .. " are those of the length of plans",
  numerator = "entries after so long", denominator = "entries into care of the period during a plan",
  exclusions = {
    "an entry without an open plan",
    "an entry or plan with a doubtful day",
    "one begun while the child was in care already",
  },
  pitfalls = {
    "by year of the entry: plans that came to no care are not in it. By cohort they are",
    "a plan that was ended the day before the entry is not open any more: such entries are missing",
  },
  evidence = { source = "Reviews: children left too long on a plan, by year of the entry into care",
               standing = { "practice", "product" } },
  needs = { all = { "cp-plan-start", "cp-plan-end", "looked-after-start" } },
  looks_back = { months = 24 },
  unit = "entries", chart = "xmr",
  measure = function(m)
    local stages = use "stages"
    local plans = stages.plans(m)
    return stages.since(m, plans, stages.care(m):during(plans, { last_day = true }))
  end,
  examples = {
    { name = "while it is open, on its last day, and a day later", from = "2024-04-01", to = "2025-03-31",
      expect = { denominator = 2, lengths = { 30, 92 }, lines = { ["3-months-or-less"] = 2 } },
      events = { { "A", "2024-06-03", "cp-plan-start", "childrens-social-care" },
                 { "A", "2024-07-03", "looked-after-start", "childrens-social-care" },
                 { "B", "2024-06-03", "cp-plan-start", "childrens-social-care", ended = "2024-09-03" },
                 { "B", "2024-09-03", "looked-after-start", "childrens-social-care" },
                 { "C", "2024-06-03", "cp-plan-start", "childrens-social-care", ended = "2024-09-03" },
                 { "C", "2024-09-04", "looked-after-start", "childrens-social-care" } } },
    { name = "the plan may have ended before", from = "2024-04-01", to = "2025-03-31",
      expect = { denominator = 0, lengths = {}, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-06-03", "cp-plan-start", "childrens-social-care", episode = "P1" },
                 { "A", "2024-09", "cp-plan-end", "childrens-social-care", episode = "P1" },
                 { "A", "2024-09-16", "looked-after-start", "childrens-social-care" } } },
  },
}
