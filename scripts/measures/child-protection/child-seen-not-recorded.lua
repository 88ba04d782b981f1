-- How many visits do not say whether the child was seen.

return {
  id = "child-seen-not-recorded", version = "1.0.0", group = "child-protection",
  title = "Visits that do not say whether the child was seen",
  definition = "of the visits of the period by {visits_by} to children on a child protection plan (from its start to the day"
    .. " before its end), those whose record does not say whether the child was seen",
  numerator = "visits that do not say", denominator = "visits of the period to children on a plan",
  exclusions = { "a visit whose day may lie outside the period or the plan" },
  pitfalls = { "it says nothing about whether the child was seen: it says how far the share of those seen can be relied on" },
  evidence = { source = "What is not recorded is told beside what is", standing = { "product" } },
  needs = { all = { "cp-plan-start", "cp-plan-end", "visit" } },
  chart = "xmr", unit = "visits",
  params = {
    visits_by = { type = "list", default = { "childrens-social-care" }, doc = "agencies whose visits count", standing = "local" },
  },
  measure = function(m, p)
    local visits = use("plan-visits").of_period(m, p.visits_by)
    return m:share { of = visits:where { child_seen = "not-recorded" }, among = visits }
  end,
  examples = {
    { name = "two of four", from = "2024-04-01", to = "2024-06-30", expect = { numerator = 2, denominator = 4 },
      events = { { "A", "2024-04-08", "cp-plan-start", "childrens-social-care" },
                 { "A", "2024-04-15", "visit", "childrens-social-care", child_seen = true },
                 { "A", "2024-04-29", "visit", "childrens-social-care", child_seen = false },
                 { "A", "2024-05-13", "visit", "childrens-social-care" },
                 { "A", "2024-06-30", "visit", "childrens-social-care", seen_alone = true } } },
    { name = "after the period, and after the plan", from = "2024-04-01", to = "2024-06-30", as_of = "2024-09-30",
      expect = { numerator = 0, denominator = 0 },
      events = { { "A", "2024-04-08", "cp-plan-start", "childrens-social-care", ended = "2024-06-17" },
                 { "A", "2024-06-24", "visit", "childrens-social-care" },
                 { "B", "2024-04-08", "cp-plan-start", "childrens-social-care" },
                 { "B", "2024-07-01", "visit", "childrens-social-care" } } },
    { name = "in the quarter or before it", from = "2024-04-01", to = "2024-06-30",
      expect = { numerator = 0, denominator = 0, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-02-05", "cp-plan-start", "childrens-social-care" },
                 { "A", "2024-03-31/2024-04-01", "visit", "childrens-social-care" } } },
  },
}
