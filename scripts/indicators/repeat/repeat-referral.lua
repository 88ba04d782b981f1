-- Referred again soon after an earlier referral, or after a closure.

return {
  id = "repeat-referral", version = "1.0.0", group = "repeat",
  title = "Referred again",
  question = "Was the child referred again within 12 months?",
  definition = "a referral on a later day within 12 calendar months of the previous referral, the anniversary included;"
    .. " counted from: {anchor} (closure: 12 months from the closing of a case;"
    .. " closure 183 days: 183 days from a closure or from a decision of no further action)",
  evidence = {
    source = "Children in need census: re-referral within 12 months of a previous referral;"
      .. " the two other anchors are in use in research and local reports",
    standing = { "national-definition" },
  },
  needs = {
    any = { "referral" },
    deny = {
      { any = { "case-closure" }, when = { anchor = { "closure", "closure-183-days" } } },
      { any = { "referral.no_further_action", "referral-outcome.no_further_action", "referral-outcome.outcome" },
        when = { anchor = { "closure-183-days" } } },
    },
    held = { "referral" },
  },
  params = {
    anchor = {
      type = "choice", default = "referral", choices = { "referral", "closure", "closure-183-days" },
      doc = "what the time is counted from", standing = "research",
    },
  },
  outcomes = {
    again = "Referred again within 12 months: {to} after {from}.",
    after_closure = "Referred again within 12 months of the case being closed: {to} after {from}.",
    rebound = "Referred again within 183 days of closure or no further action: {to} after {from}.",
  },
  evaluate = function(child, p)
    local referrals = child:select { kind = "referral" }
    local closures = child:select { kind = "case-closure" }
    if p.anchor == "referral" then
      return referrals:follows { after = referrals, within = { months = 12 }, outcome = "again" }
    end
    if p.anchor == "closure" then
      return referrals:follows { after = closures, within = { months = 12 }, outcome = "after_closure" }
    end
    -- No further action has no date of its own in the census: the day of the referral stands for it.
    local no_further_action = child:select {
      kind = { "referral", "referral-outcome" }, facts = { no_further_action = true },
    }
    local refused = child:select { kind = "referral-outcome", facts = { outcome = "no-further-action" } }
    local ends = closures:union(no_further_action):union(refused)
    return referrals:follows { after = ends, within = { days = 183 }, outcome = "rebound" }
  end,
  examples = {
    { name = "two referrals in one year", as_of = "2024-01-31", expect = "met", evidence = { 1, 3 }, outcome = "again",
      events = { { "2023-01-12", "referral", "childrens-social-care" },
                 { "2023-03-02", "case-closure", "childrens-social-care" },
                 { "2023-06-03", "referral", "childrens-social-care" } } },
    { name = "the anniversary counts", as_of = "2024-12-31", expect = "met", evidence = { 1, 2 },
      events = { { "2023-05-09", "referral", "childrens-social-care" },
                 { "2024-05-09", "referral", "childrens-social-care" } } },
    { name = "one day after the anniversary does not", as_of = "2024-12-31", expect = "not-met",
      events = { { "2023-05-09", "referral", "childrens-social-care" },
                 { "2024-05-10", "referral", "childrens-social-care" } } },
    { name = "two on one day are no repeat", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-05-09", "referral", "childrens-social-care" },
                 { "2024-05-09", "referral", "childrens-social-care" } } },
    { name = "the month of the second is all that is known", as_of = "2024-12-31", expect = "possible",
      evidence = { 1, 2 },
      events = { { "2023-05-09", "referral", "childrens-social-care" },
                 { "2024-05", "referral", "childrens-social-care" } } },
    { name = "eleven months after closure", as_of = "2024-12-31", expect = "met", evidence = { 2, 3 },
      params = { anchor = "closure" }, outcome = "after_closure",
      events = { { "2022-01-12", "referral", "childrens-social-care" },
                 { "2023-06-30", "case-closure", "childrens-social-care" },
                 { "2024-05-20", "referral", "childrens-social-care" } } },
    { name = "within 183 days of no further action", as_of = "2024-12-31", expect = "met", evidence = { 1, 2 },
      params = { anchor = "closure-183-days" }, outcome = "rebound",
      events = { { "2024-01-10", "referral", "childrens-social-care", { no_further_action = true } },
                 { "2024-07-11", "referral", "childrens-social-care" } } },
    { name = "184 days after no further action", as_of = "2024-12-31", expect = "not-met",
      params = { anchor = "closure-183-days" },
      events = { { "2024-01-10", "referral", "childrens-social-care", { no_further_action = true } },
                 { "2024-07-12", "referral", "childrens-social-care" } } },
  },
}
