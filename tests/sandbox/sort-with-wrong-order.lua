-- expect: not-met (evaluate)
-- An order function that contradicts itself must neither crash nor run on.
local list = {}
for i = 1, 1000 do
  list[i] = i
end
table.sort(list, function() return true end)
local sum = 0
for _, value in ipairs(list) do
  sum = sum + value
end
assert(sum == 500500)
