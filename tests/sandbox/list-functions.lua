-- expect: not-met (evaluate)
local list = { 1, 2, 4 }
table.insert(list, 3, 3)
table.insert(list, 5)
assert(table.concat(list) == "12345")
assert(table.remove(list) == 5 and table.remove(list, 1) == 1 and table.concat(list) == "234")
assert(table.remove({}) == nil)
table.sort(list, function(a, b) return a > b end)
assert(table.concat(list) == "432")
