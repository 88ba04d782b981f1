-- expect: script-error (measure)
m:rows({}).starting = m.rows
