-- expect: memory (evaluate)
-- Selections live outside Lua's memory, and are capped all the same.
while true do
  child:select {}
end
