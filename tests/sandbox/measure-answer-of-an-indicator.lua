-- expect: script-error (measure)
-- Neither what indicators are given, nor what they return.
assert(child == nil)
return { answer = "met" }
