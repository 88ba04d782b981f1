-- How many of 24 questions were answered yes. Numbers of questions only: their text is not here.

local questions = {}
for number = 1, 24 do
  questions[number] = { code = "Q" .. number, title = "question " .. number }
end

-- The first `count` answered yes; of the rest the last `unknown` not known, all others no.
local function answers(count, unknown)
  local items = {}
  for number = 1, 24 do
    items["Q" .. number] = number <= count and 1 or 0
    if number > 24 - unknown then
      items["Q" .. number] = "not-seen"
    end
  end
  return items
end

return {
  id = "dash-count", version = "1.0.0",
  title = "Domestic abuse checklist, count of yes",
  source = "Twenty-four questions and the count of yes: SafeLives checklist as described by Plymouth. A count says less "
    .. "than the answers: guidance lets professional judgement raise a concern whatever the count and never lower one. "
    .. "Escalation and repeats are local rules and are not in a count.",
  licence = "Numbers only. The form is copyright of its author and not to be reproduced without permission; whoever may "
    .. "use it has its text.",
  respondent = "carer",
  direction = "higher-is-worse",
  event = "tool-completed",
  scale = { { value = 0, label = "no" }, { value = 1, label = "yes", meaning = "concern" } },
  areas = { { code = "Q", title = "Questions", sub_areas = questions } },
  scoring = { items = "sum", sub_areas = "sum", areas = "sum" },
  bands = {
    { of = "total",
      source = "Published by Plymouth as usual practice, 14 as the referral criterion in several areas; local. Where an "
        .. "area has other ranges, copy this file under an id of its own and change them. 0 lies in none.",
      ranges = {
        { from = 1, to = 9, label = "1 to 9" },
        { from = 10, to = 13, label = "10 to 13" },
        { from = 14, label = "14 or more" },
      } },
  },
  examples = {
    { name = "no yes", items = answers(0, 0), expect = { total = 0, Q = 0 }, bands = { total = "none" } },
    { name = "one yes", items = answers(1, 0), expect = { total = 1 }, bands = { total = "1 to 9" } },
    { name = "nine", items = answers(9, 0), expect = { total = 9 }, bands = { total = "1 to 9" } },
    { name = "ten", items = answers(10, 0), expect = { total = 10 }, bands = { total = "10 to 13" } },
    { name = "thirteen", items = answers(13, 0), expect = { total = 13 }, bands = { total = "10 to 13" } },
    { name = "fourteen", items = answers(14, 0), expect = { total = 14 }, bands = { total = "14 or more" } },
    { name = "all", items = answers(24, 0), expect = { total = 24 }, bands = { total = "14 or more" } },
    { name = "fourteen yes stand, whatever the ten others are", items = answers(14, 10),
      expect = { total = "not-assessed" }, bands = { total = "14 or more" } },
    { name = "thirteen yes and one not known: 13 or 14", items = answers(13, 1),
      expect = { total = "not-assessed" }, bands = { total = "none" } },
  },
}
