-- A new indicator as a developer would write one: a loop over the columns of the rows. What asking it costs is measured by
-- tests/bench/asking.c; no policy knows it.

return {
  id = "columns", version = "1.0.0", group = "accumulation",
  title = "A long run of concerns",
  question = "Was there a long run of entries that were all concerns?",
  definition = "{entries} or more entries one after another, each of them a concern and none of a doubtful date",
  evidence = { source = "the bench", standing = { "product" } },
  needs = { any = { "concern", "hygiene-concern" } },
  params = {
    entries = { type = "count", default = 5, min = 2, max = 1000, doc = "entries that make a run" },
  },
  outcomes = {
    run = "{longest} entries one after another were concerns.",
  },
  evaluate = function(child, p)
    local rows = child:select { count = "rows" }
    local columns = rows:columns("from", "to", "kind")
    local from, to, kind = columns.from, columns.to, columns.kind
    local concern = {
      ["was-not-brought"] = true, ["school-concern"] = true, ["police-incident"] = true, ["development-concern"] = true,
      ["substance-concern"] = true, ["domestic-abuse-incident"] = true, ["housing-concern"] = true,
      ["missing-start"] = true, ["injury"] = true, ["hygiene-concern"] = true,
    }
    local run, longest = 0, 0
    for i = 1, #from do
      if from[i] == to[i] and concern[kind[i]] then
        run = run + 1
        longest = math.max(longest, run)
      else
        run = 0
      end
    end
    if longest >= p.entries then
      return { answer = "met", outcome = "run", values = { longest = longest }, evidence = rows }
    end
  end,
  examples = {
    { name = "five in a row", as_of = "2024-12-31", expect = "met", evidence = { 1, 2, 3, 4, 5 },
      events = { { "2024-01-10", "hygiene-concern", "school" }, { "2024-02-10", "hygiene-concern", "school" },
                 { "2024-03-10", "hygiene-concern", "school" }, { "2024-04-10", "hygiene-concern", "school" },
                 { "2024-05-10", "hygiene-concern", "school" } } },
    { name = "one of another kind between them", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-01-10", "hygiene-concern", "school" }, { "2024-02-10", "hygiene-concern", "school" },
                 { "2024-03-10", "visit", "childrens-social-care" }, { "2024-04-10", "hygiene-concern", "school" },
                 { "2024-05-10", "hygiene-concern", "school" } } },
  },
}
