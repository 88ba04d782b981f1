-- expect: script-error (measure)
-- A method takes its own view alone.
local starting = m:rows({}).starting
return m:count { of = starting(m:rows({}):lasting()) }
