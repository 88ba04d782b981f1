-- expect: budget (evaluate)
local list = {}
for i = 1, 10000 do
  list[i] = "abc"
end
while true do
  table.concat(list)
end
