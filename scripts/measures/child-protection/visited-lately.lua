-- Whether children on a plan have been visited not long ago.

return {
  id = "visited-lately", version = "1.0.0", group = "child-protection",
  title = "Plans visited lately",
  definition = "of the child protection plans open on the last day of the period for more than {every}, those with a visit"
    .. " on one of the days from which {every} lead to that day or beyond it. Visits by {visits_by}; a refused one is none",
  numerator = "plans with a visit in the last {every}", denominator = "plans open on the last day for more than {every}",
  exclusions = {
    "a plan that may have been open for so long on that day or not",
    "a plan begun while another of the child was open",
    "a plan with only a visit whose doubtful day makes a difference",
    "days outside the known bank holidays",
  },
  pitfalls = {
    "it looks at one day: a bank holiday week before it lowers the share",
    "whether the child was seen is another question",
  },
  evidence = { source = "Local procedures for visits on a child protection plan; Ofsted Annex A, list 7: last statutory visit",
               standing = { "local" } },
  needs = { all = { "cp-plan-start", "cp-plan-end", "visit" } },
  unit = "plans", chart = "xmr",
  params = {
    visits_by = { type = "list", default = { "childrens-social-care" }, doc = "agencies whose visits count", standing = "local" },
    every = { type = "span", default = { working_days = 10 }, min = { working_days = 1 }, max = { working_days = 60 },
              doc = "how recent a visit has to be", standing = "local" },
  },
  measure = function(m, p)
    local visits = m:rows({ kind = "visit", agency = p.visits_by }):starting(use("windows").last(m, p.every))
    local plans = m:episodes({ name = "cp-plan" }):open_on(m.to):open_for(m.to):longer_than(p.every)
    return m:share { of = plans:containing(visits, { last_day = true }), among = plans }
  end,
  examples = {
    -- Ten working days lead from Friday 14 June, Saturday 15 and Sunday 16 to Friday 28 June 2024, from Monday 17 to 1 July.
    { name = "on the first day that counts, and the day before it", from = "2024-04-01", to = "2024-06-28",
      expect = { numerator = 1, denominator = 2 },
      events = { { "A", "2024-04-08", "cp-plan-start", "childrens-social-care" },
                 { "A", "2024-06-14", "visit", "childrens-social-care" },
                 { "B", "2024-04-08", "cp-plan-start", "childrens-social-care" },
                 { "B", "2024-06-13", "visit", "childrens-social-care" } } },
    { name = "refused, and by another agency", from = "2024-04-01", to = "2024-06-28",
      expect = { numerator = 0, denominator = 2 },
      events = { { "A", "2024-04-08", "cp-plan-start", "childrens-social-care" },
                 { "A", "2024-06-24", "visit-no-access", "childrens-social-care" },
                 { "B", "2024-04-08", "cp-plan-start", "childrens-social-care" },
                 { "B", "2024-06-24", "visit", "health-visiting" } } },
    { name = "some day in June", from = "2024-04-01", to = "2024-06-28", as_of = "2024-09-30",
      expect = { numerator = 0, denominator = 0, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-04-08", "cp-plan-start", "childrens-social-care" },
                 { "A", "2024-06", "visit", "childrens-social-care" } } },
  },
}
