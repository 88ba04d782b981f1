-- expect: script-error (evaluate)
function assert() return true end
