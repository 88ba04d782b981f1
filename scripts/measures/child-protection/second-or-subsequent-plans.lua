-- Children for whom an earlier plan did not last.

return {
  id = "second-or-subsequent-plans", version = "1.0.0", group = "child-protection",
  title = "Second or subsequent plans",
  definition = "of the child protection plans that started in the period, those of a child with an earlier plan: {within}."
    .. " ever: an earlier plan that started on an earlier day, however long ago, or a start that declares earlier plans."
    .. " 12-months, 24-months: an earlier plan that ended on an earlier day within so many calendar months, the anniversary"
    .. " included; a declared one does not count, because nobody knows when it ended",
  numerator = "plans started by children with an earlier plan", denominator = "plans started in the period",
  exclusions = {
    "a plan whose start may lie outside the period",
    "a plan begun while another of the child was open",
    "a plan with an earlier one that may lie outside the time",
  },
  pitfalls = {
    "without a declared number of earlier plans only those in the record count; a record of six years, as inspectors ask"
      .. " for, is shorter than ever",
    "plans of another authority do not count nationally, and a declared number may hold them",
    "within 12 or 24 months is a local variant: do not set it beside the national figure",
  },
  evidence = { source = "Children in need statistics: second or subsequent child protection plan, however long ago the"
    .. " earlier one",
               standing = { "national-definition" } },
  needs = { any = { "cp-plan-start" } },
  looks_back = { months = 72 },
  unit = "plans", national = "second-or-subsequent-plan", chart = "xmr",
  params = {
    within = { type = "choice", default = "ever", choices = { "ever", "12-months", "24-months" },
               doc = "how long after the earlier plan's end a new plan counts; 12 and 24 months are local variants" },
  },
  measure = function(m, p)
    local plans = m:episodes { name = "cp-plan" }
    local started = plans:starting()
    local again
    if p.within == "ever" then
      again = started:after(plans):union(started:where { facts = { previous_plans = { min = 1 } } })
    else
      again = started:after(plans, { of = "end", within = { months = p.within == "12-months" and 12 or 24 } })
    end
    return m:share { of = again, among = started }
  end,
  examples = {
    { name = "years before, declared only, and never", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 2, denominator = 3 },
      events = { { "A", "2016-02-01", "cp-plan-start", "childrens-social-care", ended = "2016-11-14" },
                 { "A", "2024-05-13", "cp-plan-start", "childrens-social-care" },
                 { "B", "2024-05-13", "cp-plan-start", "childrens-social-care", { previous_plans = 1 } },
                 { "C", "2024-05-13", "cp-plan-start", "childrens-social-care", { previous_plans = 0 } } } },
    { name = "24 months from the end of the first, and a day more", from = "2024-04-01", to = "2025-03-31",
      params = { within = "24-months" }, expect = { numerator = 1, denominator = 2 },
      events = { { "A", "2021-02-01", "cp-plan-start", "childrens-social-care", ended = "2022-05-13" },
                 { "A", "2024-05-13", "cp-plan-start", "childrens-social-care" },
                 { "B", "2021-02-01", "cp-plan-start", "childrens-social-care", ended = "2022-05-12" },
                 { "B", "2024-05-13", "cp-plan-start", "childrens-social-care" } } },
    { name = "within twelve months, and declared", from = "2024-04-01", to = "2025-03-31", params = { within = "12-months" },
      expect = { numerator = 1, denominator = 2 },
      events = { { "A", "2021-02-01", "cp-plan-start", "childrens-social-care", ended = "2023-05-13" },
                 { "A", "2024-05-13", "cp-plan-start", "childrens-social-care" },
                 { "B", "2024-05-13", "cp-plan-start", "childrens-social-care", { previous_plans = 2 } } } },
    { name = "the year in which the first one ended is all that is known", from = "2024-04-01", to = "2025-03-31",
      params = { within = "24-months" }, expect = { numerator = 0, denominator = 0, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2021-02-01", "cp-plan-start", "childrens-social-care", episode = "P1" },
                 { "A", "2022", "cp-plan-end", "childrens-social-care", episode = "P1" },
                 { "A", "2024-05-13", "cp-plan-start", "childrens-social-care", episode = "P2" } } },
    { name = "a second plan while the first is open", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 0, denominator = 1, left_out = { overlapping = 1 } },
      events = { { "A", "2024-05-13", "cp-plan-start", "childrens-social-care", episode = "P1" },
                 { "A", "2024-06-10", "cp-plan-start", "childrens-social-care", episode = "P2" } } },
  },
}
