-- expect: script-error (evaluate)
_ENV.assert = nil
