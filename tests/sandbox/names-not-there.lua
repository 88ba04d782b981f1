-- expect: not-met (evaluate)
-- The libraries and functions that reach outside, compile code or swallow errors do not exist.
-- Redis CVE-2022-0543: `package` had been left reachable.
assert(package == nil and require == nil and io == nil and os == nil and debug == nil and coroutine == nil)
assert(load == nil and loadstring == nil and loadfile == nil and dofile == nil and pcall == nil and xpcall == nil)
assert(collectgarbage == nil and getmetatable == nil and setmetatable == nil and next == nil)
assert(rawget == nil and rawset == nil and rawequal == nil and rawlen == nil and print == nil and warn == nil)
assert(_G == nil and _VERSION == nil and module == nil and setfenv == nil and getfenv == nil and unpack == nil)
assert(string.rep == nil and string.pack == nil and string.unpack == nil and string.dump == nil)
assert(string.find == nil and string.match == nil and string.gmatch == nil and string.gsub == nil)
assert(table.move == nil and table.unpack == nil and table.pack == nil)
assert(math.random == nil and math.randomseed == nil)
assert(utf8.char == nil and utf8.offset == nil and utf8.charpattern == nil)
