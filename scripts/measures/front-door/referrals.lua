-- What children's social care takes as a referral.

return {
  id = "referrals", version = "1.0.0", group = "front-door",
  title = "Referrals",
  definition = "referrals to children's social care with a day in the period, those that ended in no further action"
    .. " included; one that several agencies tell, tied by an incident, once",
  numerator = "referrals in the period", denominator = "",
  exclusions = { "a referral whose day may lie outside the period" },
  pitfalls = {
    "new information about an open case is no referral in the national definition, but some records hold it as one",
    "a referral that a school or the police return as well is counted twice where nothing ties the two entries",
  },
  evidence = { source = "Children in need census: referrals in the year", standing = { "national-definition" } },
  needs = { any = { "referral" } },
  unit = "referrals", per = 10000, chart = "xmr",
  measure = function(m)
    return m:count { of = m:rows({ kind = "referral", once = "incident" }):starting() }
  end,
  examples = {
    { name = "two of one child, and one of no further action", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 3 },
      events = { { "A", "2024-04-01", "referral", "childrens-social-care" },
                 { "A", "2025-03-31", "referral", "childrens-social-care" },
                 { "B", "2024-07-09", "referral", "childrens-social-care", { no_further_action = true } } } },
    { name = "the day before and the day after", from = "2024-04-01", to = "2025-03-31", expect = { numerator = 0 },
      events = { { "A", "2024-03-31", "referral", "childrens-social-care" },
                 { "B", "2025-04-01", "referral", "childrens-social-care" } } },
    { name = "March or April", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 0, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-03-25/2024-04-05", "referral", "childrens-social-care" } } },
  },
}
