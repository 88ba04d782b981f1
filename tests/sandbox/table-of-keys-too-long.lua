-- expect: memory (evaluate)
local keys = {}
for i = 1, 10000000 do
  keys[i * 0.5] = true
end
