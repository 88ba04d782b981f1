-- expect: memory (measure)
-- Columns live outside the state, and have a cap of their own.
local u = m:rows {}
while true do
  u = u:union(m:children())
end
