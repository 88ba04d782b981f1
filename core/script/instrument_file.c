/*
 * Instrument files: the same sandbox and the same strictness as indicators, read into the builder of
 * `instrument`. What the values mean is checked there; here only that fields are known and of their type.
 */
#include <string.h>

#include "script/catalogue.h"
#include "script/instrument_reader.h"

#define LOOKED_THROUGH_BYTES (64 * 1024) /* once for each part: a longer file is told without its lines */
#define SPAN_MAX             1000        /* of any unit */
#define LOAD_STEPS           (2 * 1000 * 1000)
#define LOAD_MEMORY_BYTES    ((size_t)64 * 1024 * 1024)

typedef struct instrument_job {
    tdm__script_file file;
    tdm__arena arena; /* strings on their way to the builder, which copies them */
    tdm__instrument_builder *builder;
} instrument_job;

typedef tdm__instrument_reader reader;

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

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static tdm_str without_spaces(tdm_str text)
{
    while (text.length > 0 && is_space(*text.data))
        text = (tdm_str){text.data + 1, text.length - 1};
    return text;
}

/* Whether a text goes on with = "value", in either kind of quotes. */
static bool says(tdm_str text, tdm_str value)
{
    text = without_spaces(text);
    if (text.length == 0 || *text.data != '=')
        return false;
    text = without_spaces((tdm_str){text.data + 1, text.length - 1});
    if (text.length < value.length + 2 || (*text.data != '"' && *text.data != '\''))
        return false;
    return memcmp(text.data + 1, value.data, value.length) == 0 && text.data[value.length + 1] == *text.data;
}

int32_t tdm__instrument_text_line(tdm_str text, const char *field, tdm_str value, int32_t otherwise)
{
    int32_t line = 1;
    tdm_str name = tdm__str(field);
    if (text.length > LOOKED_THROUGH_BYTES)
        return otherwise;
    for (; text.length > 0; text = (tdm_str){text.data + 1, text.length - 1}) {
        line += *text.data == '\n';
        if (tdm__str_starts(text, name) &&
            says((tdm_str){text.data + name.length, text.length - name.length}, value))
            return line;
    }
    return otherwise;
}

/* Where the builder's refusals of one field stand. */
static void at_field(const reader *r, const char *name)
{
    tdm__instrument_at_line(r->builder, tdm__field_line(r->contract.file.text, name));
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

typedef void (*read_word)(tdm__instrument_builder *builder, tdm_str word);

/* Calls `read` with each string of a list that may be left out. */
static void each_word(const reader *r, int index, const char *path, const char *name, read_word read)
{
    char full[TDM__PATH_SIZE];
    if (!tdm__contract_field(&r->contract, index, path, name, LUA_TTABLE, false))
        return;
    tdm__path_of(full, path, name);
    int list = lua_gettop(r->lua);
    size_t count = tdm__contract_list(&r->contract, list, full);
    if (count == 0)
        tdm__contract_fail(&r->contract, full, "at least one expected, or leave it out");
    for (size_t i = 0; i < count; i++) {
        if (lua_rawgeti(r->lua, list, (lua_Integer)i + 1) != LUA_TSTRING)
            tdm__contract_fail(&r->contract, full, "a list of strings expected");
        read(r->builder, tdm__contract_pop_string(&r->contract, full));
    }
    lua_settop(r->lua, list - 1);
}

/* --- scales --- */

static void read_value(const reader *r, int index, const char *path)
{
    static const char *const names[] = {"value", "label", "meaning", NULL};
    tdm__contract_names(&r->contract, index, path, names);
    int64_t value = whole_field(r, index, path, "value");
    tdm_str label = text_field(r, index, path, "label", false);
    tdm__instrument_add_value(r->builder, value, label, text_field(r, index, path, "meaning", false));
}

static void read_range(const reader *r, int scale, const char *path)
{
    int64_t min = whole_field(r, scale, path, "min");
    tdm__instrument_add_range(r->builder, min, whole_field(r, scale, path, "max"));
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
        read_range(r, scale, "scale");
    }
    lua_settop(r->lua, scale - 1);
}

