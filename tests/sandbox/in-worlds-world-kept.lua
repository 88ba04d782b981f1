-- expect: not-met (evaluate)
-- A world is a table of the script's own: kept or changed, it alters no other.
local kept = {}
child:in_worlds { rows = { a = child:select { significance = "high" } }, outcome = "yes", rule = function(world)
  table.insert(kept, world)
  world.a[3], world.b = 0, {}
  return #kept > 0 and world.c == nil
end }
assert(#kept == 4)
for i, world in ipairs(kept) do
  assert(#world.b == 0 and world.a[3] == 0)
  for j = 1, i - 1 do
    assert(kept[j] ~= world and kept[j].a ~= world.a)
  end
end
