-- expect: not-met (evaluate)
local text = "0123456789abcdef"
for _ = 1, 12 do
  text = text .. text
end
assert(#text == 65536)
