-- expect: script-error (evaluate)
return { answer = "not-met", risk = 9 }
