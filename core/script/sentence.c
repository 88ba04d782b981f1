/*
 * Sentences: the template of an outcome filled with dates, counts, codes and spans. Never with free
 * text, so that a sentence can be translated and cannot carry a child's words.
 */
#include <string.h>

#include "script/catalogue.h"
#include "script/params.h"
#include "script/template.h"

#define CODE_MAX 64

/* "", "2 to ", "up to ": what comes before the larger number. */
static void begin_bounds(tdm__text *out, tdm_bounds bounds)
{
    if (bounds.certain == 0 && bounds.possible > 0) {
        tdm__text_puts(out, "up to ");
    } else if (bounds.certain != bounds.possible) {
        tdm__text_int(out, bounds.certain);
        tdm__text_puts(out, " to ");
    }
}

/* "3", "2 to 4", "up to 4". */
static void bounds_words(tdm__text *out, tdm_bounds bounds)
{
    begin_bounds(out, bounds);
    tdm__text_int(out, bounds.possible);
}

static void date_words(tdm__text *out, tdm_date date)
{
    char words[TDM_DATE_TEXT_SIZE];
    tdm_date_words(words, date);
    tdm__text_puts(out, words);
}

/* --- built-in names --- */

static bool count_words(tdm__text *out, const tdm__told *told)
{
    bounds_words(out, told->spell->count);
    return true;
}

static bool from_words(tdm__text *out, const tdm__told *told)
{
    date_words(out, told->spell->first);
    return true;
}

static bool to_words(tdm__text *out, const tdm__told *told)
{
    date_words(out, told->spell->last);
    return true;
}

static bool agency_words(tdm__text *out, const tdm__told *told)
{
    if (told->spell->agency == TDM_NO_INDEX)
        return false;
    tdm__text_add(out, tdm__chronology_agency_title(told->history->chronology, told->spell->agency));
    return true;
}

static bool agencies_words(tdm__text *out, const tdm__told *told)
{
    tdm__text_int(out, told->spell->agencies);
    return true;
}

/* "12.5", "10.1 to 12.5" per cent: rates as national statistics print them. */
static bool share_words(tdm__text *out, const tdm__told *told)
{
    tdm_bounds tenths = told->spell->share_tenths;
    if (tenths.possible == 0)
        return false;
    if (tenths.certain != tenths.possible)
        tdm__text_printf(out, "%d.%d to ", (int)(tenths.certain / 10), (int)(tenths.certain % 10));
    tdm__text_printf(out, "%d.%d", (int)(tenths.possible / 10), (int)(tenths.possible % 10));
    return true;
}

static bool reached_words(tdm__text *out, const tdm__told *told)
{
    if (told->reached.count == 0)
        return false;
    tdm__span_words(out, told->reached);
    return true;
}

/* "6 working days", "2 to 6 days", "up to 6 days". */
static bool late_words(tdm__text *out, const tdm__told *told)
{
    const tdm__late *late = &told->spell->late;
    if (!late->known)
        return false;
    begin_bounds(out, late->by);
    tdm__span_words(out, (tdm_span){late->unit, late->by.possible});
    return true;
}

typedef struct built_in {
    const char *name;
    bool (*words)(tdm__text *out, const tdm__told *told);
} built_in;

static const built_in built_ins[] = {
    {"agencies", agencies_words}, {"agency", agency_words},   {"count", count_words}, {"from", from_words},
    {"late", late_words},         {"reached", reached_words}, {"share", share_words}, {"to", to_words},
};

static bool built_in_words(tdm__text *out, tdm_str name, const tdm__told *told)
{
    for (size_t i = 0; i < sizeof built_ins / sizeof *built_ins; i++)
        if (tdm__str_equal(name, tdm__str(built_ins[i].name)))
            return built_ins[i].words(out, told);
    return false;
}

static bool param_words(tdm__text *out, tdm_str name, const tdm__param *params, size_t count,
                        const tdm__param_value *values)
{
    for (size_t i = 0; i < count; i++) {
        if (tdm__str_equal(params[i].name, name)) {
            tdm__value_words(out, &values[i]);
            return true;
        }
    }
    return false;
}

/* --- the script's values --- */

