-- expect: script-error (evaluate)
return string.format("%p", {})
