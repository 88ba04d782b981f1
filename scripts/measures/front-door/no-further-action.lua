-- Referrals after which nothing was done.

return {
  id = "no-further-action", version = "1.0.0", group = "front-door",
  title = "Referrals that ended in no further action",
  definition = "of the referrals with a day in the period whose record says whether no further action was taken, those of"
    .. " which it says yes. It is what stands with the referral itself; an assessment that ended without need of services is"
    .. " something else",
  numerator = "referrals with no further action", denominator = "referrals of which it is recorded whether there was any",
  exclusions = { "a referral that does not say", "a referral whose day may lie outside the period" },
  pitfalls = {
    "the national figure takes all referrals below the line; in the census every referral says yes or no, so it is the same",
    "referrals that are assessed and closed as not in need are no part of it, and nationally many more",
  },
  evidence = { source = "Children in need census: referral, no further action", standing = { "national-definition" } },
  needs = { any = { "referral" }, facts = { "referral.no_further_action" } },
  unit = "referrals", chart = "xmr",
  measure = function(m)
    local referrals = m:rows({ kind = "referral", once = "incident" }):starting()
    return m:share { of = referrals:where { facts = { no_further_action = "yes" } },
                     among = referrals:where { facts = { no_further_action = { "yes", "no" } } } }
  end,
  examples = {
    { name = "one of three, and one that does not say", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 1, denominator = 3 },
      events = { { "A", "2024-05-07", "referral", "childrens-social-care", { no_further_action = true } },
                 { "B", "2024-05-08", "referral", "childrens-social-care", { no_further_action = false } },
                 { "C", "2025-03-31", "referral", "childrens-social-care", { no_further_action = false } },
                 { "D", "2024-05-10", "referral", "childrens-social-care" } } },
    { name = "in the year or after it", from = "2024-04-01", to = "2025-03-31", as_of = "2025-06-30",
      expect = { numerator = 0, denominator = 0, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2025-03-31/2025-04-01", "referral", "childrens-social-care", { no_further_action = true } } } },
  },
}
