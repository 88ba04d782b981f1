-- expect: script-error (measure)
-- What shared code is given it cannot keep: each use runs it anew, and its table is its own.
local shared = use "shared"
shared.list[1] = m
assert(#use("shared").list == 0)
return shared.list[1]
