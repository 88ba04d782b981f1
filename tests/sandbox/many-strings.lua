-- expect: memory (evaluate)
local lists = {}
for i = 1, 1000 do
  local list = {}
  for j = 1, 60000 do
    list[j] = "a string of its own, " .. i .. ", " .. j
  end
  lists[i] = list
end
