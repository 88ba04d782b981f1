-- expect: script-error (evaluate)
return child:evidence({ child:select({}) })
