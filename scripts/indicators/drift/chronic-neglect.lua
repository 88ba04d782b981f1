-- Accepted report upon accepted report, over years.

return {
  id = "chronic-neglect", version = "1.0.0", group = "drift",
  title = "Reported again and again over years",
  question = "Were five or more referrals about the child accepted within five years?",
  definition = "{reports} or more referrals within {within} that did not end in no further action."
    .. " A referral of which nobody says whether it was accepted counts as doubtful",
  evidence = {
    source = "L. A. Loman, families frequently encountered by child protection services (2006): five or more accepted"
      .. " reports in five years; a referral taken further stands for an accepted report",
    standing = { "research" },
  },
  needs = {
    any = { "referral" },
    -- Not the fact: a referral that does not carry it counts as doubtful, so that nothing is missed without it.
    deny = { "referral" },
    held = { "referral", n = { "reports" } },
  },
  params = {
    reports = { type = "count", default = 5, min = 2, max = 50, doc = "accepted referrals that make a prompt" },
    within = { type = "span", default = { months = 60 }, min = { months = 12 }, max = { months = 216 },
               doc = "length of the window" },
  },
  outcomes = {
    chronic = "{count} referrals were taken further between {from} and {to}.",
    perhaps = "{count} referrals between {from} and {to}, not all of them said to be taken further.",
  },
  evaluate = function(child, p)
    local referrals = child:select { kind = "referral" }
    local refused = child:select { kind = "referral", facts = { no_further_action = true } }
    local taken = child:select { kind = "referral", facts = { no_further_action = false } }
    local accepted = taken:at_least { n = p.reports, within = p.within, outcome = "chronic" }
    if accepted.answer == "met" then
      return accepted
    end
    local perhaps = referrals:minus(refused):at_least { n = p.reports, within = p.within, outcome = "perhaps" }
    if perhaps.answer == "met" then
      perhaps.answer = "possible"
    end
    return any_of { accepted, perhaps }
  end,
  examples = {
    { name = "five taken further in four years", as_of = "2024-12-31", expect = "met", evidence = { 1, 2, 3, 4, 5 },
      outcome = "chronic",
      events = { { "2020-02-03", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2021-01-11", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2022-05-09", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2023-03-06", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2024-01-15", "referral", "childrens-social-care", { no_further_action = false } } } },
    { name = "one of the five ended in no further action", as_of = "2024-12-31", expect = "not-met",
      events = { { "2020-02-03", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2021-01-11", "referral", "childrens-social-care", { no_further_action = true } },
                 { "2022-05-09", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2023-03-06", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2024-01-15", "referral", "childrens-social-care", { no_further_action = false } } } },
    { name = "of one nobody says what came of it", as_of = "2024-12-31", expect = "possible",
      evidence = { 1, 2, 3, 4, 5 }, outcome = "perhaps",
      events = { { "2020-02-03", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2021-01-11", "referral", "childrens-social-care" },
                 { "2022-05-09", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2023-03-06", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2024-01-15", "referral", "childrens-social-care", { no_further_action = false } } } },
    { name = "the day of the last decides, and only its year is known", as_of = "2024-12-31", expect = "possible",
      evidence = { 1, 2, 3, 4, 5 }, outcome = "chronic",
      events = { { "2019-06-03", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2021-01-11", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2022-05-09", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2023-03-06", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2024", "referral", "childrens-social-care", { no_further_action = false } } } },
    -- Five years after 3 June 2019 is 3 June 2024, which is in.
    { name = "the anniversary is in", as_of = "2024-12-31", expect = "met", evidence = { 1, 2, 3, 4, 5 },
      events = { { "2019-06-03", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2021-01-11", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2022-05-09", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2023-03-06", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2024-06-03", "referral", "childrens-social-care", { no_further_action = false } } } },
    { name = "a day later is not", as_of = "2024-12-31", expect = "not-met",
      events = { { "2019-06-03", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2021-01-11", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2022-05-09", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2023-03-06", "referral", "childrens-social-care", { no_further_action = false } },
                 { "2024-06-04", "referral", "childrens-social-care", { no_further_action = false } } } },
  },
}
