-- expect: script-error (evaluate)
use "itself"
