-- How urgent the front door found what it took into the MASH.

return {
  id = "mash-by-rag", version = "1.0.0", group = "front-door",
  title = "MASH episodes by rating",
  definition = "MASH episodes that were opened in the period, by the rating they were opened with: red, amber or green;"
    .. " those without a rating stand in a line of their own",
  numerator = "episodes opened with that rating", denominator = "episodes opened in the period",
  exclusions = {
    "an episode whose opening may lie outside the period",
    "an episode opened while another was open and nothing tells them apart",
  },
  pitfalls = { "a rating that was changed as information came in is counted as it was at the opening" },
  evidence = { source = "Local procedures of multi-agency safeguarding hubs: the rating sets the time to decide",
               standing = { "local" } },
  needs = { any = { "mash-start" }, facts = { "mash-start.rag" } },
  unit = "MASH episodes", chart = "none",
  measure = function(m)
    return m:breakdown { of = m:episodes({ name = "mash" }):starting(), by = "rag", codes = { "red", "amber", "green" } }
  end,
  examples = {
    { name = "each rating, and none", from = "2024-04-01", to = "2024-06-30",
      expect = { denominator = 5, lines = { red = 1, amber = 2, green = 1, ["not-recorded"] = 1 } },
      events = { { "A", "2024-04-01", "mash-start", "mash", { rag = "red" } },
                 { "B", "2024-05-07", "mash-start", "mash", { rag = "amber" } },
                 { "C", "2024-05-08", "mash-start", "mash", { rag = "amber" } },
                 { "D", "2024-06-03", "mash-start", "mash", { rag = "green" } },
                 { "E", "2024-06-30", "mash-start", "mash" } } },
    { name = "opened again before it was decided", from = "2024-04-01", to = "2024-06-30",
      expect = { denominator = 1, lines = { amber = 1 }, left_out = { overlapping = 1 } },
      events = { { "A", "2024-05-07", "mash-start", "mash", { rag = "amber" } },
                 { "A", "2024-05-08", "mash-start", "mash", { rag = "red" } } } },
  },
}
