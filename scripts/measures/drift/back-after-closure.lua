-- Whether the end of a case was the end, by cohort of closure.

return {
  id = "back-after-closure", version = "1.0.0", group = "drift",
  title = "Back after closure, by cohort",
  definition = "closings of a case in the period, followed to the first referral of the child on a later day; where none has"
    .. " come by the last day of the period, still waiting. The shares back are those of Kaplan and Meier with 95 % limits,"
    .. " after 3, 6 and 12 calendar months. A referral on the day of the closing: {same_day} (later: it does not count;"
    .. " counts: it is one, after 0 days, though it may be the referral of the case that is closed)",
  numerator = "closings followed by a referral", denominator = "closings of a case in the period",
  exclusions = { "a closing or referral with a doubtful day" },
  pitfalls = {
    "back is not failure: new things happen to families",
    "what comes back as early help or as a contact only is not in it",
    "a referral that ended in no further action has no closing and begins nothing here",
  },
  evidence = { source = "Reviews: re-referrals because step-down had not brought lasting change; Kaplan and Meier, Journal"
    .. " of the American Statistical Association 1958", standing = { "practice", "product" } },
  needs = { all = { "case-closure", "referral" } },
  unit = "closings", chart = "none",
  params = {
    same_day = { type = "choice", default = "later", choices = { "later", "counts" }, standing = "product",
                 doc = "what a referral on the day of the closing is" },
  },
  measure = function(m, p)
    local closed = m:rows({ kind = "case-closure" }):starting()
    local back = closed:until_first(m:rows { kind = "referral" }, { same_day = p.same_day == "counts" })
    return m:survival { of = back, at = { { months = 3 }, { months = 6 }, { months = 12 } } }
  end,
  examples = {
    { name = "after 92 days, and not yet", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 1, denominator = 2, lengths = { 92 }, waiting = { 90 } },
      events = { { "A", "2024-02-05", "referral", "childrens-social-care" },
                 { "A", "2024-06-03", "case-closure", "childrens-social-care" },
                 { "A", "2024-09-03", "referral", "childrens-social-care" },
                 { "B", "2024-02-05", "referral", "childrens-social-care" },
                 { "B", "2024-12-31", "case-closure", "childrens-social-care" } } },
    { name = "opened and closed on one day", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 0, denominator = 1, lengths = {}, waiting = { 90 } },
      events = { { "A", "2024-12-31", "referral", "childrens-social-care" },
                 { "A", "2024-12-31", "case-closure", "childrens-social-care" } } },
    { name = "referred again on the day of the closing", from = "2024-04-01", to = "2025-03-31", params = { same_day = "counts" },
      expect = { numerator = 1, denominator = 1, lengths = { 0 } },
      events = { { "A", "2024-02-05", "referral", "childrens-social-care", episode = "C1" },
                 { "A", "2024-06-03", "case-closure", "childrens-social-care", episode = "C1" },
                 { "A", "2024-06-03", "referral", "childrens-social-care", episode = "C2" } } },
    { name = "back in September", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 0, denominator = 0, lengths = {}, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-02-05", "referral", "childrens-social-care" },
                 { "A", "2024-06-03", "case-closure", "childrens-social-care" },
                 { "A", "2024-09", "referral", "childrens-social-care" } } },
  },
}
