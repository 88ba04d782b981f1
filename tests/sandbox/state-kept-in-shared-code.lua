-- expect: not-met (file)
local shared = use "shared"
local evaluate = function()
  assert(#shared.list == 0 and shared.three == 3)
  table.insert(shared.list, 1)
end
