-- expect: script-error (evaluate)
return coroutine.wrap(function() end)()
