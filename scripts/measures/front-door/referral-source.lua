-- Who refers.

return {
  id = "referral-source", version = "1.0.0", group = "front-door",
  title = "Referrals by source",
  definition = "referrals to children's social care with a day in the period, by source in the codes of the children in need"
    .. " census; those that tell none stand in a line of their own",
  numerator = "referrals in the period from that source", denominator = "referrals in the period",
  exclusions = { "a referral whose day may lie outside the period" },
  pitfalls = {
    "shares of published figures leave out what is not recorded, or count it in: say which, beside a comparison",
    "codes hold several services: 3A to 3F are all health",
  },
  evidence = { source = "Children in need census: source of the referral", standing = { "national-definition" } },
  needs = { any = { "referral" }, facts = { "referral.referral_source" } },
  unit = "referrals", chart = "none",
  measure = function(m)
    local referrals = m:rows({ kind = "referral", once = "incident" }):starting()
    return m:breakdown { of = referrals, by = "referral_source", codes = use("referral-sources").codes }
  end,
  examples = {
    { name = "one source a line", from = "2024-04-01", to = "2025-03-31",
      expect = { denominator = 4, lines = { ["1A"] = 1, ["3F"] = 1, ["10"] = 1, ["not-recorded"] = 1 } },
      events = { { "A", "2024-05-07", "referral", "childrens-social-care", { referral_source = "1A" } },
                 { "B", "2024-05-08", "referral", "childrens-social-care", { referral_source = "3F" } },
                 { "C", "2024-05-09", "referral", "childrens-social-care", { referral_source = "10" } },
                 { "D", "2024-05-10", "referral", "childrens-social-care" } } },
    { name = "one referral in two returns", from = "2024-04-01", to = "2025-03-31",
      expect = { denominator = 1, lines = { ["2A"] = 1 } },
      events = { { "A", "2024-05-07", "referral", "childrens-social-care", { referral_source = "2A" }, incident = "I1" },
                 { "A", "2024-05-07", "referral", "school", { referral_source = "2A" }, incident = "I1" } } },
    { name = "March or April", from = "2024-04-01", to = "2025-03-31",
      expect = { denominator = 0, lines = {}, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-03-25/2024-04-05", "referral", "childrens-social-care", { referral_source = "1A" } } } },
  },
}
