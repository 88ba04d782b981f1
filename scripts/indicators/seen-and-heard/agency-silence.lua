-- An agency that was involved goes quiet while others go on recording concerns.

return {
  id = "agency-silence", version = "1.0.0", group = "seen-and-heard",
  title = "An agency goes quiet",
  question = "Did an agency that knew the child record nothing, while others recorded concerns?",
  definition = "an agency with entries in the {active} before, whose returns cover the time and that was not declared"
    .. " as not involved, has no entry of any kind for {over} while others record {others} or more concerns",
  evidence = {
    source = "Practice of reviews: what each agency knew, and when it fell silent; numbers set by this product",
    standing = { "practice", "product" },
  },
  needs = { coverage = { days = 90, agencies = 1 }, held = { concern = true } },
  params = {
    over = { type = "span", default = { days = 90 }, min = { days = 14 }, max = { months = 24 }, standing = "product",
             doc = "how long the agency records nothing" },
    others = { type = "count", default = 3, min = 1, max = 100, standing = "product",
               doc = "concerns that other agencies record meanwhile" },
    active = { type = "span", default = { days = 365 }, min = { days = 30 }, max = { days = 1826 }, standing = "product",
               doc = "how long before the agency must have had an entry" },
  },
  outcomes = {
    silent = "{agency} recorded nothing for {over} or more (last entry: {from}),"
      .. " while other agencies recorded {count} concerns.",
  },
  evaluate = function(child, p)
    local concerns = child:select { concern = true }
    return concerns:silent { over = p.over, others = p.others, active = p.active, outcome = "silent" }
  end,
  examples = {
    { name = "the health visitor falls silent", as_of = "2024-09-30", expect = "met", evidence = { 1, 2, 3, 4 },
      outcome = "silent", covers = { ["health-visiting"] = { { "2024-01-01", "2024-09-30" } } },
      events = { { "2024-02-20", "health-visitor-contact", "health-visiting" },
                 { "2024-03-15", "police-incident", "police" },
                 { "2024-04-10", "school-concern", "school" },
                 { "2024-05-02", "police-incident", "police" } } },
    { name = "its return does not cover the time", as_of = "2024-09-30", expect = "not-met",
      covers = { ["health-visiting"] = { { "2024-01-01", "2024-03-31" } } },
      events = { { "2024-02-20", "health-visitor-contact", "health-visiting" },
                 { "2024-03-15", "police-incident", "police" },
                 { "2024-04-10", "school-concern", "school" },
                 { "2024-05-02", "police-incident", "police" } } },
    { name = "declared as not involved", as_of = "2024-09-30", expect = "not-met",
      covers = { ["health-visiting"] = { { "2024-01-01", "2024-09-30" } } },
      no_contact = { ["health-visiting"] = { { "2024-02-21", "2024-09-30" } } },
      events = { { "2024-02-20", "health-visitor-contact", "health-visiting" },
                 { "2024-03-15", "police-incident", "police" },
                 { "2024-04-10", "school-concern", "school" },
                 { "2024-05-02", "police-incident", "police" } } },
    { name = "two concerns only", as_of = "2024-09-30", expect = "not-met",
      covers = { ["health-visiting"] = { { "2024-01-01", "2024-09-30" } } },
      events = { { "2024-02-20", "health-visitor-contact", "health-visiting" },
                 { "2024-03-15", "police-incident", "police" },
                 { "2024-04-10", "school-concern", "school" } } },
    { name = "it may have been there in between", as_of = "2024-09-30", expect = "possible", evidence = { 1, 2, 3, 4, 5 },
      covers = { ["health-visiting"] = { { "2024-01-01", "2024-09-30" } } },
      events = { { "2024-02-20", "health-visitor-contact", "health-visiting" },
                 { "2024-03-15", "police-incident", "police" },
                 { "2024-04-10", "school-concern", "school" },
                 { "2024-05-02", "police-incident", "police" },
                 { "[2024-03-01..2024-09-01]", "health-visitor-contact", "health-visiting" } } },
  },
}
