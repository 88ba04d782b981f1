-- The clock of guidance: from the strategy discussion to the initial conference.

return {
  id = "discussion-to-conference", version = "1.0.0", group = "child-protection",
  title = "From strategy discussion to conference",
  definition = "initial child protection conferences of the period with a section 47 enquiry before them (the last one that"
    .. " began on their day or in the {looked_for} before) and a strategy discussion on its account, by working days from"
    .. " the {discussion} such discussion to the conference: the day of the discussion is day 0, weekends and bank holidays"
    .. " are left out. On account of an enquiry is a discussion from {before} before its start up to the day of the"
    .. " conference",
  numerator = "conferences within {limit} working days of the {discussion} strategy discussion",
  denominator = "conferences of the period with an enquiry and a strategy discussion before them",
  exclusions = {
    "a conference without an enquiry or without a strategy discussion on record",
    "one that was not required",
    "a conference, enquiry or discussion with a doubtful day, or outside the known bank holidays",
  },
  pitfalls = {
    "this is the clock. The national statistic begins with the start of the enquiry",
    "the census holds no strategy discussions: from it this is not assessed, and the statistic is the nearest there is",
    "guidance means the discussion that started the enquiry; some local manuals the last one, which gives shorter times",
  },
  evidence = { source = "Working Together to Safeguard Children: a conference within 15 working days of the strategy"
    .. " discussion at which the enquiry was begun", standing = { "statutory" } },
  needs = { all = { "strategy-discussion", "s47-start", "icpc" } },
  looks_back = { months = 6 },
  unit = "conferences", chart = "xmr",
  params = {
    limit = { type = "count", default = 15, min = 1, max = 250, doc = "working days that are in time", standing = "statutory" },
    discussion = { type = "choice", default = "first", choices = { "first", "last" }, standing = "statutory",
                   doc = "which strategy discussion of an enquiry counts; the last one in some local manuals" },
    before = { type = "span", default = { days = 7 }, min = { days = 0 }, max = { days = 60 }, standing = "product",
               doc = "how long before an enquiry its strategy discussion may lie" },
    looked_for = { type = "span", default = { months = 6 }, min = { months = 1 }, max = { months = 24 }, standing = "product",
                   doc = "how long before a conference its enquiry may have begun" },
  },
  measure = function(m, p)
    local conferences, enquiries = use "conferences", m:rows { kind = "s47-start", once = "incident" }
    local came = conferences.after_enquiry(conferences.held(m):starting(), enquiries, p.looked_for)
    local discussions = m:rows { kind = "strategy-discussion", once = "incident" }
    local rule = { not_before = enquiries, margin = p.before }
    local waits = p.discussion == "first" and came:since_first(discussions, rule) or came:since_last(discussions, rule)
    return m:times { of = waits, count = "working-days", edges = use("durations").conferences, within = p.limit }
  end,
  examples = {
    -- From Monday 3 June 2024, 15 working days end on 24 June.
    { name = "on the 15th working day and on the 16th", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 1, denominator = 2, lengths = { 15, 16 }, lines = { ["11-15"] = 1, ["16-20"] = 1 } },
      events = { { "A", "2024-06-03", "strategy-discussion", "childrens-social-care" },
                 { "A", "2024-06-04", "s47-start", "childrens-social-care" },
                 { "A", "2024-06-24", "icpc", "childrens-social-care" },
                 { "B", "2024-06-03", "strategy-discussion", "childrens-social-care" },
                 { "B", "2024-06-04", "s47-start", "childrens-social-care" },
                 { "B", "2024-06-25", "icpc", "childrens-social-care" } } },
    { name = "the first of two, not that of an earlier enquiry", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 1, denominator = 1, lengths = { 15 }, lines = { ["11-15"] = 1 } },
      events = { { "A", "2024-05-13", "strategy-discussion", "childrens-social-care" },
                 { "A", "2024-05-13", "s47-start", "childrens-social-care", ended = "2024-05-20" },
                 { "A", "2024-06-03", "strategy-discussion", "childrens-social-care" },
                 { "A", "2024-06-04", "s47-start", "childrens-social-care" },
                 { "A", "2024-06-10", "strategy-discussion", "childrens-social-care" },
                 { "A", "2024-06-24", "icpc", "childrens-social-care" } } },
    { name = "the last of two", from = "2024-04-01", to = "2025-03-31", params = { discussion = "last" },
      expect = { numerator = 1, denominator = 1, lengths = { 10 }, lines = { ["0-10"] = 1 } },
      events = { { "A", "2024-06-03", "strategy-discussion", "childrens-social-care" },
                 { "A", "2024-06-04", "s47-start", "childrens-social-care" },
                 { "A", "2024-06-10", "strategy-discussion", "childrens-social-care" },
                 { "A", "2024-06-24", "icpc", "childrens-social-care" } } },
    { name = "none on record, and one on a doubtful day", from = "2024-04-01", to = "2025-03-31",
      expect = { numerator = 0, denominator = 0, lengths = {}, left_out = { ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-06-04", "s47-start", "childrens-social-care" },
                 { "A", "2024-06-24", "icpc", "childrens-social-care" },
                 { "B", "2024-06", "strategy-discussion", "childrens-social-care" },
                 { "B", "2024-06-04", "s47-start", "childrens-social-care" },
                 { "B", "2024-06-24", "icpc", "childrens-social-care" } } },
  },
}
