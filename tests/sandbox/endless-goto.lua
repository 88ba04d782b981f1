-- expect: budget (evaluate)
::again::
goto again
