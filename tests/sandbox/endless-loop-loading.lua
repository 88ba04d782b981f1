-- expect: load-error (file)
while true do end
local evaluate
