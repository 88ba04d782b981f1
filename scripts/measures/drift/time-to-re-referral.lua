-- How long children who came back had been away.

return {
  id = "time-to-re-referral", version = "1.0.0", group = "drift",
  title = "Time from closure to re-referral",
  definition = "referrals of the period with a closing of a case of the same child on an earlier day, however long ago, by"
    .. " calendar months from the last such closing to the referral; months are counted from the closing, the bins are those"
    .. " of the length of plans",
  numerator = "referrals after so long", denominator = "referrals of the period after a closing",
  exclusions = { "a referral of a child without an earlier closing", "a referral or closing with a doubtful day" },
  pitfalls = {
    "children who did not come back are not in it: see those back after closure",
    "a record of a few years shows no long times",
  },
  evidence = { source = "Reviews: re-referrals because step-down had not brought lasting change",
               standing = { "practice", "product" } },
  needs = { all = { "case-closure", "referral" } },
  looks_back = { months = 24 },
  unit = "referrals", chart = "xmr",
  measure = function(m)
    local closed = m:rows { kind = "case-closure" }
    local back = m:rows({ kind = "referral", once = "incident" }):starting():since_last(closed, { same_day = false })
    return m:times { of = back, count = "months", edges = use("durations").plans }
  end,
  examples = {
    { name = "three months and three months and a day; a first referral", from = "2024-04-01", to = "2025-03-31",
      expect = { denominator = 2, lengths = { 92, 93 }, lines = { ["3-months-or-less"] = 1, ["3-to-6-months"] = 1 } },
      events = { { "A", "2024-02-05", "referral", "childrens-social-care" },
                 { "A", "2024-06-03", "case-closure", "childrens-social-care" },
                 { "A", "2024-09-03", "referral", "childrens-social-care" },
                 { "B", "2024-02-05", "referral", "childrens-social-care" },
                 { "B", "2024-06-03", "case-closure", "childrens-social-care" },
                 { "B", "2024-09-04", "referral", "childrens-social-care" },
                 { "C", "2024-09-04", "referral", "childrens-social-care" } } },
    { name = "closed again on the day of the referral", from = "2024-04-01", to = "2025-03-31",
      expect = { denominator = 1, lengths = { 92 }, lines = { ["3-months-or-less"] = 1 } },
      events = { { "A", "2024-02-05", "referral", "childrens-social-care" },
                 { "A", "2024-06-03", "case-closure", "childrens-social-care" },
                 { "A", "2024-09-03", "referral", "childrens-social-care" },
                 { "A", "2024-09-03", "case-closure", "childrens-social-care" } } },
    { name = "closed in June", from = "2024-04-01", to = "2025-03-31",
      expect = { denominator = 0, lengths = {}, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-02-05", "referral", "childrens-social-care" },
                 { "A", "2024-06", "case-closure", "childrens-social-care" },
                 { "A", "2024-09-03", "referral", "childrens-social-care" } } },
  },
}
