-- expect: script-error (evaluate)
-- Redis CVE-2025-46817: unpack with a range that overflows.
return table.unpack({}, 0, 2147483647)
