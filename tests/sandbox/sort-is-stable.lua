-- expect: not-met (evaluate)
local list = {}
for i = 1, 200 do
  list[i] = { key = i % 3, at = i }
end
table.sort(list, function(a, b) return a.key < b.key end)
for i = 2, 200 do
  local before, after = list[i - 1], list[i]
  assert(before.key < after.key or (before.key == after.key and before.at < after.at))
end
