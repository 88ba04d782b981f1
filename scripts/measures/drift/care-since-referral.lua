-- How long it took to the entries into care of a year.

return {
  id = "care-since-referral", version = "1.0.0", group = "drift",
  title = "Time from referral to the entries into care",
  definition = "entries into care of the period with a case of the child that a referral opened on their day or before, by"
    .. " calendar months from the last such referral to the entry; months are counted from the referral, the bins are those"
    .. " of the length of plans",
  numerator = "entries after so long", denominator = "entries into care of the period with such a referral",
  exclusions = {
    "an entry without a referral before it",
    "an entry or referral with a doubtful day",
    "one begun while the child was in care already",
  },
  pitfalls = {
    "by year of the entry: referrals that came to no care are not in it. By cohort they are",
    "a short time may mean quick help, or harm that was seen late",
  },
  evidence = { source = "Reviews: drift and delay, by year of the entry into care", standing = { "practice", "product" } },
  needs = { all = { "referral", "case-closure", "looked-after-start" } },
  looks_back = { months = 24 },
  unit = "entries", chart = "xmr",
  measure = function(m)
    local stages = use "stages"
    return stages.since(m, stages.referrals(m), stages.care(m))
  end,
  examples = {
    { name = "a year on the day, and a day less", from = "2024-04-01", to = "2025-03-31",
      expect = { denominator = 2, lengths = { 365, 366 }, lines = { ["6-months-to-1-year"] = 1, ["1-to-2-years"] = 1 } },
      events = { { "A", "2023-06-05", "referral", "childrens-social-care" },
                 { "A", "2024-06-05", "looked-after-start", "childrens-social-care" },
                 { "B", "2023-06-05", "referral", "childrens-social-care" },
                 { "B", "2024-06-04", "looked-after-start", "childrens-social-care" } } },
    { name = "no referral before it, and in care already", from = "2024-04-01", to = "2025-03-31",
      expect = { denominator = 0, lengths = {}, left_out = { overlapping = 1 } },
      events = { { "A", "2024-06-03", "looked-after-start", "childrens-social-care" },
                 { "A", "2024-07-03", "referral", "childrens-social-care" },
                 { "B", "2024-02-05", "looked-after-start", "childrens-social-care", episode = "L1" },
                 { "B", "2024-05-06", "referral", "childrens-social-care" },
                 { "B", "2024-06-03", "looked-after-start", "childrens-social-care", episode = "L2" } } },
  },
}
