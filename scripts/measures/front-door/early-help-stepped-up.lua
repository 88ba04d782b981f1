-- Early help that was not enough.

return {
  id = "early-help-stepped-up", version = "1.0.0", group = "front-door",
  title = "Early help stepped up to social care",
  definition = "of the early help episodes that ended in the period, those in which, from their first day to their last,"
    .. " lies a referral to children's social care that was not refused, or a step up to level {level} or above (3: an"
    .. " assessment or child in need)",
  numerator = "ended episodes with a referral or a step up in them",
  denominator = "early help episodes that ended in the period",
  exclusions = {
    "an episode whose end may lie outside the period",
    "an end without a start, an end before the start, an episode begun while another was open and nothing tells them apart",
  },
  pitfalls = {
    "a referral after the last day is not counted: where episodes are closed before the referral is made the share is too"
      .. " low",
    "an episode that is still open is not counted, though it may have been stepped up",
    "some areas count children, others families",
  },
  evidence = { source = "Yearly report of a safeguarding partnership: early help cases that escalated to social care",
               standing = { "practice" } },
  needs = { all = { "early-help-start", "early-help-end" }, any = { "referral", "step-up" } },
  unit = "early help episodes", chart = "xmr",
  params = {
    level = { type = "count", default = 3, min = 3, max = 7, doc = "level of response that is social care",
              standing = "product" },
  },
  measure = function(m, p)
    local ended = m:episodes({ name = "early-help" }):ending()
    local referrals = m:rows { kind = "referral" }
    referrals = referrals:minus(referrals:where { facts = { no_further_action = "yes" } })
    local up = referrals:union(m:rows { kind = "step-up", facts = { to_level = { min = p.level } } })
    return m:share { of = ended:containing(up, { last_day = true }), among = ended }
  end,
  examples = {
    { name = "a referral on the last day, a step up within, and neither", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 2, denominator = 3 },
      events = { { "A", "2024-01-15", "early-help-start", "early-help", ended = "2024-05-13" },
                 { "A", "2024-05-13", "referral", "childrens-social-care" },
                 { "B", "2024-01-15", "early-help-start", "early-help", ended = "2025-03-31" },
                 { "B", "2024-09-02", "step-up", "early-help", { to_level = 3 } },
                 { "C", "2024-01-15", "early-help-start", "early-help", ended = "2024-07-01" } } },
    { name = "refused, up to early help only, and a day late", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 0, denominator = 3 },
      events = { { "A", "2024-01-15", "early-help-start", "early-help", ended = "2024-05-13" },
                 { "A", "2024-03-04", "referral", "childrens-social-care", { no_further_action = true } },
                 { "B", "2024-01-15", "early-help-start", "early-help", ended = "2024-05-13" },
                 { "B", "2024-03-04", "step-up", "early-help", { to_level = 2 } },
                 { "C", "2024-01-15", "early-help-start", "early-help", ended = "2024-05-13" },
                 { "C", "2024-05-14", "referral", "childrens-social-care" } } },
    { name = "an end that nothing began", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 0, denominator = 0, left_out = { ["no-start"] = 1 } },
      events = { { "A", "2024-05-13", "early-help-end", "early-help" } } },
  },
}
