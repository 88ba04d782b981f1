-- expect: not-met (file)
-- An environment that one call takes away is there again in the next.
local evaluate = function(child)
  assert(child.as_of > 0)
  _ENV = {}
end
