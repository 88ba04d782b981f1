-- From referral to care, by cohort of referral.

return {
  id = "referral-to-care", version = "1.0.0", group = "drift",
  title = "From referral to care, by cohort",
  definition = "referrals of the period that opened a case, followed from their day to the first day on or after it on which"
    .. " the child became looked after; where the child has not by the last day of the period, still waiting, whether the"
    .. " case was closed or not. The shares are those of Kaplan and Meier with 95 % limits, after 3, 6, 12 and 24 calendar"
    .. " months",
  numerator = "referrals followed by an entry into care", denominator = "referrals of the period that opened a case",
  exclusions = { "a referral or entry with a doubtful day" },
  pitfalls = {
    "care may be the right help: a share is neither good nor bad by itself",
    "children who left the area are followed as if they were still in it",
  },
  evidence = { source = "Reviews: drift and delay; Kaplan and Meier, Journal of the American Statistical Association 1958",
               standing = { "practice", "product" } },
  needs = { all = { "referral", "case-closure", "looked-after-start" } },
  unit = "referrals", chart = "none",
  measure = function(m)
    local stages = use "stages"
    return stages.waiting(m, stages.referrals(m), stages.care(m))
  end,
  examples = {
    { name = "after 30 days, after a closure, and waiting", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 2, denominator = 3, lengths = { 30, 91 }, waiting = { 90 } },
      events = { { "A", "2024-06-03", "referral", "childrens-social-care" },
                 { "A", "2024-07-03", "looked-after-start", "childrens-social-care" },
                 { "B", "2024-06-03", "referral", "childrens-social-care" },
                 { "B", "2024-07-03", "case-closure", "childrens-social-care" },
                 { "B", "2024-09-02", "looked-after-start", "childrens-social-care" },
                 { "C", "2024-12-31", "referral", "childrens-social-care" } } },
    { name = "in care before the referral, and no further action", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 0, denominator = 1, lengths = {}, waiting = { 90 } },
      events = { { "A", "2024-05-06", "looked-after-start", "childrens-social-care" },
                 { "A", "2024-12-31", "referral", "childrens-social-care" },
                 { "B", "2024-06-03", "referral", "childrens-social-care", { no_further_action = true } } } },
    { name = "into care on a doubtful day, and closed before the next referral", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 2, denominator = 2, lengths = { 30, 119 }, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-06-03", "referral", "childrens-social-care" },
                 { "A", "2024-08", "looked-after-start", "childrens-social-care" },
                 { "B", "2024-06-03", "referral", "childrens-social-care" },
                 { "B", "2024-07-03", "case-closure", "childrens-social-care" },
                 { "B", "2024-08-31", "referral", "childrens-social-care" },
                 { "B", "2024-09-30", "looked-after-start", "childrens-social-care" } } },
  },
}