/* Values side by side, and among them the direction: every other key is a slip. */
static void read_values(const reader *r, int scale, const char *path)
{
    lua_State *lua = r->lua;
    lua_Integer count = (lua_Integer)lua_rawlen(lua, scale);
    for (lua_pushnil(lua); lua_next(lua, scale); lua_pop(lua, 1)) {
        bool place = lua_isinteger(lua, -2) && lua_tointeger(lua, -2) >= 1 && lua_tointeger(lua, -2) <= count;
        bool word = lua_type(lua, -2) == LUA_TSTRING && strcmp(lua_tostring(lua, -2), "direction") == 0;
        if (!place && !word)
            tdm__contract_fail(&r->contract, path, "a list of values and \"direction\" expected");
    }
    for (lua_Integer i = 1; i <= count; i++) {
        if (lua_rawgeti(lua, scale, i) != LUA_TTABLE)
            tdm__contract_fail(&r->contract, path, "a list of tables expected");
        read_value(r, lua_gettop(lua), path);
        lua_settop(lua, scale);
    }
}

static void read_named_scale(const reader *r, tdm_str name, const char *path)
{
    static const char *const names[] = {"min", "max", "direction", NULL};
    int scale = lua_gettop(r->lua);
    if (!lua_istable(r->lua, scale))
        tdm__contract_fail(&r->contract, path, "a table expected");
    bool list = lua_rawlen(r->lua, scale) > 0;
    if (!list)
        tdm__contract_names(&r->contract, scale, path, names);
    tdm__instrument_add_scale(r->builder, name, text_field(r, scale, path, "direction", false));
    if (list)
        read_values(r, scale, path);
    else
        read_range(r, scale, path);
}

/* Either one scale for all areas, or several by name. */
static void read_scales(const reader *r, int index)
{
    size_t count;
    char path[TDM__PATH_SIZE];
    if (!tdm__contract_field(&r->contract, index, "", "scales", LUA_TTABLE, false)) {
        at_field(r, "scale");
        read_scale(r, index);
        return;
    }
    at_field(r, "scales");
    int scales = lua_gettop(r->lua);
    if (tdm__contract_field(&r->contract, index, "", "scale", LUA_TTABLE, false))
        tdm__contract_fail(&r->contract, "scales", "either \"scale\" or \"scales\" expected");
    const tdm_str *names = tdm__contract_keys(&r->contract, scales, "scales", &count);
    for (size_t i = 0; i < count; i++) {
        tdm__path_of(path, "scales", names[i].data);
        tdm__str_push(r->lua, names[i]);
        lua_rawget(r->lua, scales);
        read_named_scale(r, names[i], path);
        lua_settop(r->lua, scales);
    }
    lua_settop(r->lua, scales - 1);
}

/* --- ages --- */

static int64_t months_field(const reader *r, int index, const char *path, const char *name)
{
    static const char *const names[] = {"months", NULL};
    char full[TDM__PATH_SIZE];
    tdm__contract_field(&r->contract, index, path, name, LUA_TTABLE, true);
    tdm__path_of(full, path, name);
    int span = lua_gettop(r->lua);
    tdm__contract_names(&r->contract, span, full, names);
    int64_t months = whole_field(r, span, full, "months");
    lua_settop(r->lua, span - 1);
    return months;
}

static void read_age_band(const reader *r, int index, const char *path)
{
    static const char *const names[] = {"code", "title", "from", "to", NULL};
    tdm__contract_names(&r->contract, index, path, names);
    char named[TDM__PATH_SIZE];
    tdm_str code = text_field(r, index, path, "code", true);
    tdm__path_of(named, path, code.data);
    tdm_str title = text_field(r, index, path, "title", true);
    int64_t from = months_field(r, index, named, "from");
    tdm__instrument_add_age_band(r->builder, code, title, from, months_field(r, index, named, "to"));
}

/* --- areas --- */

