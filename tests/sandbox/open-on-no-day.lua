-- expect: script-error (evaluate)
return child:episodes({}):open_on("2024-01-01")
