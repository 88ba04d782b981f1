-- A second or later child protection plan, seen or declared.

return {
  id = "repeat-plan", version = "1.0.0", group = "repeat",
  title = "A second or later child protection plan",
  question = "Is this a second or subsequent child protection plan?",
  definition = "a child protection plan that starts on a later day than an earlier one (how long after: {within};"
    .. " a number of months runs from the earlier plan's end, the anniversary included);"
    .. " or a plan whose start declares earlier plans that the records do not show",
  evidence = {
    source = "Children in need census: second or subsequent child protection plan, ever and within two years",
    standing = { "national-definition" },
  },
  needs = {
    any = { "cp-plan-start" },
    deny = {
      "cp-plan-start.previous_plans",
      { any = { "cp-plan-end" }, when = { within = { "12-months", "24-months" } } },
    },
    held = { "cp-plan-start" },
  },
  params = {
    within = {
      type = "choice", default = "ever", choices = { "ever", "12-months", "24-months" },
      doc = "how long after the earlier plan's end a new plan counts",
    },
  },
  outcomes = {
    again = "A second or later child protection plan: {to} after {from}.",
    soon_again = "A new child protection plan within {within} of the end of the last: {to} after {from}.",
    declared = "The start of a plan ({from}) declares earlier child protection plans that the records do not show.",
  },
  evaluate = function(child, p)
    local starts = child:select { kind = "cp-plan-start" }
    local repeated
    if p.within == "ever" then
      repeated = starts:follows { after = starts, outcome = "again" }
    else
      local months = p.within == "12-months" and 12 or 24
      local ends = child:select { kind = "cp-plan-end" }
      repeated = starts:follows { after = ends, within = { months = months }, outcome = "soon_again" }
    end
    local seen_before = starts:follows { after = starts }
    if repeated.answer == "met" or seen_before.answer == "met" then
      return repeated
    end
    local declaring = child:select { kind = "cp-plan-start", facts = { previous_plans = { min = 1 } } }
    local declared = declaring:at_least { n = 1, outcome = "declared" }
    if p.within ~= "ever" and declared.answer == "met" then
      -- When the declared plan ended is not known, so it may lie within the months.
      declared.answer = "possible"
    end
    return any_of { repeated, declared }
  end,
  examples = {
    { name = "two plans, years apart", as_of = "2024-12-31", expect = "met", evidence = { 1, 3 }, outcome = "again",
      events = { { "2019-02-04", "cp-plan-start", "childrens-social-care" },
                 { "2019-11-20", "cp-plan-end", "childrens-social-care" },
                 { "2024-03-11", "cp-plan-start", "childrens-social-care" } } },
    { name = "one plan", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-03-11", "cp-plan-start", "childrens-social-care", { previous_plans = 0 } } } },
    { name = "which of the two years is not known", as_of = "2024-12-31", expect = "possible", evidence = { 2, 3 },
      params = { within = "24-months" }, outcome = "soon_again",
      events = { { "2020-02-04", "cp-plan-start", "childrens-social-care" },
                 { "2021", "cp-plan-end", "childrens-social-care" },
                 { "2023-06-15", "cp-plan-start", "childrens-social-care" } } },
    { name = "more than 24 months after the end", as_of = "2024-12-31", expect = "not-met",
      params = { within = "24-months" },
      events = { { "2020-02-04", "cp-plan-start", "childrens-social-care" },
                 { "2021-06-14", "cp-plan-end", "childrens-social-care" },
                 { "2023-06-15", "cp-plan-start", "childrens-social-care" } } },
    { name = "within 12 months of the end", as_of = "2024-12-31", expect = "met", evidence = { 2, 3 },
      params = { within = "12-months" }, outcome = "soon_again",
      events = { { "2020-02-04", "cp-plan-start", "childrens-social-care" },
                 { "2023-01-10", "cp-plan-end", "childrens-social-care" },
                 { "2024-01-10", "cp-plan-start", "childrens-social-care" } } },
    { name = "declared, but not seen", as_of = "2024-12-31", expect = "met", evidence = { 1 }, outcome = "declared",
      events = { { "2024-03-11", "cp-plan-start", "childrens-social-care", { previous_plans = 1 } } } },
    { name = "declared; when it ended is not known", as_of = "2024-12-31", expect = "possible", evidence = { 1 },
      params = { within = "12-months" }, outcome = "declared",
      events = { { "2024-03-11", "cp-plan-start", "childrens-social-care", { previous_plans = 2 } } } },
  },
}
