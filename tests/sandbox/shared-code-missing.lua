-- expect: script-error (evaluate)
use "nothing"
