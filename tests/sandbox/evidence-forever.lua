-- expect: memory (evaluate)
-- Selections lie outside Lua's own memory and count all the same.
while true do
  child:evidence({})
end
