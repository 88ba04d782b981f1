-- Domestic abuse incidents that repeat.

return {
  id = "repeat-domestic-abuse", version = "1.0.0", group = "accumulation",
  title = "Domestic abuse again and again",
  question = "Were there three domestic abuse incidents within twelve months?",
  definition = "{incidents} or more domestic abuse incidents within {within};"
    .. " what several agencies tell of one incident counts once",
  evidence = {
    source = "Multi-agency risk assessment conferences: repeats within twelve months; the number is set locally",
    standing = { "practice", "local" },
  },
  needs = {
    any = { "domestic-abuse-incident" },
    deny = { "domestic-abuse-incident" },
    held = { "domestic-abuse-incident", n = { "incidents" } },
  },
  params = {
    incidents = { type = "count", default = 3, min = 2, max = 50, standing = "local", doc = "incidents that make a prompt" },
    within = { type = "span", default = { months = 12 }, min = { days = 30 }, max = { months = 60 }, standing = "practice",
               doc = "length of the window" },
  },
  outcomes = { again = "{count} domestic abuse incidents (first: {from}; last: {to})." },
  evaluate = function(child, p)
    local incidents = child:select { kind = "domestic-abuse-incident" }
    return incidents:at_least { n = p.incidents, within = p.within, outcome = "again" }
  end,
  examples = {
    { name = "three in eleven months", as_of = "2024-12-31", expect = "met", evidence = { 1, 2, 4 }, outcome = "again",
      events = { { "2024-01-06", "domestic-abuse-incident", "police", { risk = "standard" } },
                 { "2024-05-18", "domestic-abuse-incident", "police", { risk = "medium" } },
                 { "2024-06-03", "police-incident", "police" },
                 { "2024-12-01", "domestic-abuse-incident", "police", { risk = "standard" } } } },
    { name = "the third a day after the anniversary", as_of = "2025-12-31", expect = "not-met",
      events = { { "2024-01-06", "domestic-abuse-incident", "police" },
                 { "2024-05-18", "domestic-abuse-incident", "police" },
                 { "2025-01-07", "domestic-abuse-incident", "police" } } },
    { name = "two, one of them told by two agencies", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-01-06", "domestic-abuse-incident", "police", incident = "I1" },
                 { "2024-01-06", "domestic-abuse-incident", "housing", incident = "I1" },
                 { "2024-05-18", "domestic-abuse-incident", "police" } } },
    { name = "two entries that may be one", as_of = "2024-12-31", expect = "possible", evidence = { 1, 2, 3 },
      events = { { "2024-01-06", "domestic-abuse-incident", "police" },
                 { "2024-01-07", "domestic-abuse-incident", "housing" },
                 { "2024-05-18", "domestic-abuse-incident", "police" } } },
    { name = "one dated by its year", as_of = "2025-12-31", expect = "possible", evidence = { 1, 2, 3 },
      events = { { "2024-05-18", "domestic-abuse-incident", "police" },
                 { "2024-11-02", "domestic-abuse-incident", "police" },
                 { "2025", "domestic-abuse-incident", "police" } } },
  },
}
