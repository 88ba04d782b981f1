-- expect: script-error (evaluate)
-- Passing "..." on copies all of it: a hundred thousand of them cost a hundred thousand steps each time.
local function more(...)
  return more(0, ...)
end
return more(0)
