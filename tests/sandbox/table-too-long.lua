-- expect: memory (evaluate)
local list = {}
for i = 1, 10000000 do
  list[i] = i
end
