-- Whether the child was seen without the carers.

return {
  id = "child-seen-alone", version = "1.0.0", group = "child-protection",
  title = "Child seen alone at visits on a plan",
  definition = "of the visits of the period by {visits_by} to children on a child protection plan (from its start to the day"
    .. " before its end) whose record says whether the child was seen alone, those at which the child was. Not seen at all"
    .. " is not alone, where the record says no to being seen and nothing about alone",
  numerator = "visits at which the child was seen alone",
  denominator = "visits of which it is recorded whether the child was seen alone, or that the child was not seen",
  exclusions = { "a visit that does not say", "a visit whose day may lie outside the period or the plan" },
  pitfalls = { "a baby cannot be seen alone in the same sense: areas with many young children have a lower share" },
  evidence = { source = "Ofsted Annex A, list 7: was the child seen alone; Standard Safeguarding Dataset, child protection"
    .. " visits",
               standing = { "practice" } },
  unit = "visits", chart = "xmr",
  needs = { all = { "visit", "cp-plan-start", "cp-plan-end" } },
  params = {
    visits_by = { type = "list", default = { "childrens-social-care" }, doc = "agencies whose visits count", standing = "local" },
  },
  measure = function(m, p)
    local visits = use("plan-visits").of_period(m, p.visits_by)
    local alone = visits:where { seen_alone = true }
    local unseen = visits:where { child_seen = false, seen_alone = "not-recorded" }
    return m:share { of = alone, among = alone:union(visits:where { seen_alone = false }):union(unseen) }
  end,
  examples = {
    { name = "alone, with the mother, not at all, and not said", from = "2024-04-01", to = "2024-06-30",
      expect = { numerator = 1, denominator = 3 },
      events = { { "A", "2024-04-08", "cp-plan-start", "childrens-social-care" },
                 { "A", "2024-04-15", "visit", "childrens-social-care", child_seen = true, seen_alone = true },
                 { "A", "2024-04-29", "visit", "childrens-social-care", child_seen = true, seen_alone = false },
                 { "A", "2024-05-13", "visit", "childrens-social-care", child_seen = false },
                 { "A", "2024-05-28", "visit", "childrens-social-care", child_seen = true } } },
    { name = "no plan, no visit of this figure", from = "2024-04-01", to = "2024-06-30",
      expect = { numerator = 0, denominator = 0 },
      events = { { "A", "2024-04-08", "cin-plan-start", "childrens-social-care" },
                 { "A", "2024-04-15", "visit", "childrens-social-care", child_seen = true, seen_alone = true } } },
    { name = "the visit may be of the day on which the plan ended", from = "2024-04-01", to = "2024-06-30",
      expect = { numerator = 0, denominator = 0, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-04-08", "cp-plan-start", "childrens-social-care", ended = "2024-06-17" },
                 { "A", "2024-06-16/2024-06-17", "visit", "childrens-social-care", seen_alone = true } } },
  },
}
