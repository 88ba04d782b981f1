-- Concerns rise in several agencies; the level of help does not.

return {
  id = "response-flat", version = "1.0.0", group = "drift",
  title = "Concerns rise, the response does not",
  question = "Do several agencies record more concerns than before, while the level of response stays the same or falls?",
  definition = "on some day, incidents of concern in the {over} up to it number at least {incidents} and at least"
    .. " {ratio} times those in the {over} before; at least {agencies} agencies each record more than before; and the"
    .. " level of response is not above what it was {over} earlier."
    .. " Agencies whose declared returns miss either time are left out",
  evidence = {
    source = "Joint targeted area inspection of Bedford 2023, practice study: more and more calls, nobody re-evaluated",
    standing = { "practice", "product" },
  },
  needs = { any = {
    "concern", "school-concern", "hunger-concern", "hygiene-concern", "supervision-concern", "housing-concern",
    "police-incident", "domestic-abuse-incident", "was-not-brought", "dental-concern", "development-concern",
    "injury", "anonymous-concern", "exclusion", "non-engagement", "visit-no-access",
  }, held = { concern = true, n = { "incidents" }, within = "over" } },
  params = {
    over = { type = "span", default = { days = 180 }, min = { days = 28 }, max = { months = 24 }, standing = "product",
             doc = "length of each of the two times compared" },
    ratio = { type = "ratio", default = 1.5, min = 1, max = 10, standing = "product",
              doc = "how many times as many incidents as before" },
    incidents = { type = "count", default = 4, min = 2, max = 100, standing = "product",
                  doc = "incidents in the later time, at least" },
    agencies = { type = "count", default = 2, min = 1, max = 20, standing = "product",
                 doc = "agencies that each record more than before" },
  },
  outcomes = {
    flat = "Concerns rose in {rising} or more agencies ({count} incidents; first: {from}; last: {to})"
      .. " while the level of response did not rise.",
  },
  evaluate = function(child, p)
    local answer = child:select({ concern = true }):rise {
      over = p.over, ratio = p.ratio, n = p.incidents, agencies = p.agencies, level = "not-above", outcome = "flat",
    }
    answer.values = { rising = p.agencies }
    return answer
  end,
  examples = {
    { name = "police and school, four after one", as_of = "2024-09-30", expect = "met", evidence = { 2, 3, 4, 5 },
      outcome = "flat",
      events = { { "2023-11-20", "police-incident", "police" },
                 { "2024-05-03", "police-incident", "police" },
                 { "2024-06-11", "school-concern", "school" },
                 { "2024-07-02", "school-concern", "school" },
                 { "2024-08-19", "police-incident", "police" } } },
    { name = "one agency alone", as_of = "2024-09-30", expect = "not-met",
      events = { { "2024-05-03", "school-concern", "school" },
                 { "2024-06-11", "school-concern", "school" },
                 { "2024-07-02", "school-concern", "school" },
                 { "2024-08-19", "school-concern", "school" } } },
    { name = "the response rose first", as_of = "2024-09-20", expect = "not-met",
      events = { { "2024-04-02", "cin-plan-start", "childrens-social-care" },
                 { "2024-05-03", "police-incident", "police" },
                 { "2024-06-11", "school-concern", "school" },
                 { "2024-07-02", "school-concern", "school" },
                 { "2024-08-19", "police-incident", "police" } } },
    { name = "one of the four may be older", as_of = "2024-09-30", expect = "possible", evidence = { 1, 2, 3, 4 },
      events = { { "[2023-01-01..2024-08-01]", "police-incident", "police" },
                 { "2024-06-11", "school-concern", "school" },
                 { "2024-07-02", "school-concern", "school" },
                 { "2024-08-19", "police-incident", "police" } } },
  },
}
