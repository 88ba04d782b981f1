-- expect: memory (evaluate)
-- Made by the concatenation operator, which calls no function of ours.
local text = "0123456789abcdef"
for _ = 1, 12 do
  text = text .. text
end
return text .. "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
