-- expect: memory (evaluate)
-- A string has at most 64 KiB, by whatever way it is made.
local text = "0123456789abcdef"
while true do
  text = text .. text
end
