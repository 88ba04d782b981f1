-- Whether the conference about neglect had a graded care profile to look at.

return {
  id = "neglect-conferences-with-profile", version = "1.0.0", group = "neglect",
  title = "Conferences for neglect with a graded care profile",
  definition = "of the initial child protection conferences of the period that were for neglect, those with a graded care"
    .. " profile of the child on their day or in the {before} before. For neglect is a conference on whose day a child"
    .. " protection plan of category {categories} started, and one with a theme of neglect",
  numerator = "conferences for neglect with a profile", denominator = "conferences for neglect in the period",
  exclusions = { "a conference that was not required", "a conference, plan or profile whose day may make a difference" },
  pitfalls = {
    "a conference for neglect that made no plan is known only where the entry has a theme",
    "a plan that does not start on the day of its conference is missed",
  },
  evidence = { source = "Yearly report of a safeguarding partnership: profiles fewer than conferences for neglect suggest;"
    .. " how long before is ours", standing = { "practice", "product" } },
  needs = { all = { "icpc", "cp-plan-start", "graded-care-completed" }, facts = { "cp-plan-start.category" } },
  looks_back = { months = 6 },
  unit = "conferences", chart = "xmr",
  params = {
    before = { type = "span", default = { months = 6 }, min = { days = 0 }, max = { months = 24 }, standing = "product",
               doc = "how old a profile may be" },
    categories = { type = "list", default = { "neglect" }, standing = "national-definition",
                   doc = "categories of a plan that are neglect" },
  },
  measure = function(m, p)
    local neglect = use "neglect-units"
    local held = use("conferences").held(m):starting()
    local plans = m:rows { kind = "cp-plan-start", facts = { category = p.categories } }
    local about = neglect.by_theme(held):union(held:followed(plans, { within = { days = 0 } }))
    return m:share { of = neglect.with_profile(m, about, p.before, { days = 0 }), among = about }
  end,
  examples = {
    { name = "on the day, six months before, a day more", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 2, denominator = 3 },
      events = { { "A", "2024-06-20", "icpc", "childrens-social-care" },
                 { "A", "2024-06-20", "cp-plan-start", "childrens-social-care", { category = "neglect" } },
                 { "A", "2024-06-20", "graded-care-completed", "childrens-social-care" },
                 { "B", "2024-06-20", "icpc", "childrens-social-care", theme = "supervisory" },
                 { "B", "2023-12-20", "graded-care-completed", "health-visiting" },
                 { "C", "2024-06-20", "icpc", "childrens-social-care", theme = "supervisory" },
                 { "C", "2023-12-19", "graded-care-completed", "health-visiting" } } },
    { name = "after it, not for neglect, not required", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 0, denominator = 1 },
      events = { { "A", "2024-06-20", "icpc", "childrens-social-care" },
                 { "A", "2024-06-20", "cp-plan-start", "childrens-social-care", { category = "neglect" } },
                 { "A", "2024-06-21", "graded-care-completed", "childrens-social-care" },
                 { "B", "2024-06-20", "icpc", "childrens-social-care" },
                 { "B", "2024-06-20", "cp-plan-start", "childrens-social-care", { category = "physical" } },
                 { "C", "2024-06-20", "icpc", "childrens-social-care", { not_required = true }, theme = "physical" } } },
    { name = "the profile is of December", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 0, denominator = 0, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-06-20", "icpc", "childrens-social-care", theme = "physical" },
                 { "A", "2023-12", "graded-care-completed", "health-visiting" } } },
  },
}
