-- A look back after a missed health appointment: six questions, three of which matter alone.

local function answers(changes)
  local items = { W1 = 0, W2 = 0, W3 = 0, W4 = 0, W5 = 0, W6 = 0 }
  for code, value in pairs(changes) do
    items[code] = value
  end
  return items
end

return {
  id = "was-not-brought-review", version = "1.0.0",
  title = "Review of a missed appointment",
  source = "W1: two missed, consecutive or not, dental policy of NHS Borders. W2: repeated cancelling counts as a pattern, "
    .. "Sussex procedures. W3: one missed is enough where the child has a protection plan for neglect, RCGP. W4 to W6 are "
    .. "our own template. No national number was found; no cut-off on the count is here.",
  licence = "Short labels of our own.",
  respondent = "child",
  direction = "higher-is-worse",
  event = "tool-completed",
  scale = { { value = 0, label = "no" }, { value = 1, label = "yes", meaning = "concern" } },
  areas = {
    { code = "W", title = "Missed appointment", sub_areas = {
      { code = "W1", title = "two or more missed" }, { code = "W2", title = "cancelled repeatedly" },
      { code = "W3", title = "plan for neglect" }, { code = "W4", title = "reason not known" },
      { code = "W5", title = "no new appointment" }, { code = "W6", title = "need left unmet" },
    } },
  },
  scoring = { items = "worst", sub_areas = "count", areas = "none" },
  flags = {
    { item = "W1", from = 1, text = "two or more appointments missed, consecutive or not" },
    { item = "W2", from = 1, text = "repeated cancelling counts as a pattern" },
    { item = "W3", from = 1, text = "one missed appointment is enough where there is a protection plan for neglect" },
  },
  examples = {
    { name = "nothing", items = answers({}), expect = { W = 0 } },
    { name = "one alone is counted as one", items = answers({ W3 = 1 }), expect = { W = 1, W3 = 1 } },
    { name = "four", items = answers({ W1 = 1, W4 = 1, W5 = 1, W6 = 1 }), expect = { W = 4 } },
    { name = "one not known: no count", items = answers({ W1 = 1, W4 = "not-seen" }), expect = { W = "not-assessed", W1 = 1 } },
    { name = "the first appointment: two do not apply", items = answers({ W1 = "not-applicable", W2 = "not-applicable", W5 = 1 }),
      expect = { W = 1 } },
  },
}
