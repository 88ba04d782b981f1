-- expect: not-met (evaluate)
assert(tostring({}) == "table" and tostring(tostring) == "function" and tostring(child) == "userdata")
assert(tostring(1.5) == "1.5" and tostring("x") == "x" and tostring(nil) == "nil" and tostring(true) == "true")
