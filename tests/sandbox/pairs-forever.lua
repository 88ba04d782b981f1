-- expect: budget (evaluate)
local list = {}
for i = 1, 60000 do
  list[i] = i
end
while true do
  pairs(list)
end
