-- expect: script-error (evaluate)
-- A pattern such as ".-.-.-b" runs for a minute inside one C call, where no hook fires.
return ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"):find(".-.-.-b")
