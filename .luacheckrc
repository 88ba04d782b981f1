-- The names a script may use: the sandbox builds its environment from this list (core/script/environment.c).
std = {
  read_globals = {
    "assert", "error", "ipairs", "pairs", "select", "tonumber", "tostring", "type", "use", "calendar",
    "any_of", "all_of",
    math = { fields = { "abs", "ceil", "floor", "fmod", "huge", "max", "maxinteger", "min", "mininteger",
                        "modf", "pi", "sqrt", "tointeger", "type", "ult", "exp", "log" } },
    string = { fields = { "byte", "char", "format", "len", "lower", "reverse", "sub", "upper" } },
    table = { fields = { "concat", "insert", "remove", "sort" } },
    utf8 = { fields = { "codepoint", "codes", "len" } },
  },
}
max_line_length = 130
files["scripts/**/*.lua"] = { allow_defined_top = false }
exclude_files = { "tests/sandbox/**", "tests/fuzz/**", "build*" }
