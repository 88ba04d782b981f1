-- expect: budget (evaluate)
-- 0.44 million counted instructions took 8.5 s in C: each shift is charged.
local list = {}
for i = 1, 60000 do
  table.insert(list, 1, i)
end
while true do
  table.insert(list, 1, 1)
  table.remove(list, 1)
end
