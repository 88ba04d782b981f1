-- expect: script-error (evaluate)
-- A method of one kind of view given another.
child.select(child:select {})
