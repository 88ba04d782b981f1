-- The national statistic: from the start of the section 47 enquiry to the initial conference.

return {
  id = "s47-to-conference", version = "1.0.0", group = "child-protection",
  title = "From section 47 enquiry to conference",
  definition = "initial child protection conferences of the period with a section 47 enquiry of the child that began on"
    .. " their day or in the {looked_for} before, by working days from the last such start to the conference: the start is"
    .. " day 0, weekends and bank holidays are left out",
  numerator = "conferences within {limit} working days of the start of the enquiry",
  denominator = "conferences of the period with an enquiry before them",
  exclusions = {
    "a conference without an enquiry in the time before",
    "one that was not required",
    "a conference or enquiry with a doubtful day, or outside the known bank holidays",
  },
  pitfalls = {
    "this is the statistic. The clock of guidance begins with the strategy discussion, which may lie some days earlier",
    "the census says itself which enquiry led to which conference; elsewhere the last one before it is taken",
  },
  evidence = { source = "Children in need statistics: initial conferences by working days from the start of the section 47"
    .. " enquiry",
               standing = { "national-definition" } },
  needs = { all = { "s47-start", "icpc" } },
  looks_back = { months = 6 },
  unit = "conferences", chart = "xmr",
  params = {
    limit = { type = "count", default = 15, min = 1, max = 250, doc = "working days that are in time", standing = "statutory" },
    looked_for = { type = "span", default = { months = 6 }, min = { months = 1 }, max = { months = 24 }, standing = "product",
                   doc = "how long before a conference its enquiry may have begun" },
  },
  measure = function(m, p)
    local conferences, enquiries = use "conferences", m:rows { kind = "s47-start", once = "incident" }
    local came = conferences.after_enquiry(conferences.held(m):starting(), enquiries, p.looked_for)
    return m:times { of = came:since_last(enquiries), count = "working-days", edges = use("durations").conferences,
                     within = p.limit }
  end,
  examples = {
    -- From Monday 3 June 2024: 10 working days end on 17 June, 15 on 24 June, 20 on 1 July.
    { name = "at the edges of the bins", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 3, denominator = 5, lengths = { 0, 10, 15, 16, 21 },
                 lines = { ["0-10"] = 2, ["11-15"] = 1, ["16-20"] = 1, ["21-or-more"] = 1 } },
      events = { { "A", "2024-06-03", "s47-start", "childrens-social-care" },
                 { "A", "2024-06-03", "icpc", "childrens-social-care" },
                 { "B", "2024-06-03", "s47-start", "childrens-social-care" },
                 { "B", "2024-06-17", "icpc", "childrens-social-care" },
                 { "C", "2024-06-03", "s47-start", "childrens-social-care" },
                 { "C", "2024-06-24", "icpc", "childrens-social-care" },
                 { "D", "2024-06-03", "s47-start", "childrens-social-care" },
                 { "D", "2024-06-25", "icpc", "childrens-social-care" },
                 { "E", "2024-06-03", "s47-start", "childrens-social-care" },
                 { "E", "2024-07-02", "icpc", "childrens-social-care" } } },
    { name = "the last of two enquiries; none at all", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 1, denominator = 1, lengths = { 10 }, lines = { ["0-10"] = 1 } },
      events = { { "A", "2024-04-08", "s47-start", "childrens-social-care", ended = "2024-04-26" },
                 { "A", "2024-06-03", "s47-start", "childrens-social-care" },
                 { "A", "2024-06-17", "icpc", "childrens-social-care" },
                 { "B", "2024-06-17", "icpc", "childrens-social-care" } } },
    { name = "the enquiry began some day in June", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 0, denominator = 0, lengths = {}, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-06", "s47-start", "childrens-social-care" },
                 { "A", "2024-07-08", "icpc", "childrens-social-care" } } },
  },
}
