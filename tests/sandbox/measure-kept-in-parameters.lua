-- expect: answered (measure)
-- The table of parameters is a new one where a script wrote into it.
assert(p.kept == nil)
p.kept = m
return m:count { of = m:rows() }
