/*
 * Instrument files: the same sandbox and the same strictness as indicators, read into the builder of
 * `instrument`. What the values mean is checked there; here only that fields are known and of their type.
 */
#include <string.h>

#include "script/catalogue.h"

#define LOAD_STEPS        (2 * 1000 * 1000)
#define LOAD_MEMORY_BYTES ((size_t)64 * 1024 * 1024)

typedef struct instrument_job {
    tdm__script_file file;
    tdm__arena arena; /* strings on their way to the builder, which copies them */
    tdm__instrument_builder *builder;
} instrument_job;

typedef struct reader {
    tdm__contract contract;
    lua_State *lua;
    tdm__instrument_builder *builder;
} reader;

static int64_t whole_at_top(const reader *r, const char *path)
{
    int whole = 0;
    lua_Integer number = lua_type(r->lua, -1) == LUA_TNUMBER ? lua_tointegerx(r->lua, -1, &whole) : 0;
    if (!whole)
        tdm__contract_fail(&r->contract, path, "a whole number expected");
    lua_pop(r->lua, 1);
    return number;
}

static int64_t whole_field(const reader *r, int index, const char *path, const char *name)
{
    char full[TDM__PATH_SIZE];
    tdm__contract_field(&r->contract, index, path, name, LUA_TNUMBER, true);
    tdm__path_of(full, path, name);
    return whole_at_top(r, full);
}

static tdm_str text_field(const reader *r, int index, const char *path, const char *name, bool required)
{
    return tdm__contract_string(&r->contract, index, path, name, required);
}

typedef void (*read_item)(const reader *r, int index, const char *path);

/* Calls `read` with each table of a list; nothing for a list that is not there and not required. */
static void each_table(const reader *r, int index, const char *path, const char *name, bool required,
                       read_item read)
{
    lua_State *lua = r->lua;
    char full[TDM__PATH_SIZE];
    int top = lua_gettop(lua);
    if (!tdm__contract_field(&r->contract, index, path, name, LUA_TTABLE, required))
        return;
    tdm__path_of(full, path, name);
    int list = lua_gettop(lua);
    size_t count = tdm__contract_list(&r->contract, list, full);
    for (size_t i = 0; i < count; i++) {
        if (lua_rawgeti(lua, list, (lua_Integer)i + 1) != LUA_TTABLE)
            tdm__contract_fail(&r->contract, full, "a list of tables expected");
        read(r, lua_gettop(lua), full);
        lua_settop(lua, list);
    }
    lua_settop(lua, top);
}

/* --- scale --- */

static void read_value(const reader *r, int index, const char *path)
{
    static const char *const names[] = {"value", "label", "meaning", NULL};
    tdm__contract_names(&r->contract, index, path, names);
    int64_t value = whole_field(r, index, path, "value");
    tdm_str label = text_field(r, index, path, "label", false);
    tdm__instrument_add_value(r->builder, value, label, text_field(r, index, path, "meaning", false));
}

static void read_scale(const reader *r, int index)
{
    static const char *const names[] = {"min", "max", NULL};
    tdm__contract_field(&r->contract, index, "", "scale", LUA_TTABLE, true);
    int scale = lua_gettop(r->lua);
    if (lua_rawlen(r->lua, scale) > 0) {
        each_table(r, index, "", "scale", true, read_value);
    } else {
        tdm__contract_names(&r->contract, scale, "scale", names);
        int64_t min = whole_field(r, scale, "scale", "min");
        tdm__instrument_add_range(r->builder, min, whole_field(r, scale, "scale", "max"));
    }
    lua_settop(r->lua, scale - 1);
}

/* --- areas --- */

static void read_part_item(const reader *r, int index, const char *path)
{
    static const char *const names[] = {"code", "title", "weight", NULL};
    tdm__contract_names(&r->contract, index, path, names);
    tdm_str code = text_field(r, index, path, "code", true);
    tdm__instrument_add_item(r->builder, code, text_field(r, index, path, "title", true));
    if (tdm__contract_field(&r->contract, index, path, "weight", LUA_TNUMBER, false))
        tdm__instrument_set_weight(r->builder, whole_at_top(r, path));
}

static void read_sub_area(const reader *r, int index, const char *path)
{
    static const char *const names[] = {"code", "title", "items", NULL};
    tdm__contract_names(&r->contract, index, path, names);
    tdm_str code = text_field(r, index, path, "code", true);
    tdm__instrument_add_sub_area(r->builder, code, text_field(r, index, path, "title", true));
    each_table(r, index, path, "items", false, read_part_item);
}

static void read_area(const reader *r, int index, const char *path)
{
    static const char *const names[] = {"code", "title", "sub_areas", NULL};
    tdm__contract_names(&r->contract, index, path, names);
    tdm_str code = text_field(r, index, path, "code", true);
    tdm__instrument_add_area(r->builder, code, text_field(r, index, path, "title", true));
    each_table(r, index, path, "sub_areas", true, read_sub_area);
}

/* --- scoring --- */

static const char *const levels[] = {"items", "sub_areas", "areas", NULL};