/* The builder's refusals of a part stand where its code does, if the file spells that out. */
static tdm_str part_code(const reader *r, int index, const char *path)
{
    tdm_str code = text_field(r, index, path, "code", true);
    int32_t areas = tdm__field_line(r->contract.file.text, "areas");
    tdm__instrument_at_line(r->builder,
                            tdm__instrument_text_line(r->contract.file.text, "code", code, areas));
    return code;
}

static void read_part_item(const reader *r, int index, const char *path)
{
    static const char *const names[] = {"code", "title", "weight", "ages", NULL};
    tdm__contract_names(&r->contract, index, path, names);
    tdm_str code = part_code(r, index, path);
    tdm__instrument_add_item(r->builder, code, text_field(r, index, path, "title", true));
    if (tdm__contract_field(&r->contract, index, path, "weight", LUA_TNUMBER, false))
        tdm__instrument_set_weight(r->builder, whole_at_top(r, path));
    each_word(r, index, path, "ages", tdm__instrument_item_age);
}

static void read_sub_area(const reader *r, int index, const char *path)
{
    static const char *const names[] = {"code", "title", "items", "ages", NULL};
    tdm__contract_names(&r->contract, index, path, names);
    tdm_str code = part_code(r, index, path);
    tdm__instrument_add_sub_area(r->builder, code, text_field(r, index, path, "title", true));
    each_word(r, index, path, "ages", tdm__instrument_sub_area_age);
    each_table(r, index, path, "items", false, read_part_item);
}

/* --- scoring --- */

/* Policies and minima by level, of the whole or of an area. */
typedef struct level_rules {
    const char *const *levels; /* NULL behind the last */
    bool required;             /* a policy for each */
    void (*policy)(tdm__instrument_builder *builder, tdm_str level, tdm_str policy);
    void (*minimum)(tdm__instrument_builder *builder, tdm_str level, int64_t percent);
} level_rules;

static void read_scoring(const reader *r, int index, const char *path, const level_rules *rules)
{
    char full[TDM__PATH_SIZE];
    if (!tdm__contract_field(&r->contract, index, path, "scoring", LUA_TTABLE, rules->required))
        return;
    tdm__path_of(full, path, "scoring");
    int scoring = lua_gettop(r->lua);
    tdm__contract_names(&r->contract, scoring, full, rules->levels);
    for (const char *const *level = rules->levels; *level; level++) {
        tdm_str policy = text_field(r, scoring, full, *level, rules->required);
        if (policy.length > 0)
            rules->policy(r->builder, tdm__str(*level), policy);
    }
    lua_settop(r->lua, scoring - 1);
}

static void read_minimum(const reader *r, int index, const char *path, const level_rules *rules)
{
    char full[TDM__PATH_SIZE];
    if (!tdm__contract_field(&r->contract, index, path, "minimum", LUA_TTABLE, false))
        return;
    tdm__path_of(full, path, "minimum");
    int minimum = lua_gettop(r->lua);
    tdm__contract_names(&r->contract, minimum, full, rules->levels);
    for (const char *const *level = rules->levels; *level; level++)
        if (tdm__option(r->lua, minimum, *level))
            rules->minimum(r->builder, tdm__str(*level), whole_at_top(r, full));
    lua_settop(r->lua, minimum - 1);
}

static void read_area(const reader *r, int index, const char *path)
{
    static const char *const names[] = {"code", "title", "scale", "scoring", "minimum", "sub_areas", NULL};
    static const char *const levels[] = {"items", "sub_areas", NULL};
    static const level_rules rules = {levels, false, tdm__instrument_set_area_policy,
                                      tdm__instrument_set_area_minimum};
    tdm__contract_names(&r->contract, index, path, names);
    tdm_str code = part_code(r, index, path);
    tdm__instrument_add_area(r->builder, code, text_field(r, index, path, "title", true));
    tdm_str scale = text_field(r, index, path, "scale", false);
    if (scale.length > 0)
        tdm__instrument_set_area_scale(r->builder, scale);
    read_scoring(r, index, path, &rules);
    read_minimum(r, index, path, &rules);
    each_table(r, index, path, "sub_areas", true, read_sub_area);
}

