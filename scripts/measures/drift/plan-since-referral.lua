-- How long it took to the plans of a year.

return {
  id = "plan-since-referral", version = "1.0.0", group = "drift",
  title = "Time from referral to the plans that started",
  definition = "child protection plans that started in the period with a case of the child that a referral opened on their"
    .. " day or before, by calendar months from the last such referral to the start of the plan; months are counted from the"
    .. " referral, the bins are those of the length of plans",
  numerator = "plans after so long", denominator = "plans started in the period with such a referral",
  exclusions = {
    "a plan without a referral before it",
    "a plan or referral with a doubtful day",
    "a plan begun while another of the child was open",
  },
  pitfalls = {
    "by year of the plan: referrals that came to no plan are not in it. By cohort they are",
    "the last referral may have been closed years before: then the time says that nothing was recorded between them",
  },
  evidence = { source = "Reviews: drift and delay, by year of the plan", standing = { "practice", "product" } },
  needs = { all = { "referral", "case-closure", "cp-plan-start" } },
  looks_back = { months = 24 },
  unit = "plans", chart = "xmr",
  measure = function(m)
    local stages = use "stages"
    return stages.since(m, stages.referrals(m), stages.plans(m))
  end,
  examples = {
    { name = "on the day, three months, three months and a day, no referral", from = "2024-04-01", to = "2025-03-31",
      expect = { denominator = 3, lengths = { 0, 92, 93 }, lines = { ["3-months-or-less"] = 2, ["3-to-6-months"] = 1 } },
      events = { { "A", "2024-06-03", "referral", "childrens-social-care" },
                 { "A", "2024-06-03", "cp-plan-start", "childrens-social-care" },
                 { "B", "2024-06-03", "referral", "childrens-social-care" },
                 { "B", "2024-09-03", "cp-plan-start", "childrens-social-care" },
                 { "C", "2024-06-03", "referral", "childrens-social-care" },
                 { "C", "2024-09-04", "cp-plan-start", "childrens-social-care" },
                 { "D", "2024-09-04", "cp-plan-start", "childrens-social-care" } } },
    { name = "the last of two referrals", from = "2024-04-01", to = "2025-03-31",
      expect = { denominator = 1, lengths = { 30 }, lines = { ["3-months-or-less"] = 1 } },
      events = { { "A", "2023-06-05", "referral", "childrens-social-care" },
                 { "A", "2023-07-10", "case-closure", "childrens-social-care" },
                 { "A", "2024-06-03", "referral", "childrens-social-care" },
                 { "A", "2024-07-03", "cp-plan-start", "childrens-social-care" } } },
    { name = "the referral is of June", from = "2024-04-01", to = "2025-03-31",
      expect = { denominator = 0, lengths = {}, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-06", "referral", "childrens-social-care" },
                 { "A", "2024-09-03", "cp-plan-start", "childrens-social-care" } } },
  },
}