static void read_scoring(const reader *r, int index)
{
    tdm__contract_field(&r->contract, index, "", "scoring", LUA_TTABLE, true);
    int scoring = lua_gettop(r->lua);
    tdm__contract_names(&r->contract, scoring, "scoring", levels);
    for (const char *const *level = levels; *level; level++)
        tdm__instrument_set_policy(r->builder, tdm__str(*level),
                                   text_field(r, scoring, "scoring", *level, true));
    lua_settop(r->lua, scoring - 1);
}

static void read_minimum(const reader *r, int index)
{
    if (!tdm__contract_field(&r->contract, index, "", "minimum", LUA_TTABLE, false))
        return;
    int minimum = lua_gettop(r->lua);
    tdm__contract_names(&r->contract, minimum, "minimum", levels);
    for (const char *const *level = levels; *level; level++)
        if (tdm__option(r->lua, minimum, *level))
            tdm__instrument_set_minimum(r->builder, tdm__str(*level), whole_at_top(r, "minimum"));
    lua_settop(r->lua, minimum - 1);
}

static void read_flag(const reader *r, int index, const char *path)
{
    static const char *const names[] = {"item", "from", "text", NULL};
    tdm__contract_names(&r->contract, index, path, names);
    tdm_str item = text_field(r, index, path, "item", true);
    int64_t from = whole_field(r, index, path, "from");
    tdm__instrument_add_flag(r->builder, item, from, text_field(r, index, path, "text", true));
}

static void read_conditional(const reader *r, int index, const char *path)
{
    static const char *const names[] = {"condition", "sub_area", "takes", NULL};
    tdm__contract_names(&r->contract, index, path, names);
    tdm_str condition = text_field(r, index, path, "condition", true);
    tdm_str sub_area = text_field(r, index, path, "sub_area", true);
    tdm__instrument_add_conditional(r->builder, condition, sub_area,
                                    text_field(r, index, path, "takes", true));
}

/* --- bands and the time until the next --- */

static void read_band(const reader *r, int index, const char *path)
{
    static const char *const names[] = {"from", "to", "label", NULL};
    tdm__contract_names(&r->contract, index, path, names);
    int64_t from = whole_field(r, index, path, "from"), to = 0;
    bool has_end = tdm__contract_field(&r->contract, index, path, "to", LUA_TNUMBER, false);
    if (has_end)
        to = whole_at_top(r, path);
    tdm__instrument_add_band(r->builder, from, has_end ? &to : NULL,
                             text_field(r, index, path, "label", true));
}

static void read_bands(const reader *r, int index, const char *path)
{
    static const char *const names[] = {"of", "source", "ranges", NULL};
    tdm__contract_names(&r->contract, index, path, names);
    tdm_str of = text_field(r, index, path, "of", true);
    tdm__instrument_add_bands(r->builder, of, text_field(r, index, path, "source", true));
    each_table(r, index, path, "ranges", true, read_band);
}

static void read_review_after(const reader *r, int index)
{
    static const char *const names[] = {"days", "months", "working_days", NULL};
    if (!tdm__contract_field(&r->contract, index, "", "review_after", LUA_TTABLE, false))
        return;
    tdm__contract_names(&r->contract, lua_gettop(r->lua), "review_after", names);
    tdm__instrument_set_review_after(r->builder, tdm__span_at(r->lua, lua_gettop(r->lua), "review_after"));
    lua_pop(r->lua, 1);
}

/* --- examples --- */

/* One grade or word by code: `grade` takes whole numbers (NULL: none fit), `word` strings. */
typedef struct coded_values {
    void (*grade)(tdm__instrument_builder *builder, tdm_str code, int64_t value);
    void (*word)(const reader *r, tdm_str code, tdm_str word, const char *path);
} coded_values;

static void add_state(const reader *r, tdm_str code, tdm_str word, const char *path)
{
    (void)path;
    tdm__instrument_example_state(r->builder, code, word);
}

static void expect_word(const reader *r, tdm_str code, tdm_str word, const char *path)
{
    if (!tdm__str_equal(word, TDM_LIT("not-assessed")))
        tdm__contract_fail(&r->contract, path, "a number or \"not-assessed\" expected");
    tdm__instrument_expect_not_assessed(r->builder, code);
}

/* "none" for a number that lies in no band. */
static void expect_band(const reader *r, tdm_str code, tdm_str word, const char *path)
{
    (void)path;
    bool none = tdm__str_equal(word, TDM_LIT("none"));
    tdm__instrument_expect_band(r->builder, code, none ? TDM_LIT("") : word);
}

static void each_coded(const reader *r, int index, const char *path, const char *name, bool required,
                       const coded_values *values)
{
    lua_State *lua = r->lua;
    size_t count;
    if (!tdm__contract_field(&r->contract, index, path, name, LUA_TTABLE, required))
        return;
    int table = lua_gettop(lua);
    const tdm_str *codes = tdm__contract_any_keys(&r->contract, table, path, &count);
    for (size_t i = 0; i < count; i++) {
        tdm__str_push(lua, codes[i]);
        if (lua_rawget(lua, table) == LUA_TSTRING)
            values->word(r, codes[i], tdm__contract_pop_string(&r->contract, path), path);
        else if (!values->grade)
            tdm__contract_fail(&r->contract, path, "the label of a band or \"none\" expected");
        else
            values->grade(r->builder, codes[i], whole_at_top(r, path));
    }
    lua_settop(lua, table - 1);
}

