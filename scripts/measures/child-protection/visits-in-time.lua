-- Whether visits to children on a plan came as often as agreed, all through their plan.

return {
  id = "visits-in-time", version = "1.0.0", group = "child-protection",
  title = "Plans with every visit in time",
  definition = "of the child protection plans open on the last day of the period for more than {every}, those without a gap:"
    .. " from the start of the plan to its first visit, from each visit to the next, and from the last to that day there are"
    .. " no more than {every}. Visits by {visits_by}; one on the day of the start counts, a refused one does not. Weekends"
    .. " and bank holidays are no working days",
  numerator = "plans with every visit in time", denominator = "plans open on the last day for more than {every}",
  exclusions = {
    "a plan that may have been open for so long on that day or not",
    "a plan begun while another of the child was open",
    "a plan with a visit whose doubtful day makes a difference",
    "days outside the known bank holidays",
  },
  pitfalls = {
    "one late visit in two years counts as much as none at all: see the share visited lately beside it",
    "how often is a local matter: ten working days here, fifteen elsewhere, four weeks at the least in others",
    "whether the child was seen is another question",
    "a return that holds only the latest visit, as Annex A does, cannot tell",
  },
  evidence = { source = "Local procedures for visits on a child protection plan", standing = { "local" } },
  needs = { all = { "cp-plan-start", "cp-plan-end", "visit" } },
  looks_back = { months = 24 },
  unit = "plans", chart = "xmr",
  params = {
    every = { type = "span", default = { working_days = 10 }, min = { working_days = 1 }, max = { working_days = 60 },
              doc = "longest time without a visit on a child protection plan", standing = "local" },
    visits_by = { type = "list", default = { "childrens-social-care" }, doc = "agencies whose visits count", standing = "local" },
  },
  measure = function(m, p)
    local visits = m:rows { kind = "visit", agency = p.visits_by }
    local plans = m:episodes({ name = "cp-plan" }):open_on(m.to):open_for(m.to):longer_than(p.every)
    return m:share { of = plans:kept_up(visits, { first = p.every, every = p.every, on = m.to, same_day = true }), among = plans }
  end,
  examples = {
    -- From Monday 3 June 2024 ten working days end on 17 June; from 17 June on 1 July.
    { name = "on the tenth working day, twice; then on the eleventh", from = "2024-04-01", to = "2024-06-30",
      expect = { numerator = 1, denominator = 2 },
      events = { { "A", "2024-06-03", "cp-plan-start", "childrens-social-care" },
                 { "A", "2024-06-17", "visit", "childrens-social-care" },
                 { "B", "2024-06-03", "cp-plan-start", "childrens-social-care" },
                 { "B", "2024-06-18", "visit", "childrens-social-care" } } },
    { name = "visited by the school, and not visited for a fortnight and a day", from = "2024-04-01", to = "2024-07-02",
      expect = { numerator = 0, denominator = 2 },
      events = { { "A", "2024-06-17", "cp-plan-start", "childrens-social-care" },
                 { "A", "2024-06-24", "visit", "school" },
                 { "B", "2024-06-03", "cp-plan-start", "childrens-social-care" },
                 { "B", "2024-06-03", "visit", "childrens-social-care" },
                 { "B", "2024-06-17", "visit", "childrens-social-care" } } },
    { name = "not yet open for more than ten working days", from = "2024-04-01", to = "2024-07-01",
      expect = { numerator = 0, denominator = 0 },
      events = { { "A", "2024-06-17", "cp-plan-start", "childrens-social-care" } } },
    -- The tenth working day is 17 June: a visit of the 17th is in time, one of the 18th is not.
    { name = "the first visit is of the 17th or 18th", from = "2024-04-01", to = "2024-06-28",
      expect = { numerator = 0, denominator = 0, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-06-03", "cp-plan-start", "childrens-social-care" },
                 { "A", "2024-06-17/2024-06-18", "visit", "childrens-social-care" } } },
  },
}
