-- expect: memory (measure)
-- So do figures, whose names outlive the call.
local name = "x"
for _ = 1, 15 do name = name .. name end
while true do
  m:times { of = m:rows({}):lasting(), count = "days", edges = { { name = name } } }
end
