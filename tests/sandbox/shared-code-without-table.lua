-- expect: script-error (evaluate)
use "number"
