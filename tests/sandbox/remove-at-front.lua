-- expect: budget (evaluate)
local list = {}
for i = 1, 60000 do
  list[i] = i
end
while true do
  local first = table.remove(list, 1)
  list[60000] = first
end
