-- expect: script-error (evaluate)
-- Raising the answer of a measure beyond its spells needs evidence of its own.
local answer = child:select({}):at_least { n = 9000, outcome = "yes" }
answer.answer = "met"
return answer