static void read_whole_rules(const reader *r, int index)
{
    static const char *const levels[] = {"items", "sub_areas", "areas", NULL};
    static const level_rules rules = {levels, true, tdm__instrument_set_policy, tdm__instrument_set_minimum};
    at_field(r, "scoring");
    read_scoring(r, index, "", &rules);
    at_field(r, "minimum");
    read_minimum(r, index, "", &rules);
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

/* One unit with a whole number; a week is seven days. */
static tdm_span span_at_top(const reader *r)
{
    static const struct {
        const char *name;
        tdm_span unit; /* and how many of it one is */
    } units[] = {{"days", {TDM_SPAN_DAYS, 1}},
                 {"weeks", {TDM_SPAN_DAYS, 7}},
                 {"months", {TDM_SPAN_MONTHS, 1}},
                 {"working_days", {TDM_SPAN_WORKING_DAYS, 1}}};
    lua_State *lua = r->lua;
    tdm_span span = {TDM_SPAN_DAYS, 0};
    int table = lua_gettop(lua), keys = 0, whole = 0;
    for (lua_pushnil(lua); lua_next(lua, table); lua_pop(lua, 1))
        keys++;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        lua_pushstring(lua, units[i].name);
        lua_Integer count = lua_rawget(lua, table) == LUA_TNUMBER ? lua_tointegerx(lua, -1, &whole) : 0;
        lua_pop(lua, 1);
        if (whole && count >= 1 && count <= SPAN_MAX && keys == 1)
            return (tdm_span){units[i].unit.unit, (int32_t)count * units[i].unit.count};
        whole = 0;
    }
    tdm__contract_fail(&r->contract, "review_after",
                       "one of days, weeks, months and working_days expected, a whole number from 1 to %d",
                       SPAN_MAX);
    return span;
}

static void read_review_after(const reader *r, int index)
{
    if (!tdm__contract_field(&r->contract, index, "", "review_after", LUA_TTABLE, false))
        return;
    tdm__instrument_set_review_after(r->builder, span_at_top(r));
    lua_pop(r->lua, 1);
}

/* --- the whole file --- */

static void read_texts(const reader *r, int index)
{
    static const char *const texts[] = {"id",      "version",    "title",    "source",
                                        "licence", "respondent", "direction"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        tdm_str text = text_field(r, index, "", texts[i], true);
        if (i == 0 && !tdm__code_shaped(text))
            tdm__contract_fail(&r->contract, texts[i], "1 to 64 letters, digits and '-' expected");
        at_field(r, texts[i]);
        tdm__instrument_set_text(r->builder, tdm__str(texts[i]), text);
    }
}

static void read_event(const reader *r, int index)
{
    tdm_str event = text_field(r, index, "", "event", false);
    at_field(r, "event");
    if (event.length > 0)
        tdm__instrument_set_event(r->builder, event);
}

typedef struct table_row {
    const char *name;
    bool required;
    read_item read;
} table_row;

static void read_instrument(const reader *r, int index)
{
    static const char *const names[] = {"id",         "version",   "title",       "source",       "licence",
                                        "respondent", "direction", "event",       "scale",        "scales",
                                        "areas",      "age_bands", "scoring",     "minimum",      "flags",
                                        "bands",      "examples",  "conditional", "review_after", NULL};
    static const table_row tables[] = {{"flags", false, read_flag},
                                       {"conditional", false, read_conditional},
                                       {"bands", false, read_bands},
                                       {"examples", true, tdm__instrument_read_example}};
    tdm__contract_names(&r->contract, index, "", names);
    read_texts(r, index);
    read_event(r, index);
    read_scales(r, index);
    at_field(r, "age_bands");
    each_table(r, index, "", "age_bands", false, read_age_band);
    at_field(r, "areas");
    each_table(r, index, "", "areas", true, read_area);
    read_whole_rules(r, index);
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
