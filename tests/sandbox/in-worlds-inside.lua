-- expect: not-met (evaluate)
-- A rule may ask the child, and even for worlds; each keeps its own. Rows that nobody rated: two doubtful ones.
local rated_high = child:select { significance = "high" }
local worlds = 0
local answer = child:in_worlds { rows = { a = rated_high }, outcome = "yes", rule = function(world)
  local inner = child:in_worlds { rows = { b = rated_high }, outcome = "yes",
                                  rule = function(w) return #w.b <= 2 and w.a == nil end }
  worlds = worlds + 1
  return inner.answer == "met" and child:select({}):count().certain == 2 and #world.a <= 2
end }
assert(worlds == 4 and answer.answer == "met")
