-- expect: script-error (evaluate)
local list = {}
for i = 1, 65536 do
  list[i] = i
end
table.insert(list, 1)
