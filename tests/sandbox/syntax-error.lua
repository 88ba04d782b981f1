-- expect: load-error (file)
local evaluate = function(