/* Codes only; an agency or a kind by its title. */
static void code_words(lua_State *lua, tdm__text *out, int index, const char *name)
{
    const tdm_vocabulary *vocabulary = tdm__sandbox_of(lua)->vocabulary;
    tdm_str code = tdm__string_at(lua, index, name);
    uint32_t agency = tdm__vocabulary_agency(vocabulary, code), kind = tdm__vocabulary_kind(vocabulary, code);
    for (size_t i = 0; i < code.length; i++) {
        char c = code.data[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-') || code.length > CODE_MAX)
            luaL_error(lua, "values.%s: a code of a-z, 0-9 and '-' expected, no text", name);
    }
    if (agency != TDM_NO_INDEX)
        tdm__text_add(out, vocabulary->agencies[agency].title);
    else if (kind != TDM_NO_INDEX)
        tdm__text_add(out, vocabulary->kinds[kind].title);
    else
        tdm__code_words(out, code);
}

/* {certain, possible}, {from, to} or a span. */
static void table_words(lua_State *lua, tdm__text *out, int index, const char *name)
{
    static const char *const bounds_names[] = {"certain", "possible", NULL};
    static const char *const date_names[] = {"from", "to", NULL};
    if (tdm__option(lua, index, "certain")) {
        tdm__options_open(lua, index, bounds_names);
        int32_t certain = tdm__option_needed(lua, index, "certain", INT32_MIN, INT32_MAX);
        bounds_words(out,
                     (tdm_bounds){certain, tdm__option_needed(lua, index, "possible", INT32_MIN, INT32_MAX)});
    } else if (tdm__option(lua, index, "from")) {
        tdm__options_open(lua, index, date_names);
        int32_t from = tdm__option_needed(lua, index, "from", -719162, 2932896);
        date_words(out, (tdm_date){from, tdm__option_needed(lua, index, "to", from, 2932896), 0});
    } else {
        tdm__span_words(out, tdm__span_at(lua, index, name));
    }
}

/* The value on top of the stack, which stays there. */
static void script_value_words(lua_State *lua, tdm__text *out, const char *name)
{
    int index = lua_gettop(lua);
    switch (lua_type(lua, index)) {
    case LUA_TNUMBER:
        if (!lua_isinteger(lua, index))
            luaL_error(lua, "values.%s: a whole number expected", name);
        tdm__text_int(out, lua_tointeger(lua, index));
        break;
    case LUA_TBOOLEAN:
        tdm__text_puts(out, lua_toboolean(lua, index) ? "yes" : "no");
        break;
    case LUA_TSTRING:
        code_words(lua, out, index, name);
        break;
    case LUA_TTABLE:
        table_words(lua, out, index, name);
        break;
    default:
        luaL_error(lua, "values.%s: a number, code, date, span or pair of bounds expected", name);
    }
}

static bool script_words(lua_State *lua, tdm__text *out, tdm_str name, const tdm__told *told)
{
    if (told->values == 0)
        return false;
    int top = lua_gettop(lua);
    tdm__str_push(lua, name);
    lua_pushvalue(lua, -1);
    bool found = lua_rawget(lua, told->values) != LUA_TNIL;
    if (found)
        script_value_words(lua, out, lua_tostring(lua, -2));
    lua_settop(lua, top);
    return found;
}

static void fill(lua_State *lua, tdm__text *out, tdm_str name, const tdm__told *told)
{
    const tdm__indicator *indicator = told->indicator;
    if (script_words(lua, out, name, told) || built_in_words(out, name, told) ||
        param_words(out, name, indicator->params, indicator->param_count, told->params))
        return;
    tdm__str_push(lua, name);
    luaL_error(lua, "the sentence wants {%s}, which has no value", lua_tostring(lua, -1));
}

/* --- doubt --- */

static bool has_doubtful_date(const tdm__told *told)
{
    for (uint32_t i = 0; i < told->spell->row_count; i++) {
        const tdm__row *row = &told->history->rows[told->spell->rows[i]];
        if (row->from != row->to || row->uncertain)
            return true;
    }
    return false;
}

/* What makes an answer only possible is told inside the last full stop. */
static void add_doubt(tdm__text *out, const tdm__told *told)
{
    bool stop = out->length > 0 && out->data[out->length - 1] == '.';
    if (stop)
        out->data[--out->length] = '\0';
    if (told->spell->may_be_fewer)
        tdm__text_puts(out, " (some of these entries may tell the same incident, so this may not hold)");
    else if (has_doubtful_date(told))
        tdm__text_puts(out, " (the dates of some entries are doubtful, so this may not hold)");
    else
        tdm__text_puts(out, " (what is recorded leaves this open, so it may not hold)");
    if (stop)
        tdm__text_char(out, '.');
}

/* A sentence may begin with a word that was filled in ("up to 2"). */
static void begin_large(tdm__text *out)
{
    if (out->length > 0 && out->data[0] >= 'a' && out->data[0] <= 'z')
        out->data[0] = (char)(out->data[0] - ('a' - 'A'));
}

tdm_str tdm__sentence(lua_State *lua, tdm_str text, const tdm__told *told)
{
    tdm_str piece;
    tdm__piece kind;
    tdm__text *out = tdm__sandbox_scratch(lua);
    luaL_checkstack(lua, 8, NULL);
    while ((kind = tdm__template_next(&text, &piece)) != TDM__PIECE_END) {
        if (kind == TDM__PIECE_NAME)
            fill(lua, out, piece, told);
        else
            tdm__text_add(out, piece);
    }
    if (told->spell->answer == TDM_POSSIBLE)
        add_doubt(out, told);
    begin_large(out);
    tdm_str copy = out->failed ? (tdm_str){NULL, 0}
                               : tdm__arena_copy(told->history->arena, tdm__text_str(out));
    if (!copy.data)
        tdm__sandbox_stop(lua, TDM_NO_MEMORY);
    return copy;
}

/* --- definitions: the same template with parameters only --- */

tdm_status tdm__params_told(tdm_str *out, tdm__arena *arena, tdm_str text, const tdm__param *params,
                            size_t count, const tdm__param_value *values)
{
    tdm_str piece, rest = text;
    tdm__piece kind;
    tdm__text told;
    tdm__text_init(&told, arena->allocator);
    tdm__text_puts(&told, "");
    while ((kind = tdm__template_next(&rest, &piece)) != TDM__PIECE_END && kind != TDM__PIECE_BAD)
        if (kind != TDM__PIECE_NAME || !param_words(&told, piece, params, count, values))
            tdm__text_add(&told, piece);
    return tdm__text_settle(out, arena, &told);
}

tdm_status tdm__indicator_definition(tdm_str *out, tdm__arena *arena, const tdm__indicator *indicator,
                                     const tdm__param_value *params)
{
    return tdm__params_told(out, arena, indicator->definition, indicator->params, indicator->param_count,
                            params);
}
