-- Selections made from selections.

-- The rows of A that are in B too.
local function both(a, b)
  return a:minus(a:minus(b))
end

-- The rows that carry a fact, whatever its value.
local function with_fact(selection, fact)
  local found
  for _, part in ipairs(selection:by(fact)) do
    found = found and found:union(part.selection) or part.selection
  end
  return found or selection:minus(selection)
end

-- Whether an entry of any of these kinds that is not there is missing indeed: of each kind some source of the child
-- could hold all there are.
local function told(child, kinds)
  for _, kind in ipairs(kinds) do
    if child:could_hold(kind) ~= "yes" then
      return false
    end
  end
  return true
end

return { both = both, with_fact = with_fact, told = told }
