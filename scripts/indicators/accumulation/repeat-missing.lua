-- Missing again and again.

return {
  id = "repeat-missing", version = "1.0.0", group = "accumulation",
  title = "Missing again and again",
  question = "Did the child go missing three times within 90 days?",
  definition = "{times} or more episodes of going missing that began within {within}",
  evidence = {
    source = "Local protocols on children who go missing: three episodes in 90 days bring a strategy meeting",
    standing = { "local" },
  },
  needs = { any = { "missing-start" }, deny = { "missing-start" }, held = { "missing-start", n = { "times" } } },
  params = {
    times = { type = "count", default = 3, min = 2, max = 50, doc = "episodes that make a prompt" },
    within = { type = "span", default = { days = 90 }, min = { days = 7 }, max = { months = 24 }, doc = "length of the window" },
  },
  outcomes = { again = "Went missing {count} times (first: {from}; last: {to})." },
  evaluate = function(child, p)
    return child:select { kind = "missing-start" }:at_least { n = p.times, within = p.within, outcome = "again" }
  end,
  examples = {
    -- 1 June to 29 August 2024 are 90 days.
    { name = "three times in 90 days", as_of = "2024-12-31", expect = "met", evidence = { 1, 3, 5 }, outcome = "again",
      events = { { "2024-06-01", "missing-start", "police", episode = "M1" },
                 { "2024-06-02", "missing-end", "police", episode = "M1" },
                 { "2024-07-14", "missing-start", "police", episode = "M2" },
                 { "2024-07-15", "missing-end", "police", episode = "M2" },
                 { "2024-08-29", "missing-start", "police", episode = "M3" },
                 { "2024-08-29", "missing-end", "police", episode = "M3" } } },
    { name = "the third on the 91st day", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-06-01", "missing-start", "police", episode = "M1" },
                 { "2024-06-02", "missing-end", "police", episode = "M1" },
                 { "2024-07-14", "missing-start", "police", episode = "M2" },
                 { "2024-07-15", "missing-end", "police", episode = "M2" },
                 { "2024-08-30", "missing-start", "police", episode = "M3" },
                 { "2024-08-30", "missing-end", "police", episode = "M3" } } },
    { name = "the month of one is all that is known", as_of = "2024-12-31", expect = "possible", evidence = { 1, 2, 3 },
      events = { { "2024-06-01", "missing-start", "police", episode = "M1" },
                 { "2024-07-14", "missing-start", "police", episode = "M2" },
                 { "2024-08", "missing-start", "police", episode = "M3" } } },
    { name = "a carer's call and the police report of one night", as_of = "2024-12-31", expect = "possible",
      evidence = { 1, 2, 3 },
      events = { { "2024-06-01", "missing-start", "police" },
                 { "2024-06-01", "missing-start", "childrens-social-care" },
                 { "2024-07-14", "missing-start", "police" } } },
  },
}
