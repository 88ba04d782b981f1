-- A profile shows change only when it is done again.

return {
  id = "graded-care-reviewed", version = "1.0.0", group = "neglect",
  title = "Graded care profiles reviewed",
  definition = "of the graded care profiles whose time of {within} ended in the period, those after which another profile of"
    .. " the child was completed on a later day within {within}, the last day included",
  numerator = "profiles followed by another within {within}",
  denominator = "profiles whose time of {within} ended in the period",
  exclusions = { "a profile whose doubtful day makes a difference" },
  pitfalls = {
    "a profile of another carer of the child counts as a review",
    "where the work has ended a review may not be needed: this figure does not know",
    "no interval is prescribed by the tool: six months is local",
  },
  evidence = { source = "Yearly report of a safeguarding partnership: a profile should be reviewed as part of the work; the"
    .. " interval is local", standing = { "practice", "local" } },
  needs = { any = { "graded-care-completed" } },
  looks_back = { months = 6 },
  unit = "profiles", chart = "xmr",
  params = {
    within = { type = "span", default = { months = 6 }, min = { months = 1 }, max = { months = 24 }, standing = "local",
               doc = "how long a completed profile stands before its review" },
  },
  measure = function(m, p)
    local all = use("neglect-units").profiles(m)
    local due = all:starting(use("windows").due(m, p.within))
    return m:share { of = due:followed(all, { within = p.within, same_day = false }), among = due }
  end,
  examples = {
    -- Six months from 1 October 2023 end on 1 April 2024, from 30 September on 30 March, before the period.
    { name = "on the last day, not yet again, a day late, and due before the period", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 1, denominator = 3 },
      events = { { "A", "2023-10-01", "graded-care-completed", "childrens-social-care" },
                 { "A", "2024-04-01", "graded-care-completed", "childrens-social-care" },
                 { "B", "2024-06-03", "graded-care-completed", "childrens-social-care" },
                 { "B", "2024-12-04", "graded-care-completed", "childrens-social-care" },
                 { "C", "2023-09-30", "graded-care-completed", "childrens-social-care" },
                 { "D", "2024-10-01", "graded-care-completed", "childrens-social-care" } } },
    { name = "two on one day are no review of each other", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 0, denominator = 2 },
      events = { { "A", "2024-06-03", "graded-care-completed", "childrens-social-care" },
                 { "A", "2024-06-03", "graded-care-completed", "health-visiting" } } },
    { name = "reviewed in December", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 0, denominator = 0, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-06-03", "graded-care-completed", "childrens-social-care" },
                 { "A", "2024-12", "graded-care-completed", "childrens-social-care" } } },
  },
}
