-- expect: script-error (evaluate)
-- Redis CVE-2022-24735: what scripts share was writable.
string.upper = function() return "mine" end
