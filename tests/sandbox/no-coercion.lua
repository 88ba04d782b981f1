-- expect: script-error (evaluate)
return "10" + 1
