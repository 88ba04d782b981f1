-- expect: not-met (file)
local kept = {}
local evaluate = function(child)
  assert(kept.child == nil)
  kept.child = child
end
