-- expect: script-error (evaluate)
local long = "0123456789abcdef"
for _ = 1, 11 do
  long = long .. long
end
return string.format("%s%s%s", long, long, long)
