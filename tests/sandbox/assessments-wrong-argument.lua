-- expect: script-error (evaluate)
return child:assessments({ "graded-care" })
