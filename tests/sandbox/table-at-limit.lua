-- expect: not-met (evaluate)
local list = {}
for i = 1, 65536 do
  list[i] = i
end
assert(#list == 65536)
local count = 0
for key, value in pairs(list) do
  count = count + 1
  assert(key == count and value == count)
end
assert(count == 65536)
