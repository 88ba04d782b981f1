-- expect: script-error (evaluate)
return { answer = "met", outcome = "yes" }
