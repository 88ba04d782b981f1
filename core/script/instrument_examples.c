/*
 * The examples of an instrument file. What is wrong with one names it, and the part of it.
 */
#include "script/instrument_reader.h"

typedef tdm__instrument_reader reader;

/* One grade or word by code: `grade` takes whole numbers (NULL: none fit), `word` strings. */
typedef struct coded_table {
    const char *name;
    bool required;
    const char *expected;
    void (*grade)(tdm__instrument_builder *builder, tdm_str code, int64_t value);
    bool (*word)(tdm__instrument_builder *builder, tdm_str code, tdm_str word); /* false: no such word */
} coded_table;

static bool add_state(tdm__instrument_builder *builder, tdm_str code, tdm_str word)
{
    tdm__entry_state state;
    bool known = tdm__entry_state_named(&state, word);
    if (known)
        tdm__instrument_example_state(builder, code, word);
    return known;
}

static bool expect_word(tdm__instrument_builder *builder, tdm_str code, tdm_str word)
{
    tdm__instrument_expect_not_assessed(builder, code);
    return tdm__str_equal(word, TDM_LIT("not-assessed"));
}

/* "none" for a number that lies in no band. */
static bool expect_band(tdm__instrument_builder *builder, tdm_str code, tdm_str word)
{
    bool none = tdm__str_equal(word, TDM_LIT("none"));
    tdm__instrument_expect_band(builder, code, none ? TDM_LIT("") : word);
    return true;
}

static const coded_table tables[] = {
    {"items", true, "a grade, \"not-seen\" or \"not-applicable\"", tdm__instrument_example_grade, add_state},
    {"expect", true, "a whole number or \"not-assessed\"", tdm__instrument_expect_grade, expect_word},
    {"bands", false, "the label of a band or \"none\"", NULL, expect_band},
};

static int32_t line_of(const reader *r, tdm_str example)
{
    tdm_str text = r->contract.file.text;
    return tdm__instrument_text_line(text, "name", example, tdm__field_line(text, "examples"));
}

/* Raises; code "": the table itself. */
static void refuse(const reader *r, tdm_str example, const coded_table *table, tdm_str code)
{
    if (code.length == 0)
        tdm__sandbox_raise_at(r->lua, r->contract.file.name, line_of(r, example),
                              "example \"%.*s\": \"%s\": a table expected", TDM_STR_ARGS(example),
                              table->name);
    else
        tdm__sandbox_raise_at(r->lua, r->contract.file.name, line_of(r, example),
                              "example \"%.*s\": %s.%.*s: %s expected", TDM_STR_ARGS(example), table->name,
                              TDM_STR_ARGS(code), table->expected);
}

/* The value on the top of the stack, which is taken off. */
static bool take_value(const reader *r, const coded_table *table, tdm_str code)
{
    int whole = 0;
    bool taken = false;
    lua_Integer number = lua_type(r->lua, -1) == LUA_TNUMBER ? lua_tointegerx(r->lua, -1, &whole) : 0;
    if (lua_type(r->lua, -1) == LUA_TSTRING)
        return table->word(r->builder, code, tdm__contract_pop_string(&r->contract, "examples"));
    if (whole && table->grade) {
        table->grade(r->builder, code, number);
        taken = true;
    }
    lua_pop(r->lua, 1);
    return taken;
}

static void read_table(const reader *r, int index, tdm_str example, const coded_table *table)
{
    lua_State *lua = r->lua;
    size_t count;
    lua_pushstring(lua, table->name);
    int type = lua_rawget(lua, index), at = lua_gettop(lua);
    if (type != LUA_TTABLE && (type != LUA_TNIL || table->required))
        refuse(r, example, table, TDM_LIT(""));
    if (type == LUA_TNIL) {
        lua_pop(lua, 1);
        return;
    }
    const tdm_str *codes = tdm__contract_any_keys(&r->contract, at, "examples", &count);
    for (size_t i = 0; i < count; i++) {
        tdm__str_push(lua, codes[i]);
        lua_rawget(lua, at);
        if (!take_value(r, table, codes[i]))
            refuse(r, example, table, codes[i]);
    }
    lua_settop(lua, at - 1);
}

void tdm__instrument_read_example(const reader *r, int index, const char *path)
{
    static const char *const names[] = {"name", "condition", "age_band", "items", "expect", "bands", NULL};
    tdm__contract_names(&r->contract, index, path, names);
    tdm_str name = tdm__contract_string(&r->contract, index, path, "name", true);
    tdm__instrument_add_example(r->builder, name,
                                tdm__contract_string(&r->contract, index, path, "condition", false));
    tdm_str age_band = tdm__contract_string(&r->contract, index, path, "age_band", false);
    if (age_band.length > 0)
        tdm__instrument_example_age(r->builder, age_band);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        read_table(r, index, name, &tables[i]);
}
