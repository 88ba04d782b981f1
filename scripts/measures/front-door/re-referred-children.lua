-- Children, each once, who were referred again.

return {
  id = "re-referred-children", version = "1.0.0", group = "front-door",
  title = "Children referred again",
  definition = "of the children with a referral in the period, each once, those whose last referral of the period is a"
    .. " re-referral by {anchor}, as for re-referrals (whose closure: {closure_of}). In a period of up to a year that is, by"
    .. " referral, every child with a re-referral in it",
  numerator = "children whose last referral of the period is a re-referral",
  denominator = "children with a referral in the period",
  exclusions = { "a child whose last referral may lie outside the period, or whose earlier one outside the time before it" },
  pitfalls = {
    "a child referred five times is one child here and five referrals there",
    "a period of more than a year may hold a child whose earlier referral was a repeat and whose last one is none",
  },
  evidence = { source = "Children in need statistics, children re-referred within 12 months of a previous referral",
               standing = { "national-definition" } },
  needs = {
    any = { "referral" },
    when = {
      { any = { "case-closure" }, when = { anchor = { "closure", "closure-183-days" } } },
      { any = { "referral.no_further_action", "referral-outcome.no_further_action", "referral-outcome.outcome" },
        when = { anchor = { "closure-183-days" } } },
    },
  },
  looks_back = { months = 12 },
  unit = "children", chart = "xmr",
  params = {
    closure_of = { type = "choice", default = "own", choices = { "own", "any" }, standing = "product",
                   doc = "whose closure counts: of the case before the referral, or of any earlier case" },
    anchor = { type = "choice", default = "referral", choices = { "referral", "closure", "closure-183-days" },
               doc = "what the time is counted from" },
  },
  measure = function(m, p)
    local children = m:rows({ kind = "referral", once = "incident" }):starting():last_of_child()
    return m:share { of = use("re-referrals").again(m, p, children), among = children }
  end,
  examples = {
    { name = "three referrals of one child, one of another", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 1, denominator = 2 },
      events = { { "A", "2024-05-09", "referral", "childrens-social-care" },
                 { "A", "2024-08-12", "referral", "childrens-social-care" },
                 { "A", "2025-03-03", "referral", "childrens-social-care" },
                 { "B", "2024-05-09", "referral", "childrens-social-care" } } },
    { name = "the earlier one lies before the period", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 1, denominator = 1 },
      events = { { "A", "2024-03-31", "referral", "childrens-social-care" },
                 { "A", "2025-03-31", "referral", "childrens-social-care" } } },
    { name = "a day after the anniversary", from = "2024-04-01", to = "2025-03-31", expect = { numerator = 0, denominator = 1 },
      events = { { "A", "2023-05-09", "referral", "childrens-social-care" },
                 { "A", "2024-05-10", "referral", "childrens-social-care" } } },
    { name = "closed, and referred within 183 days", from = "2024-04-01", to = "2025-03-31",
      params = { anchor = "closure-183-days" }, expect = { numerator = 1, denominator = 1 },
      events = { { "A", "2023-11-06", "referral", "childrens-social-care" },
                 { "A", "2024-01-10", "case-closure", "childrens-social-care" },
                 { "A", "2024-07-11", "referral", "childrens-social-care" } } },
    { name = "the year of the earlier one is all that is known", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 0, denominator = 1, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2023", "referral", "childrens-social-care" },
                 { "A", "2024-05-09", "referral", "childrens-social-care" },
                 { "B", "2024-05-09", "referral", "childrens-social-care" } } },
  },
}
