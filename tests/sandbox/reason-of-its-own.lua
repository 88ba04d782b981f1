-- expect: script-error (evaluate)
return { answer = "not-assessed", reason = "because I say so" }
