-- Referral, closure, referral, closure: round and round.

return {
  id = "refer-close-loop", version = "1.0.0", group = "repeat",
  title = "Referred, closed, referred again",
  question = "Was the child referred, closed or not taken further, and referred again, over and over?",
  definition = "{turns} or more turns within {within} (216 months: the whole of a childhood). A turn is a referral, then the"
    .. " closing of the case or a decision of no further action, then another referral; the last referral of one turn is the"
    .. " first of the next. A referral that is recorded with no further action has its decision with it",
  evidence = {
    source = "Reviews of long-term neglect: each referral looked at by itself and closed; the number is set by this product",
    standing = { "product" },
  },
  needs = {
    any = { "referral" },
    deny = {
      "referral", "case-closure",
      { any = { "referral.no_further_action", "referral-outcome.no_further_action", "referral-outcome.outcome" } },
    },
    held = { "referral", n = { "turns" } },
  },
  params = {
    turns = { type = "count", default = 3, min = 1, max = 50, doc = "turns that make a prompt" },
    within = { type = "span", default = { months = 216 }, min = { months = 1 }, max = { months = 240 },
               doc = "length of the window, from the first referral to the last" },
  },
  outcomes = {
    loop = "Referred, closed or not taken further, and referred again {count} times (first referral: {from}; last: {to}).",
  },
  evaluate = function(child, p)
    local refused = child:select { kind = { "referral", "referral-outcome" }, facts = { no_further_action = true } }
    local outcomes = child:select { kind = "referral-outcome", facts = { outcome = "no-further-action" } }
    local ends = child:select({ kind = "case-closure" }):union(refused):union(outcomes)
    return child:select({ kind = "referral" }):turns { back = ends, n = p.turns, within = p.within, outcome = "loop" }
  end,
  examples = {
    { name = "four referrals, three closures between them", as_of = "2024-12-31", expect = "met",
      evidence = { 1, 2, 3, 4, 5, 6, 7 }, outcome = "loop",
      events = { { "2021-02-01", "referral", "childrens-social-care" },
                 { "2021-03-15", "case-closure", "childrens-social-care" },
                 { "2022-01-10", "referral", "childrens-social-care" },
                 { "2022-02-21", "case-closure", "childrens-social-care" },
                 { "2022-11-07", "referral", "childrens-social-care" },
                 { "2023-01-09", "case-closure", "childrens-social-care" },
                 { "2024-04-15", "referral", "childrens-social-care" } } },
    -- R C, R C, R R: the fourth referral came while the third was open, so that there are two turns.
    { name = "the third was still open", as_of = "2024-12-31", expect = "not-met",
      events = { { "2021-02-01", "referral", "childrens-social-care" },
                 { "2021-03-15", "case-closure", "childrens-social-care" },
                 { "2022-01-10", "referral", "childrens-social-care" },
                 { "2022-02-21", "case-closure", "childrens-social-care" },
                 { "2022-11-07", "referral", "childrens-social-care" },
                 { "2024-04-15", "referral", "childrens-social-care" } } },
    { name = "not taken further three times", as_of = "2024-12-31", expect = "met", evidence = { 1, 2, 3, 4 },
      events = { { "2023-02-01", "referral", "childrens-social-care", { no_further_action = true } },
                 { "2023-07-10", "referral", "childrens-social-care", { no_further_action = true } },
                 { "2023-11-06", "referral", "childrens-social-care", { no_further_action = true } },
                 { "2024-04-15", "referral", "childrens-social-care", { no_further_action = false } } } },
    { name = "the decision stands in an entry of its own", as_of = "2024-12-31", expect = "met",
      evidence = { 1, 2, 3, 4, 5, 6, 7 },
      events = { { "2023-02-01", "referral", "childrens-social-care" },
                 { "2023-02-02", "referral-outcome", "childrens-social-care", { outcome = "no-further-action" } },
                 { "2023-07-10", "referral", "childrens-social-care" },
                 { "2023-07-11", "referral-outcome", "childrens-social-care", { outcome = "no-further-action" } },
                 { "2023-11-06", "referral", "childrens-social-care" },
                 { "2023-11-07", "referral-outcome", "childrens-social-care", { no_further_action = true } },
                 { "2024-04-15", "referral", "childrens-social-care" } } },
    { name = "three times not taken further, and no referral since", as_of = "2024-12-31", expect = "not-met",
      events = { { "2023-02-01", "referral", "childrens-social-care", { no_further_action = true } },
                 { "2023-07-10", "referral", "childrens-social-care", { no_further_action = true } },
                 { "2023-11-06", "referral", "childrens-social-care", { no_further_action = true } } } },
    { name = "the last closure may have come after the last referral", as_of = "2024-12-31", expect = "possible",
      evidence = { 1, 2, 3, 4, 5, 6, 7 },
      events = { { "2021-02-01", "referral", "childrens-social-care" },
                 { "2021-03-15", "case-closure", "childrens-social-care" },
                 { "2022-01-10", "referral", "childrens-social-care" },
                 { "2022-02-21", "case-closure", "childrens-social-care" },
                 { "2022-11-07", "referral", "childrens-social-care" },
                 { "2024", "case-closure", "childrens-social-care" },
                 { "2024-04-15", "referral", "childrens-social-care" } } },
    -- From 1 February 2023 to 15 April 2024 is more than a year.
    { name = "not within a year, where a year is asked for", as_of = "2024-12-31", expect = "not-met",
      params = { within = { months = 12 } },
      events = { { "2023-02-01", "referral", "childrens-social-care", { no_further_action = true } },
                 { "2023-07-10", "referral", "childrens-social-care", { no_further_action = true } },
                 { "2023-11-06", "referral", "childrens-social-care", { no_further_action = true } },
                 { "2024-04-15", "referral", "childrens-social-care" } } },
  },
}
