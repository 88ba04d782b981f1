-- expect: script-error (evaluate)
return string.format("%s", {})
