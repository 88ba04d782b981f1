-- From referral to child protection plan, by cohort of referral.

return {
  id = "referral-to-plan", version = "1.0.0", group = "drift",
  title = "From referral to child protection plan, by cohort",
  definition = "referrals of the period that opened a case, followed from their day to the start of the first child"
    .. " protection plan of the child on or after it; where none has started by the last day of the period, still waiting."
    .. " Closing of the case: {closure} (runs-on: the child is followed beyond it; stops: the waiting ends there without a"
    .. " plan). The shares are those of Kaplan and Meier with 95 % limits, after 3, 6, 12 and 24 calendar months",
  numerator = "referrals followed by a plan", denominator = "referrals of the period that opened a case",
  exclusions = { "a referral or plan with a doubtful day" },
  pitfalls = {
    "most referrals need no plan: the share with one is no measure of success or failure",
    "referrals late in the period have been followed for a short time; those who still wait count as waiting, not as none",
    "with stops, a closed case is taken to be as likely to come to a plan as an open one, and the share comes out too high",
  },
  evidence = { source = "Reviews: drift and delay; Kaplan and Meier, Journal of the American Statistical Association 1958",
               standing = { "practice", "product" } },
  needs = { all = { "referral", "case-closure", "cp-plan-start" } },
  unit = "referrals", chart = "none",
  params = {
    closure = { type = "choice", default = "runs-on", choices = { "runs-on", "stops" }, standing = "product",
                doc = "whether the closing of the case ends the waiting" },
  },
  measure = function(m, p)
    local stages = use "stages"
    local closures = p.closure == "stops" and m:rows { kind = "case-closure" } or nil
    return stages.waiting(m, stages.referrals(m), stages.plans(m), closures)
  end,
  examples = {
    { name = "on the day, after thirty days, and waiting", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 2, denominator = 3, lengths = { 0, 30 }, waiting = { 90 } },
      events = { { "A", "2024-06-03", "referral", "childrens-social-care" },
                 { "A", "2024-06-03", "cp-plan-start", "childrens-social-care" },
                 { "B", "2024-06-03", "referral", "childrens-social-care" },
                 { "B", "2024-07-03", "cp-plan-start", "childrens-social-care" },
                 { "C", "2024-12-31", "referral", "childrens-social-care" } } },
    { name = "closed, referred again, and then a plan", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 2, denominator = 2, lengths = { 30, 91 } },
      events = { { "A", "2024-06-03", "referral", "childrens-social-care" },
                 { "A", "2024-07-03", "case-closure", "childrens-social-care" },
                 { "A", "2024-08-03", "referral", "childrens-social-care" },
                 { "A", "2024-09-02", "cp-plan-start", "childrens-social-care" } } },
    { name = "the same, where closing stops the waiting", from = "2024-04-01", to = "2025-03-31", params = { closure = "stops" },
      expect = { numerator = 1, denominator = 2, lengths = { 30 }, waiting = { 30 } },
      events = { { "A", "2024-06-03", "referral", "childrens-social-care" },
                 { "A", "2024-07-03", "case-closure", "childrens-social-care" },
                 { "A", "2024-08-03", "referral", "childrens-social-care" },
                 { "A", "2024-09-02", "cp-plan-start", "childrens-social-care" } } },
    { name = "the month of the plan is all that is known", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 0, denominator = 0, lengths = {}, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-06-03", "referral", "childrens-social-care" },
                 { "A", "2024-08", "cp-plan-start", "childrens-social-care" } } },
  },
}
