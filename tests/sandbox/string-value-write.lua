-- expect: script-error (evaluate)
-- Redis CVE-2025-46818: the metatable of basic types was writable.
local text = "a"
text.upper = 1
