-- Referrals of children who were referred not long before.

return {
  id = "re-referral", version = "1.0.0", group = "front-door",
  title = "Re-referrals",
  definition = "of the referrals with a day in the period, those before which another of the same child lies: by {anchor}."
    .. " referral: an earlier referral from the day 12 calendar months before, which counts, up to the day before; two on"
    .. " one day are no repeat. closure: the closing of a case in those same 12 months. closure-183-days: the closing of a"
    .. " case, or no further action, from 183 days before up to the day before. Whose closure: {closure_of} (own: only that"
    .. " of the case which began last before the referral; any: that of any earlier case). No further action that has no day"
    .. " of its own counts on the day of its referral",
  numerator = "referrals with another one, or its end, in the time before", denominator = "referrals in the period",
  exclusions = {
    "a referral whose day may lie outside the period",
    "one with an earlier referral or end that may lie outside the time before it",
  },
  pitfalls = {
    "a record that begins less than the time before the period starts cannot show the earlier referral",
    "the three definitions differ by many points: compare only the same one",
    "referrals of other authorities are not in the record of a child who moved",
    "new information on an open case, recorded as a referral, makes re-referrals that are none",
  },
  evidence = { source = "Children in need statistics, re-referrals within 12 months of a previous referral; the other two"
    .. " are in use in research and local reports", standing = { "national-definition" } },
  needs = {
    any = { "referral" },
    when = {
      { any = { "case-closure" }, when = { anchor = { "closure", "closure-183-days" } } },
      { any = { "referral.no_further_action", "referral-outcome.no_further_action", "referral-outcome.outcome" },
        when = { anchor = { "closure-183-days" } } },
    },
  },
  looks_back = { months = 12 },
  unit = "referrals", national = "re-referral", chart = "xmr",
  params = {
    anchor = { type = "choice", default = "referral", choices = { "referral", "closure", "closure-183-days" },
               doc = "what the time is counted from; closure and 183 days stand in research and local reports" },
    closure_of = { type = "choice", default = "own", choices = { "own", "any" }, standing = "product",
                   doc = "whose closure counts: of the case before the referral, or of any earlier case" },
  },
  measure = function(m, p)
    local referrals = m:rows({ kind = "referral", once = "incident" }):starting()
    return m:share { of = use("re-referrals").again(m, p, referrals), among = referrals }
  end,
  examples = {
    { name = "the anniversary counts, the day after it does not", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 1, denominator = 2 },
      events = { { "A", "2023-05-09", "referral", "childrens-social-care" },
                 { "A", "2024-05-09", "referral", "childrens-social-care" },
                 { "B", "2023-05-09", "referral", "childrens-social-care" },
                 { "B", "2024-05-10", "referral", "childrens-social-care" } } },
    { name = "29 February and the 28th a year before", from = "2024-01-01", to = "2024-12-31",
      expect = { numerator = 1, denominator = 2 },
      events = { { "A", "2023-02-28", "referral", "childrens-social-care" },
                 { "A", "2024-02-29", "referral", "childrens-social-care" },
                 { "B", "2023-02-27", "referral", "childrens-social-care" },
                 { "B", "2024-02-29", "referral", "childrens-social-care" } } },
    { name = "two on one day, then a third", from = "2024-04-01", to = "2025-03-31", expect = { numerator = 1, denominator = 3 },
      events = { { "A", "2024-05-09", "referral", "childrens-social-care" },
                 { "A", "2024-05-09", "referral", "childrens-social-care" },
                 { "A", "2024-06-03", "referral", "childrens-social-care" } } },
    { name = "the year of the earlier one is all that is known", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 0, denominator = 0, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2023", "referral", "childrens-social-care" },
                 { "A", "2024-05-09", "referral", "childrens-social-care" } } },
    { name = "twelve months from the closure", from = "2024-04-01", to = "2025-03-31", params = { anchor = "closure" },
      expect = { numerator = 1, denominator = 2 },
      events = { { "A", "2022-01-12", "referral", "childrens-social-care" },
                 { "A", "2023-06-30", "case-closure", "childrens-social-care" },
                 { "A", "2024-05-20", "referral", "childrens-social-care" },
                 { "B", "2022-01-12", "referral", "childrens-social-care" },
                 { "B", "2023-05-19", "case-closure", "childrens-social-care" },
                 { "B", "2024-05-20", "referral", "childrens-social-care" } } },
    -- The case that began last ended two years before; the older one went on until the month before.
    { name = "the older case closed late: its own", from = "2024-04-01", to = "2025-03-31",
      params = { anchor = "closure" }, expect = { numerator = 0, denominator = 1 },
      events = { { "A", "2021-01-11", "referral", "childrens-social-care", episode = "C1" },
                 { "A", "2022-01-10", "referral", "childrens-social-care", episode = "C2" },
                 { "A", "2022-05-16", "case-closure", "childrens-social-care", episode = "C2" },
                 { "A", "2024-04-15", "case-closure", "childrens-social-care", episode = "C1" },
                 { "A", "2024-05-20", "referral", "childrens-social-care", episode = "C3" } } },
    { name = "the older case closed late: any", from = "2024-04-01", to = "2025-03-31",
      params = { anchor = "closure", closure_of = "any" }, expect = { numerator = 1, denominator = 1 },
      events = { { "A", "2021-01-11", "referral", "childrens-social-care", episode = "C1" },
                 { "A", "2022-01-10", "referral", "childrens-social-care", episode = "C2" },
                 { "A", "2022-05-16", "case-closure", "childrens-social-care", episode = "C2" },
                 { "A", "2024-04-15", "case-closure", "childrens-social-care", episode = "C1" },
                 { "A", "2024-05-20", "referral", "childrens-social-care", episode = "C3" } } },
    -- From 10 January 2024, 183 days end on 11 July.
    { name = "183 days from no further action, and 184", from = "2024-04-01", to = "2025-03-31",
      params = { anchor = "closure-183-days" }, expect = { numerator = 1, denominator = 2 },
      events = { { "A", "2024-01-10", "referral", "childrens-social-care", { no_further_action = true } },
                 { "A", "2024-07-11", "referral", "childrens-social-care" },
                 { "B", "2024-01-10", "referral", "childrens-social-care", { no_further_action = true } },
                 { "B", "2024-07-12", "referral", "childrens-social-care" } } },
  },
}
