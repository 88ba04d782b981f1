-- expect: budget (evaluate)
-- The concatenation operator reaches no function of ours: strings are charged where they are allocated.
local long = "0123456789abcdef"
for _ = 1, 11 do
  long = long .. long
end
while true do
  local longer = long .. "x"
  assert(#longer == 32769)
end
