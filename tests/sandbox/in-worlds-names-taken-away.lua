-- expect: not-met (evaluate)
-- The rule empties the table of rows while the question is going on: the names made at run time must not go with it.
local rows = { ["first" .. child.id] = child:select { significance = "high" } }
local first, worlds = "first" .. child.id, 0
child:in_worlds { rows = rows, outcome = "yes", rule = function(world)
  assert(world[first])
  worlds = worlds + 1
  rows[first], first, world = nil, nil, nil
  local junk
  for i = 1, 30000 do
    junk = { "junk " .. i }
  end
  assert(junk)
  first = "first" .. child.id
  return false
end }
assert(worlds == 4)
