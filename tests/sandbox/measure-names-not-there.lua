-- expect: answered (measure)
-- No way to a child, a row, a day or a number of units.
local u = m:rows()
local s = u:lasting()
assert(m.chronology == nil and m.population == nil and m.child == nil and m.generation == nil)
assert(u.count == nil and u.child == nil and u.event == nil and u.rows == nil and u[1] == nil)
assert(s.count == nil and s.from == nil and s.columns == nil and s[1] == nil)
assert(m:count({ of = u }).numerator == nil)
return m:count { of = u }
