-- A child protection plan that goes on and on.

return {
  id = "plan-drift", version = "1.0.0", group = "drift",
  title = "A plan that goes on",
  question = "Was a child protection plan still open at one of its milestones?",
  definition = "a child protection plan still open at the end of the day that lies {milestones} after its start;"
    .. " the highest milestone is named",
  evidence = {
    source = "Length of child protection plans as the national statistics band it; local review milestones",
    standing = { "local", "national-definition" },
  },
  needs = { any = { "cp-plan-start" }, deny = { "cp-plan-start" } },
  params = {
    milestones = {
      type = "list",
      default = { { months = 9 }, { months = 12 }, { months = 15 }, { months = 21 }, { months = 24 } },
      doc = "lengths at which an open plan is named, each longer than the last", standing = "local",
    },
  },
  outcomes = {
    open_past = "A child protection plan (started: {from}) was still open {reached} later.",
  },
  evaluate = function(child, p)
    return child:episodes({ name = "cp-plan" }):open_past { spans = p.milestones, outcome = "open_past" }
  end,
  examples = {
    { name = "open for more than a year", as_of = "2024-12-31", expect = "met", evidence = { 1 }, outcome = "open_past",
      events = { { "2023-10-02", "cp-plan-start", "childrens-social-care", { category = "neglect" } },
                 { "2024-03-01", "cp-review", "childrens-social-care" } } },
    { name = "still open on the very day", as_of = "2024-07-02", expect = "met", evidence = { 1 },
      events = { { "2023-10-02", "cp-plan-start", "childrens-social-care" } } },
    { name = "ended on the day of the milestone", as_of = "2024-12-31", expect = "not-met",
      events = { { "2023-10-02", "cp-plan-start", "childrens-social-care" },
                 { "2024-07-02", "cp-plan-end", "childrens-social-care" } } },
    { name = "a past plan of two years", as_of = "2024-12-31", expect = "met", evidence = { 1, 2 },
      events = { { "2019-01-07", "cp-plan-start", "childrens-social-care" },
                 { "2021-02-15", "cp-plan-end", "childrens-social-care" } } },
    { name = "the month of the start is all that is known", as_of = "2024-12-15", expect = "possible", evidence = { 1 },
      events = { { "2024-03", "cp-plan-start", "childrens-social-care" } } },
    { name = "open for two months", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-11-04", "cp-plan-start", "childrens-social-care" } } },
  },
}
