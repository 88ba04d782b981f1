-- How long it takes until what happened is on the record.

return {
  id = "recording-lag", version = "1.0.0", group = "partnership",
  title = "Days until an entry was recorded",
  definition = "entries of the period whose day and recorded day are both known, by calendar days from the one to the other."
    .. " Parted by agency, it is the agency whose entry it is",
  numerator = "entries recorded in so many days", denominator = "entries of the period with a recorded day",
  exclusions = { "an entry without a recorded day", "an entry recorded before it happened", "an entry with a doubtful day" },
  pitfalls = {
    "in some returns the recorded day is the day of the export",
    "the census and several other collections have no recorded days: their entries are left out",
    "what is never recorded has no lag",
  },
  evidence = { source = "Reviews: who knew what when; the bins are ours", standing = { "practice", "product" } },
  needs = {},
  unit = "entries", chart = "xmr",
  measure = function(m)
    return m:times { of = m:rows({}):starting():recorded(), count = "days", edges = use("lags").bins }
  end,
  examples = {
    { name = "on the day, a week, a week and a day", from = "2024-04-01", to = "2024-06-30", by = "agency",
      expect = { denominator = 3, lengths = { 0, 7, 8 }, lines = { ["same-day"] = 1, ["1-7"] = 1, ["8-30"] = 1 },
                 group = { police = { denominator = 2, lengths = { 0, 7 } }, school = { denominator = 1, lengths = { 8 } } } },
      events = { { "A", "2024-04-08", "police-incident", "police", recorded = "2024-04-08" },
                 { "A", "2024-04-09", "police-incident", "police", recorded = "2024-04-16" },
                 { "A", "2024-04-10", "school-concern", "school", recorded = "2024-04-18" } } },
    { name = "no recorded day, before it happened, a doubtful day", from = "2024-04-01", to = "2024-06-30",
      expect = { denominator = 0, lengths = {},
                 left_out = { ["no-date"] = 1, ["end-before-start"] = 1, ["date-in-doubt"] = 1 } },
      events = { { "A", "2024-04-08", "police-incident", "police" },
                 { "A", "2024-04-09", "police-incident", "police", recorded = "2024-04-08" },
                 { "A", "2024-05", "school-concern", "school", recorded = "2024-06-03" } } },
  },
}
