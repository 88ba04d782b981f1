-- expect: script-error (evaluate)
local list = {}
for i = 1, 10000 do
  list[i] = "0123456789"
end
return table.concat(list)
