-- Whether review conferences came when they were due.

return {
  id = "plans-reviewed-in-time", version = "1.0.0", group = "child-protection",
  title = "Plans reviewed in time",
  definition = "of the child protection plans open on the last day of the period for more than {first}, those whose reviews"
    .. " all came in time: the first review conference within {first} of the start of the plan, each further one within"
    .. " {further} of the one before, and the last of them no longer than {further} before that day. The start and each"
    .. " review are day 0, the anniversary is in time; a review on the day of the start is none",
  numerator = "plans with every review in time", denominator = "plans open on the last day for more than {first}",
  exclusions = {
    "a plan that may have been open for so long on that day or not",
    "a plan begun while another of the child was open",
    "a plan with a review whose doubtful day makes a difference",
  },
  pitfalls = {
    "a return that holds only the latest review, as Annex A does, cannot tell",
    "a review held and never typed in counts as missed",
    "reviews do not say which plan they belong to: one inside the plan's days is one of it",
  },
  evidence = { source = "Children in need statistics: plans at 31 March open for more than three months, reviewed within the"
    .. " required timescales; Working Together to Safeguard Children: after three months, then every six",
    standing = { "statutory", "national-definition" } },
  needs = { all = { "cp-plan-start", "cp-plan-end", "cp-review" } },
  looks_back = { months = 24 },
  unit = "plans", national = "reviewed-in-timescale", chart = "xmr",
  params = {
    first = { type = "span", default = { months = 3 }, min = { days = 28 }, max = { months = 12 }, standing = "statutory",
              doc = "time from the start of the plan to its first review" },
    further = { type = "span", default = { months = 6 }, min = { months = 1 }, max = { months = 24 }, standing = "statutory",
                doc = "longest time from one review to the next" },
  },
  measure = function(m, p)
    local open = m:episodes({ name = "cp-plan" }):open_on(m.to)
    local due = open:open_for(m.to):longer_than(p.first)
    return m:share { of = due:kept_up(m:rows { kind = "cp-review" },
    { first = p.first, every = p.further, on = m.to }), among = due }
  end,
  examples = {
    { name = "on the anniversaries, and a day late", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 1, denominator = 3 },
      events = { { "A", "2024-07-01", "cp-plan-start", "childrens-social-care" },
                 { "A", "2024-10-01", "cp-review", "childrens-social-care" },
                 { "A", "2025-03-31", "cp-review", "childrens-social-care" },
                 { "B", "2024-07-01", "cp-plan-start", "childrens-social-care" },
                 { "B", "2024-10-02", "cp-review", "childrens-social-care" },
                 { "C", "2024-06-03", "cp-plan-start", "childrens-social-care" },
                 { "C", "2024-09-02", "cp-review", "childrens-social-care" },
                 { "C", "2025-03-03", "cp-review", "childrens-social-care" } } },
    { name = "three months on the day is not more", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 0, denominator = 1 },
      events = { { "A", "2024-12-31", "cp-plan-start", "childrens-social-care" },
                 { "B", "2024-12-30", "cp-plan-start", "childrens-social-care" } } },
    { name = "a review on the first day is none, and six months without one", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 0, denominator = 2 },
      events = { { "A", "2024-11-04", "cp-plan-start", "childrens-social-care" },
                 { "A", "2024-11-04", "cp-review", "childrens-social-care" },
                 { "B", "2024-06-03", "cp-plan-start", "childrens-social-care" },
                 { "B", "2024-09-02", "cp-review", "childrens-social-care" } } },
    { name = "the review is of October", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 0, denominator = 0, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-07-01", "cp-plan-start", "childrens-social-care" },
                 { "A", "2024-10", "cp-review", "childrens-social-care" } } },
  },
}
