-- A graded care profile should go with a referral for neglect.

return {
  id = "neglect-referrals-with-profile", version = "1.0.0", group = "neglect",
  title = "Referrals for neglect with a graded care profile",
  definition = "of the referrals for neglect of the period whose time of {after} was over before the as-of day, those with a"
    .. " graded care profile of the child from {before} before them up to {after} after them. For neglect is a referral with"
    .. " a theme of neglect (physical, educational, emotional, medical, supervisory, environmental), and one after which an"
    .. " assessment that names {factors} was authorised within {after}",
  numerator = "referrals for neglect with a profile", denominator = "referrals for neglect whose time of {after} is over",
  exclusions = { "a referral whose time is not over yet", "a referral, assessment or profile whose day may make a difference" },
  pitfalls = {
    "the main need N1, abuse or neglect, does not tell neglect from abuse and is not looked at",
    "a referral that is not assessed and has no theme is not known to be for neglect",
    "a profile of an earlier referral counts as long as it lies in the time before",
  },
  evidence = { source = "Yearly report of a safeguarding partnership: a profile should accompany any referral for neglect;"
    .. " how long before and after is ours", standing = { "practice", "product" } },
  needs = { all = { "referral", "graded-care-completed" } },
  looks_back = { months = 6 },
  unit = "referrals", chart = "xmr",
  params = {
    before = { type = "span", default = { months = 6 }, min = { days = 0 }, max = { months = 24 }, standing = "product",
               doc = "how old a profile may be" },
    after = { type = "span", default = { working_days = 45 }, min = { working_days = 1 }, max = { working_days = 260 },
              standing = "product", doc = "time to complete a profile after the referral" },
    factors = { type = "list", default = { "16A" }, standing = "national-definition",
                doc = "factors of an assessment that are neglect" },
  },
  measure = function(m, p)
    local neglect = use "neglect-units"
    local referrals = m:rows({ kind = "referral", once = "incident" }):starting(use("windows").over(m, p.after))
    local assessed = m:rows { kind = "assessment-end", facts = { factors = p.factors } }
    local about = neglect.by_theme(referrals):union(referrals:followed(assessed, { within = p.after }))
    return m:share { of = neglect.with_profile(m, about, p.before, p.after), among = about }
  end,
  examples = {
    -- From Monday 3 June 2024, 45 working days end on 5 August; six months before it is 3 December 2023.
    { name = "on the last day after, the first before, and a day outside each", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 2, denominator = 4 },
      events = { { "A", "2024-06-03", "referral", "childrens-social-care", theme = "physical" },
                 { "A", "2024-08-05", "graded-care-completed", "childrens-social-care" },
                 { "B", "2024-06-03", "referral", "childrens-social-care", theme = "medical" },
                 { "B", "2023-12-03", "graded-care-completed", "health-visiting" },
                 { "C", "2024-06-03", "referral", "childrens-social-care", theme = "physical" },
                 { "C", "2024-08-06", "graded-care-completed", "childrens-social-care" },
                 { "D", "2024-06-03", "referral", "childrens-social-care", theme = "physical" },
                 { "D", "2023-12-02", "graded-care-completed", "health-visiting" } } },
    { name = "known by its assessment; not for neglect; not over", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 0, denominator = 1 },
      events = { { "A", "2024-06-03", "referral", "childrens-social-care" },
                 { "A", "2024-07-15", "assessment-end", "childrens-social-care", { factors = "16A" } },
                 { "B", "2024-06-03", "referral", "childrens-social-care", theme = "domestic-abuse" },
                 { "B", "2024-06-10", "graded-care-completed", "childrens-social-care" },
                 { "C", "2025-03-10", "referral", "childrens-social-care", theme = "physical" } } },
    { name = "the profile is of August", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 0, denominator = 0, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-06-03", "referral", "childrens-social-care", theme = "physical" },
                 { "A", "2024-08", "graded-care-completed", "childrens-social-care" } } },
  },
}
