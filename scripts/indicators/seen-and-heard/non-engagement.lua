-- A family that refuses, cancels or does not open the door, again and again or in turn with brief compliance.

return {
  id = "non-engagement", version = "1.0.0", group = "seen-and-heard",
  title = "Help refused or avoided",
  question = "Are refusals, cancelled appointments and visits without access a pattern, or do they alternate with brief"
    .. " compliance?",
  definition = "{refusals} or more entries ({kinds}) within {within}; or {turns} turns within {turns_within}: such an entry,"
    .. " then one of compliance ({compliance}), then such an entry again, the last of one turn being the first of the next."
    .. " What several agencies tell of one incident counts once",
  evidence = {
    source = "Reviews of prolonged risk: families who refuse, obstruct or cancel; numbers set by this product",
    standing = { "practice", "product" },
  },
  needs = {
    any = { "non-engagement", "visit-no-access", "appointment-cancelled", "was-not-brought" },
    deny = { "non-engagement", "visit-no-access", "appointment-cancelled", "was-not-brought" },
    held = { "non-engagement", "visit-no-access", "appointment-cancelled", "was-not-brought",
             n = { "refusals", "turns" } },
  },
  params = {
    kinds = { type = "list", default = { "non-engagement", "visit-no-access", "appointment-cancelled", "was-not-brought" },
              choices = { "non-engagement", "visit-no-access", "appointment-cancelled", "was-not-brought" },
              standing = "product", doc = "kinds of entry that count as refusing or avoiding help" },
    refusals = { type = "count", default = 3, min = 2, max = 50, standing = "product", doc = "entries that make a pattern" },
    within = { type = "span", default = { days = 90 }, min = { days = 7 }, max = { months = 24 }, standing = "product",
               doc = "length of the window for the pattern" },
    compliance = { type = "list", default = { "visit", "appointment-kept", "health-visitor-contact" }, standing = "product",
                   doc = "kinds of entry that show compliance" },
    turns = { type = "count", default = 3, min = 1, max = 50, standing = "product", doc = "turns that make an alternation" },
    turns_within = { type = "span", default = { months = 12 }, min = { days = 30 }, max = { months = 60 },
                     standing = "product", doc = "length of the window for the alternation" },
  },
  outcomes = {
    pattern = "{count} times help was refused, an appointment cancelled or missed, or the door not opened (first: {from};"
      .. " last: {to}).",
    alternation = "Help was refused or avoided, then accepted, then refused again, {count} times in turn"
      .. " (first: {from}; last: {to}).",
  },
  evaluate = function(child, p)
    local refused = child:select { kind = p.kinds }
    local complied = child:select { kind = p.compliance }
    return any_of {
      refused:at_least { n = p.refusals, within = p.within, outcome = "pattern" },
      refused:turns { back = complied, n = p.turns, within = p.turns_within, outcome = "alternation" },
    }
  end,
  examples = {
    -- A window of 90 days that begins on 8 January 2024 ends on 6 April: 24 days in January, 29, 31 and 6.
    { name = "three in ninety days", as_of = "2024-12-31", expect = "met", evidence = { 1, 2, 3 }, outcome = "pattern",
      events = { { "2024-01-08", "visit-no-access", "childrens-social-care" },
                 { "2024-02-19", "appointment-cancelled", "gp", { service = "gp" } },
                 { "2024-04-06", "non-engagement", "early-help" } } },
    { name = "the third on the ninety-first day", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-01-08", "visit-no-access", "childrens-social-care" },
                 { "2024-02-19", "appointment-cancelled", "gp", { service = "gp" } },
                 { "2024-04-07", "non-engagement", "early-help" } } },
    { name = "cancelled by the service", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-01-08", "visit-no-access", "childrens-social-care" },
                 { "2024-02-19", "appointment-cancelled-by-service", "gp", { service = "gp" } },
                 { "2024-04-06", "non-engagement", "early-help" } } },
    { name = "two, one of them told by two agencies", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-01-08", "visit-no-access", "childrens-social-care", incident = "I1" },
                 { "2024-01-08", "visit-no-access", "health-visiting", incident = "I1" },
                 { "2024-02-19", "non-engagement", "early-help" } } },
    { name = "a yes after each no", as_of = "2024-12-31", expect = "met", evidence = { 1, 2, 3, 4, 5, 6, 7 },
      outcome = "alternation",
      events = { { "2024-01-08", "visit-no-access", "childrens-social-care" },
                 { "2024-02-05", "visit", "childrens-social-care", child_seen = "yes" },
                 { "2024-04-22", "non-engagement", "early-help" },
                 { "2024-05-13", "visit", "childrens-social-care", child_seen = "yes" },
                 { "2024-08-05", "visit-no-access", "childrens-social-care" },
                 { "2024-08-20", "appointment-kept", "gp", { service = "gp" } },
                 { "2024-11-18", "was-not-brought", "dental", { service = "dental" } } } },
    { name = "two turns only", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-01-08", "visit-no-access", "childrens-social-care" },
                 { "2024-02-05", "visit", "childrens-social-care", child_seen = "yes" },
                 { "2024-04-22", "non-engagement", "early-help" },
                 { "2024-05-13", "visit", "childrens-social-care", child_seen = "yes" },
                 { "2024-08-05", "visit-no-access", "childrens-social-care" },
                 { "2024-08-20", "appointment-kept", "gp", { service = "gp" } } } },
    { name = "one dated by its month", as_of = "2024-12-31", expect = "possible", evidence = { 1, 2, 3 },
      events = { { "2024-01-08", "visit-no-access", "childrens-social-care" },
                 { "2024-02-19", "appointment-cancelled", "gp", { service = "gp" } },
                 { "2024-04", "non-engagement", "early-help" } } },
  },
}
