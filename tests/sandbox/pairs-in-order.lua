-- expect: not-met (evaluate)
local order = {}
for key in pairs { b = 1, a = 1, [2] = 1, [1] = 1, [10] = 1, [1.5] = 1, [-3] = 1, [true] = 1, [false] = 1, ab = 1 } do
  table.insert(order, tostring(key))
end
assert(table.concat(order, " ") == "-3 1 1.5 2 10 a ab b false true")
