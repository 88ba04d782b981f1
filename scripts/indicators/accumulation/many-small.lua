-- Many small concerns, none of which was enough by itself.

return {
  id = "many-small", version = "1.0.0", group = "accumulation",
  title = "Many small concerns",
  question = "Do several agencies record many low-level concerns, none of which led to more by itself?",
  definition = "{incidents} or more incidents rated low, from {agencies} or more agencies, within {within},"
    .. " with no referral among them and no level of response above early help from the first to the last."
    .. " Entries that were not rated count as doubtful",
  evidence = {
    source = "Research and reviews on the cumulative harm of neglect; numbers set by this product",
    standing = { "research", "practice", "product" },
  },
  needs = { any = {
    "concern", "school-concern", "hunger-concern", "hygiene-concern", "supervision-concern", "housing-concern",
    "police-incident", "was-not-brought", "dental-concern", "development-concern", "anonymous-concern",
    "non-engagement",
  }, held = { concern = true, n = { "incidents" }, within = "within" } },
  params = {
    incidents = { type = "count", default = 6, min = 2, max = 100, standing = "product",
                  doc = "incidents that make a prompt" },
    agencies = { type = "count", default = 3, min = 1, max = 20, standing = "product",
                 doc = "agencies among them" },
    within = { type = "span", default = { days = 90 }, min = { days = 7 }, max = { months = 24 }, standing = "product",
               doc = "length of the window" },
  },
  outcomes = {
    many = "{count} concerns rated low from {agencies} agencies (first: {from}; last: {to}),"
      .. " with no referral and nothing above early help.",
  },
  evaluate = function(child, p)
    local low = child:select { concern = true, significance = "low" }
    local referrals = child:select { kind = "referral" }
    return low:at_least {
      n = p.incidents, within = p.within, agencies = p.agencies, without = referrals, level_at_most = 2, outcome = "many",
    }
  end,
  examples = {
    { name = "six from three agencies in two months", as_of = "2024-09-30", expect = "met",
      evidence = { 1, 2, 3, 4, 5, 6 }, outcome = "many",
      events = { { "2024-03-04", "hunger-concern", "school", significance = "low" },
                 { "2024-03-12", "hygiene-concern", "school", significance = "low" },
                 { "2024-03-20", "concern", "health-visiting", significance = "low" },
                 { "2024-04-08", "housing-concern", "housing", significance = "low" },
                 { "2024-04-15", "hygiene-concern", "school", significance = "low" },
                 { "2024-04-29", "concern", "health-visiting", significance = "low" } } },
    { name = "two agencies only", as_of = "2024-09-30", expect = "not-met",
      events = { { "2024-03-04", "hunger-concern", "school", significance = "low" },
                 { "2024-03-12", "hygiene-concern", "school", significance = "low" },
                 { "2024-03-20", "concern", "health-visiting", significance = "low" },
                 { "2024-04-08", "concern", "health-visiting", significance = "low" },
                 { "2024-04-15", "hygiene-concern", "school", significance = "low" },
                 { "2024-04-29", "concern", "health-visiting", significance = "low" } } },
    { name = "a referral in between", as_of = "2024-09-30", expect = "not-met",
      events = { { "2024-03-04", "hunger-concern", "school", significance = "low" },
                 { "2024-03-12", "hygiene-concern", "school", significance = "low" },
                 { "2024-03-20", "concern", "health-visiting", significance = "low" },
                 { "2024-03-27", "referral", "childrens-social-care", significance = "high" },
                 { "2024-04-08", "housing-concern", "housing", significance = "low" },
                 { "2024-04-15", "hygiene-concern", "school", significance = "low" },
                 { "2024-04-29", "concern", "health-visiting", significance = "low" } } },
    { name = "one was not rated", as_of = "2024-09-30", expect = "possible", evidence = { 1, 2, 3, 4, 5, 6 },
      events = { { "2024-03-04", "hunger-concern", "school", significance = "low" },
                 { "2024-03-12", "hygiene-concern", "school", significance = "low" },
                 { "2024-03-20", "concern", "health-visiting", significance = "low" },
                 { "2024-04-08", "housing-concern", "housing", significance = "low" },
                 { "2024-04-15", "hygiene-concern", "school" },
                 { "2024-04-29", "concern", "health-visiting", significance = "low" } } },
    { name = "one is dated by its year", as_of = "2024-12-31", expect = "possible", evidence = { 1, 2, 3, 4, 5, 6 },
      events = { { "2024", "hunger-concern", "school", significance = "low" },
                 { "2024-03-12", "hygiene-concern", "school", significance = "low" },
                 { "2024-03-20", "concern", "health-visiting", significance = "low" },
                 { "2024-04-08", "housing-concern", "housing", significance = "low" },
                 { "2024-04-15", "hygiene-concern", "school", significance = "low" },
                 { "2024-04-29", "concern", "health-visiting", significance = "low" } } },
    { name = "a child protection plan is open", as_of = "2024-09-30", expect = "not-met",
      events = { { "2024-01-08", "cp-plan-start", "childrens-social-care" },
                 { "2024-03-04", "hunger-concern", "school", significance = "low" },
                 { "2024-03-12", "hygiene-concern", "school", significance = "low" },
                 { "2024-03-20", "concern", "health-visiting", significance = "low" },
                 { "2024-04-08", "housing-concern", "housing", significance = "low" },
                 { "2024-04-15", "hygiene-concern", "school", significance = "low" },
                 { "2024-04-29", "concern", "health-visiting", significance = "low" } } },
  },
}
