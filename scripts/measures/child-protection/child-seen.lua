-- Whether the child was seen at visits on a plan.

return {
  id = "child-seen", version = "1.0.0", group = "child-protection",
  title = "Child seen at visits on a plan",
  definition = "of the visits of the period by {visits_by} to children on a child protection plan (from its start to the day"
    .. " before its end) whose record says whether the child was seen, those at which the child was",
  numerator = "visits at which the child was seen", denominator = "visits of which it is recorded whether the child was seen",
  exclusions = {
    "a visit that does not say: how many that are is a figure of its own",
    "a visit whose day may lie outside the period or the plan",
  },
  pitfalls = { "where only a yes can be ticked, what is not recorded holds the visits at which the child was not seen" },
  evidence = { source = "Reviews of practice: children not seen; Standard Safeguarding Dataset, child protection visits",
               standing = { "practice" } },
  needs = { all = { "visit", "cp-plan-start", "cp-plan-end" } },
  unit = "visits", chart = "xmr",
  params = {
    visits_by = { type = "list", default = { "childrens-social-care" }, doc = "agencies whose visits count", standing = "local" },
  },
  measure = function(m, p)
    local visits = use("plan-visits").of_period(m, p.visits_by)
    local seen = visits:where { child_seen = true }
    return m:share { of = seen, among = seen:union(visits:where { child_seen = false }) }
  end,
  examples = {
    { name = "seen, not seen, and not said", from = "2024-04-01", to = "2024-06-30", expect = { numerator = 2, denominator = 3 },
      events = { { "A", "2024-04-08", "cp-plan-start", "childrens-social-care" },
                 { "A", "2024-04-08", "visit", "childrens-social-care", child_seen = true },
                 { "A", "2024-04-22", "visit", "childrens-social-care", child_seen = true },
                 { "A", "2024-05-07", "visit", "childrens-social-care", child_seen = false },
                 { "A", "2024-05-20", "visit", "childrens-social-care" } } },
    { name = "before the plan, on its last day, and by the school", from = "2024-04-01", to = "2024-06-30",
      expect = { numerator = 0, denominator = 0 },
      events = { { "A", "2024-04-08", "cp-plan-start", "childrens-social-care", ended = "2024-06-17" },
                 { "A", "2024-04-07", "visit", "childrens-social-care", child_seen = true },
                 { "A", "2024-06-17", "visit", "childrens-social-care", child_seen = true },
                 { "A", "2024-05-20", "visit", "school", child_seen = true } } },
    { name = "the visit may be of the day before the plan", from = "2024-04-01", to = "2024-06-30",
      expect = { numerator = 0, denominator = 0, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-04-08", "cp-plan-start", "childrens-social-care" },
                 { "A", "2024-04-07/2024-04-08", "visit", "childrens-social-care", child_seen = true } } },
  },
}
