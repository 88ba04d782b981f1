-- @ID@: say here in one line what this looks for and why it matters.
--
-- It works as it stands: "tidemark indicators check FILE" runs the examples at the end. Change the words, then the
-- examples, then evaluate, and check after each step. What a script may call: scripts/indicators/README.md.

return {
  id = "@ID@", version = "0.1.0", group = "@GROUP@",
  title = "@ID@",
  -- What a team manager would ask.
  question = "Three or more incidents of domestic abuse in twelve months?",
  -- What exactly is counted. {names} are the parameters below, so that the numbers in force are always told.
  definition = "{incidents} or more incidents of domestic abuse within {within}; one that several agencies tell counts once",
  -- Where the rule comes from, and what that is worth: statutory, national-definition, research, practice, local, product.
  evidence = { source = "local: say who agreed on it, and when", standing = { "local" } },
  -- Without a source that could hold one of these kinds the answer is "not assessed", never "not met".
  needs = { any = { "domestic-abuse-incident" }, deny = { "domestic-abuse-incident" } },
  -- Numbers that a policy may change, each within its bounds.
  params = {
    incidents = { type = "count", default = 3, min = 2, max = 50, doc = "incidents that make a prompt" },
    within = {
      type = "span", default = { months = 12 }, min = { days = 30 }, max = { months = 60 }, doc = "length of the window",
    },
  },
  -- One sentence for each way in which it can be met.
  outcomes = {
    again = "{count} incidents of domestic abuse between {from} and {to}.",
  },
  -- child: the record, read only. p: the parameters in force. Return the answer of a measure, or nothing: not met.
  evaluate = function(child, p)
    local incidents = child:select { kind = "domestic-abuse-incident" }
    return incidents:at_least { n = p.incidents, within = p.within, outcome = "again" }
  end,
  -- Small records with the answer they must give; evidence lists the rows that must be shown. At least one that is met,
  -- one that is not, and one that is only possible because a date is doubtful.
  examples = {
    { name = "three in eleven months", as_of = "2024-12-31", expect = "met", evidence = { 1, 2, 3 }, outcome = "again",
      events = { { "2024-01-10", "domestic-abuse-incident", "police" },
                 { "2024-06-02", "domestic-abuse-incident", "police" },
                 { "2024-12-01", "domestic-abuse-incident", "hospital" } } },
    { name = "two are too few", as_of = "2024-12-31", expect = "not-met",
      events = { { "2024-01-10", "domestic-abuse-incident", "police" },
                 { "2024-06-02", "domestic-abuse-incident", "police" } } },
    { name = "of the first only the year is known", as_of = "2024-12-31", expect = "possible", evidence = { 1, 2, 3 },
      events = { { "2023", "domestic-abuse-incident", "police" },
                 { "2024-06-02", "domestic-abuse-incident", "police" },
                 { "2024-12-01", "domestic-abuse-incident", "hospital" } } },
  },
}
