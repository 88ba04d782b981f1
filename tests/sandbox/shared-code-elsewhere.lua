-- expect: script-error (evaluate)
use "../../etc/passwd"
