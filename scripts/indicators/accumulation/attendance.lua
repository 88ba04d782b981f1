-- Absence from school over a school year, as the national statistics count it.

return {
  id = "attendance", version = "1.0.0", group = "accumulation",
  title = "Persistent or severe absence",
  question = "Was the child persistently or severely absent from school in a school year?",
  definition = "persistent: {persistent} or more of the child's own possible sessions were missed in a school year"
    .. " (1 September to 31 August), as far as attendance is on record; severe: {severe} or more",
  evidence = {
    source = "Department for Education, pupil absence in schools in England: persistent absence is 10 per cent or more of a"
      .. " pupil's own possible sessions, severe absence 50 per cent or more",
    standing = { "national-definition" },
  },
  -- No `held`: a child without a summary of attendance is not assessed rather than not met.
  needs = {
    any = { "attendance-summary" },
    deny = { "attendance-summary.sessions_missed", "attendance-summary.sessions_possible" },
  },
  params = {
    persistent = { type = "percent", default = 10, min = 1, max = 100, doc = "share of sessions missed that is persistent" },
    severe = { type = "percent", default = 50, min = 1, max = 100, doc = "share of sessions missed that is severe" },
  },
  outcomes = {
    persistent = "Missed {share} per cent of the sessions on record in one school year (entries from {from} to {to}):"
      .. " persistent absence.",
    severe = "Missed {share} per cent of the sessions on record in one school year (entries from {from} to {to}):"
      .. " severe absence.",
  },
  evaluate = function(child, p)
    local summaries = child:select { kind = "attendance-summary" }
    local function missed(percent, outcome)
      return summaries:share { of = "sessions_missed", by = "sessions_possible", year = "school", percent = percent,
                               outcome = outcome }
    end
    return any_of { missed(p.severe, "severe"), missed(p.persistent, "persistent") }
  end,
  examples = {
    -- 6 + 13 of 120 + 70 are 19 of 190: exactly 10 per cent.
    { name = "one session in ten", as_of = "2025-08-31", expect = "met", evidence = { 1, 2 }, outcome = "persistent",
      events = {
        { "2024-12-20", "attendance-summary", "school", { sessions_missed = 6, sessions_possible = 120 } },
        { "2025-02-14", "attendance-summary", "school", { sessions_missed = 13, sessions_possible = 70 } } } },
    { name = "one session fewer", as_of = "2025-08-31", expect = "not-met",
      events = {
        { "2024-12-20", "attendance-summary", "school", { sessions_missed = 6, sessions_possible = 120 } },
        { "2025-02-14", "attendance-summary", "school", { sessions_missed = 12, sessions_possible = 70 } } } },
    { name = "half of them", as_of = "2025-08-31", expect = "met", evidence = { 1, 2 }, outcome = "severe",
      events = {
        { "2024-12-20", "attendance-summary", "school", { sessions_missed = 60, sessions_possible = 130 } },
        { "2025-04-04", "attendance-summary", "school", { sessions_missed = 60, sessions_possible = 110 } } } },
    -- 20 of 140 are in the year before; 4 of 130 are not a tenth.
    { name = "in the year before", as_of = "2025-08-31", expect = "met", evidence = { 1 }, outcome = "persistent",
      events = {
        { "2024-07-19", "attendance-summary", "school", { sessions_missed = 20, sessions_possible = 140 } },
        { "2024-12-20", "attendance-summary", "school", { sessions_missed = 4, sessions_possible = 130 } } } },
    -- 14 of 260 together; by itself the second year has 10 of 70.
    { name = "a date that may lie in either year", as_of = "2025-08-31", expect = "possible", evidence = { 1, 2 },
      outcome = "persistent",
      events = {
        { "[2024-08-20..2024-09-10]", "attendance-summary", "school", { sessions_missed = 4, sessions_possible = 190 } },
        { "2024-12-20", "attendance-summary", "school", { sessions_missed = 10, sessions_possible = 70 } } } },
    { name = "the possible sessions are not known", as_of = "2025-08-31", expect = "not-assessed", reason = "no-data",
      events = { { "2024-12-20", "attendance-summary", "school", { sessions_missed = 40 } } } },
  },
}
