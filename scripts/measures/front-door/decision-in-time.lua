-- The clock on a referral: what happens next is decided within one working day.

return {
  id = "decision-in-time", version = "1.0.0", group = "front-door",
  title = "Decision on a referral in time",
  definition = "of the referrals with a day in the period whose time of {within} was over before the as-of day, those with a"
    .. " decision on their day or within {within}. A decision is an outcome of a referral or of a MASH episode, or what"
    .. " follows from one: an assessment, a strategy discussion, a section 47 enquiry, an initial conference, a child in"
    .. " need or child protection plan, early help, or the closing of the case. The day of the referral is day 0; weekends"
    .. " and bank holidays are no working days",
  numerator = "referrals decided within {within}", denominator = "referrals whose time of {within} is over",
  exclusions = {
    "a referral that says itself that there was no further action: when that was decided is on no record",
    "a referral or decision whose day may make a difference",
    "a referral whose working days lie outside the known bank holidays",
  },
  pitfalls = {
    "in most records the start of the assessment is the only sign of a decision, and it may come days after it",
    "the hour is not looked at: one working day is the next working day, however late on the first the referral came",
  },
  evidence = { source = "Working Together to Safeguard Children: a decision within one working day of a referral",
               standing = { "statutory" } },
  needs = { all = { "referral" },
            any = { "referral-outcome", "mash-outcome", "assessment-start" } },
  unit = "referrals", chart = "xmr",
  params = {
    within = { type = "span", default = { working_days = 1 }, min = { working_days = 0 }, max = { working_days = 20 },
               doc = "time to decide on a referral", standing = "statutory" },
  },
  measure = function(m, p)
    local referrals = m:rows({ kind = "referral", once = "incident" }):starting(use("windows").over(m, p.within))
    referrals = referrals:minus(referrals:where { facts = { no_further_action = "yes" } })
    local decided = m:rows { kind = { "referral-outcome", "mash-outcome", "assessment-start", "strategy-discussion", "s47-start",
                                      "icpc", "cin-plan-start", "cp-plan-start", "early-help-start", "case-closure" } }
    return m:share { of = referrals:followed(decided, { within = p.within }), among = referrals }
  end,
  examples = {
    -- Friday 7 June 2024: the next working day is Monday 10 June.
    { name = "Monday after Friday, and Tuesday", from = "2024-06-01", to = "2024-06-30",
      expect = { numerator = 1, denominator = 3 },
      events = { { "A", "2024-06-07", "referral", "childrens-social-care" },
                 { "A", "2024-06-10", "referral-outcome", "childrens-social-care", { outcome = "accepted" } },
                 { "B", "2024-06-07", "referral", "childrens-social-care" },
                 { "B", "2024-06-11", "assessment-start", "childrens-social-care" },
                 { "C", "2024-06-12", "referral", "childrens-social-care" } } },
    -- Maundy Thursday 28 March 2024: Good Friday and Easter Monday are bank holidays, so Tuesday 2 April.
    { name = "over Easter", from = "2024-03-01", to = "2024-03-31", as_of = "2024-06-30",
      expect = { numerator = 1, denominator = 1 },
      events = { { "A", "2024-03-28", "referral", "childrens-social-care" },
                 { "A", "2024-04-02", "assessment-start", "childrens-social-care" } } },
    { name = "no further action has no day", from = "2024-06-01", to = "2024-06-30", expect = { numerator = 0, denominator = 0 },
      events = { { "A", "2024-06-07", "referral", "childrens-social-care", { no_further_action = true } } } },
    { name = "the decision is of some day in June", from = "2024-06-01", to = "2024-06-30", as_of = "2024-12-31",
      expect = { numerator = 0, denominator = 0, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-06-07", "referral", "childrens-social-care" },
                 { "A", "2024-06", "referral-outcome", "childrens-social-care", { outcome = "accepted" } } } },
  },
}