static void read_instrument_example(const reader *r, int index, const char *path)
{
    static const char *const names[] = {"name", "condition", "items", "expect", "bands", NULL};
    static const coded_values items = {tdm__instrument_example_grade, add_state};
    static const coded_values expected = {tdm__instrument_expect_grade, expect_word};
    static const coded_values bands = {NULL, expect_band};
    tdm__contract_names(&r->contract, index, path, names);
    tdm_str name = text_field(r, index, path, "name", true);
    tdm__instrument_add_example(r->builder, name, text_field(r, index, path, "condition", false));
    each_coded(r, index, path, "items", true, &items);
    each_coded(r, index, path, "expect", true, &expected);
    each_coded(r, index, path, "bands", false, &bands);
}

/* --- the whole file --- */

/* Where the builder's refusals of one field stand. */
static void at_field(const reader *r, const char *name)
{
    tdm__instrument_at_line(r->builder, tdm__field_line(r->contract.file.text, name));
}

static void read_texts(const reader *r, int index)
{
    static const char *const texts[] = {"id",      "version",    "title",    "source",
                                        "licence", "respondent", "direction"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        at_field(r, texts[i]);
        tdm__instrument_set_text(r->builder, tdm__str(texts[i]), text_field(r, index, "", texts[i], true));
    }
}

typedef struct table_row {
    const char *name;
    bool required;
    read_item read;
} table_row;

static void read_instrument(const reader *r, int index)
{
    static const char *const names[] = {"id",         "version",   "title",       "source", "licence",
                                        "respondent", "direction", "scale",       "areas",  "scoring",
                                        "minimum",    "flags",     "conditional", "bands",  "review_after",
                                        "examples",   NULL};
    static const table_row tables[] = {{"flags", false, read_flag},
                                       {"conditional", false, read_conditional},
                                       {"bands", false, read_bands},
                                       {"examples", true, read_instrument_example}};
    tdm__contract_names(&r->contract, index, "", names);
    read_texts(r, index);
    at_field(r, "scale");
    read_scale(r, index);
    at_field(r, "areas");
    each_table(r, index, "", "areas", true, read_area);
    at_field(r, "scoring");
    read_scoring(r, index);
    at_field(r, "minimum");
    read_minimum(r, index);
    read_review_after(r, index);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        at_field(r, tables[i].name);
        each_table(r, index, "", tables[i].name, tables[i].required, tables[i].read);
    }
}

static int instrument_body(lua_State *lua)
{
    instrument_job *job = lua_touserdata(lua, 1);
    reader r = {{lua, &job->arena, job->file, NULL}, lua, job->builder};
    tdm__sandbox_compile(lua, job->file);
    lua_call(lua, 0, 1);
    if (!lua_istable(lua, -1))
        return tdm__sandbox_raise_at(lua, job->file.name, 1, "the file must return one table");
    read_instrument(&r, lua_gettop(lua));
    return 0;
}

static tdm_status run_file(instrument_job *job, const tdm_allocator *allocator, tdm_error *error)
{
    tdm__sandbox sandbox = {.lua = NULL};
    tdm_status status = tdm__sandbox_open(&sandbox, allocator, LOAD_MEMORY_BYTES);
    if (status != TDM_OK)
        return tdm__no_memory(error);
    status = tdm__sandbox_run(&sandbox, instrument_body, job, LOAD_STEPS);
    if (status != TDM_OK)
        status = tdm__load_failure(&sandbox, status, job->file.name, error);
    tdm__sandbox_close(&sandbox);
    return status;
}

/* What the builder refuses is a fault of the file; its line is that of the table. */
static tdm_status finish(tdm_instrument **out, instrument_job *job, tdm_error *error)
{
    tdm_error refused;
    tdm__error_clear(&refused);
    tdm_status status = tdm__instrument_finish(out, job->builder, &refused);
    job->builder = NULL;
    if (status == TDM_OK)
        return TDM_OK;
    if (status == TDM_NO_MEMORY)
        return tdm__no_memory(error);
    tdm_place place = {job->file.name, refused.line > 0 ? refused.line : 1, 0};
    return tdm__fail_at(error, TDM_SCRIPT, place, "%s", refused.message);
}

tdm_status tdm__instrument_load(tdm_instrument **out, const tdm_allocator *allocator, tdm__script_file file,
                                tdm_error *error)
{
    instrument_job job = {.file = file};
    *out = NULL;
    tdm__arena_init(&job.arena, allocator);
    tdm_status status = tdm__instrument_builder_new(&job.builder, allocator, file.name, error);
    if (status == TDM_OK)
        status = run_file(&job, allocator, error);
    if (status == TDM_OK)
        status = finish(out, &job, error);
    tdm__instrument_builder_free(job.builder);
    tdm__arena_free(&job.arena);
    return status;
}
