/*
 * Parameter values: as words, within their bounds, as Lua values. How they are read from a file:
 * contract_params.c.
 */
#include "script/params.h"

#include <stdio.h>

static const char *const type_codes[] = {
    [TDM__PARAM_COUNT] = "count",     [TDM__PARAM_SPAN] = "span",     [TDM__PARAM_RATIO] = "ratio",
    [TDM__PARAM_PERCENT] = "percent", [TDM__PARAM_CHOICE] = "choice", [TDM__PARAM_FLAG] = "flag",
    [TDM__PARAM_LIST] = "list",
};
#define TYPES (sizeof type_codes / sizeof *type_codes)

const char *tdm__param_type_code(tdm__param_type type)
{
    return type_codes[type];
}

bool tdm__param_type_read(tdm__param_type *out, tdm_str code)
{
    for (size_t i = 0; i < TYPES; i++) {
        if (tdm__str_equal(code, tdm__str(type_codes[i]))) {
            *out = (tdm__param_type)i;
            return true;
        }
    }
    return false;
}

/* --- words --- */

static const char *const unit_words[][2] = {
    [TDM_SPAN_DAYS] = {"day", "days"},
    [TDM_SPAN_MONTHS] = {"month", "months"},
    [TDM_SPAN_WORKING_DAYS] = {"working day", "working days"},
};

void tdm__span_words(tdm__text *out, tdm_span span)
{
    tdm__text_int(out, span.count);
    tdm__text_char(out, ' ');
    tdm__text_puts(out, unit_words[span.unit][span.count == 1 ? 0 : 1]);
}

/* Thousandths as "1.5", tenths as "12.5": no zero that says nothing. */
static void decimal_words(tdm__text *out, int64_t number, int64_t one)
{
    int64_t rest = number % one;
    tdm__text_int(out, number / one);
    if (rest == 0)
        return;
    tdm__text_char(out, '.');
    for (int64_t place = one / 10; rest > 0; place /= 10) {
        tdm__text_int(out, rest / place);
        rest %= place;
    }
}

void tdm__code_words(tdm__text *out, tdm_str code)
{
    for (size_t i = 0; i < code.length; i++)
        tdm__text_char(out, code.data[i] == '-' ? ' ' : code.data[i]);
}

static void list_separator(tdm__text *out, size_t at, size_t count)
{
    if (at > 0)
        tdm__text_puts(out, at + 1 == count ? " and " : ", ");
}

/* "9, 12 and 15 months" when the unit is one. */
static void span_list_words(tdm__text *out, const tdm__param_value *value)
{
    bool one_unit = true;
    for (size_t i = 1; i < value->item_count; i++)
        one_unit = one_unit && value->spans[i].unit == value->spans[0].unit;
    for (size_t i = 0; i < value->item_count; i++) {
        list_separator(out, i, value->item_count);
        if (one_unit && i + 1 < value->item_count)
            tdm__text_int(out, value->spans[i].count);
        else
            tdm__span_words(out, value->spans[i]);
    }
}

static void list_words(tdm__text *out, const tdm__param_value *value)
{
    if (value->item_count == 0)
        tdm__text_puts(out, "none");
    if (value->spans)
        span_list_words(out, value);
    for (size_t i = 0; value->codes && i < value->item_count; i++) {
        list_separator(out, i, value->item_count);
        tdm__code_words(out, value->codes[i]);
    }
}

void tdm__value_words(tdm__text *out, const tdm__param_value *value)
{
    switch (value->type) {
    case TDM__PARAM_COUNT:
        tdm__text_int(out, value->number);
        break;
    case TDM__PARAM_SPAN:
        if (value->span.count == 0)
            tdm__text_puts(out, "any time");
        else
            tdm__span_words(out, value->span);
        break;
    case TDM__PARAM_RATIO:
        decimal_words(out, value->number, 1000);
        break;
    case TDM__PARAM_PERCENT:
        decimal_words(out, value->number, 10);
        tdm__text_puts(out, " %");
        break;
    case TDM__PARAM_CHOICE:
        tdm__code_words(out, value->choice);
        break;
    case TDM__PARAM_FLAG:
        tdm__text_puts(out, value->number ? "yes" : "no");
        break;
    case TDM__PARAM_LIST:
        list_words(out, value);
        break;
    }
}

/* Moves a finished text into the arena. */
tdm_status tdm__text_settle(tdm_str *out, tdm__arena *arena, tdm__text *text)
{
    *out = (tdm_str){"", 0};
    tdm_str copy = text->failed ? (tdm_str){NULL, 0} : tdm__arena_copy(arena, tdm__text_str(text));
    tdm__text_free(text);
    if (!copy.data)
        return TDM_NO_MEMORY;
    *out = copy;
    return TDM_OK;
}

tdm_status tdm__param_words(tdm_str *out, tdm__arena *arena, const tdm__param_value *value)
{
    tdm__text text;
    tdm__text_init(&text, arena->allocator);
    tdm__value_words(&text, value);
    return tdm__text_settle(out, arena, &text);
}

/* --- bounds --- */

/* Only to tell a longer span from a shorter one: a mean month, five working days a week. */
static int64_t span_length(tdm_span span)
{
    static const int64_t lengths[] = {
        [TDM_SPAN_DAYS] = 10000, [TDM_SPAN_MONTHS] = 304369, [TDM_SPAN_WORKING_DAYS] = 14000};
    return span.count * lengths[span.unit];
}

static int64_t length_of(const tdm__param_value *value)
{
    return value->type == TDM__PARAM_SPAN ? span_length(value->span) : value->number;
}

static bool among_choices(const tdm__param *param, tdm_str choice)
{
    for (size_t i = 0; i < param->choice_count; i++)
        if (tdm__str_equal(param->choices[i], choice))
            return true;
    return false;
}

static bool list_fits(const tdm__param *param, const tdm__param_value *value)
{
    if (value->item_count == 0)
        return !param->fallback.spans;
    if ((value->spans != NULL) != (param->fallback.spans != NULL) && param->fallback.item_count > 0)
        return false;
    for (size_t i = 0; param->choice_count > 0 && value->codes && i < value->item_count; i++)
        if (!among_choices(param, value->codes[i]))
            return false;
    return true;
}

static bool fits(const tdm__param *param, const tdm__param_value *value)
{
    if (param->type == TDM__PARAM_CHOICE)
        return among_choices(param, value->choice);
    if (param->type == TDM__PARAM_LIST)
        return list_fits(param, value);
    if (param->has_min && length_of(value) < length_of(&param->min))
        return false;
    return !param->has_max || length_of(value) <= length_of(&param->max);
}

static void expected_words(tdm__text *out, const tdm__param *param)
{
    tdm__text_puts(out, type_codes[param->type]);
    if (param->has_min) {
        tdm__text_puts(out, " from ");
        tdm__value_words(out, &param->min);
    }
    if (param->has_max) {
        tdm__text_puts(out, " up to ");
        tdm__value_words(out, &param->max);
    }
    for (size_t i = 0; i < param->choice_count; i++) {
        tdm__text_puts(out, i == 0 ? " of " : ", ");
        tdm__text_add(out, param->choices[i]);
    }
}

tdm_status tdm__param_check(const tdm__param *param, const tdm__param_value *value, tdm_error *error)
{
    char words[256];
    if (value->type == param->type && fits(param, value))
        return TDM_OK;
    tdm__param_expected(words, param);
    return tdm__fail(error, TDM_INVALID_INPUT, "parameter '%.*s': %s expected", TDM_STR_ARGS(param->name),
                     words);
}

/* Room for one text, so that saying what is expected needs no memory of the caller's. */
typedef struct fixed_room {
    char bytes[512];
} fixed_room;

static void *fixed_reallocate(void *block, size_t size, void *payload)
{
    fixed_room *room = payload;
    (void)block;
    return size > 0 && size <= sizeof room->bytes ? room->bytes : NULL;
}

void tdm__param_expected(char out[256], const tdm__param *param)
{
    fixed_room room;
    tdm_allocator allocator = {fixed_reallocate, &room};
    tdm__text text;
    tdm__text_init(&text, &allocator);
    expected_words(&text, param);
    snprintf(out, 256, "%s", text.data ? text.data : type_codes[param->type]);
    tdm__text_free(&text);
}

/* --- as Lua values --- */

static void push_list(lua_State *lua, const tdm__param_value *value)
{
    lua_createtable(lua, (int)value->item_count, 0);
    for (size_t i = 0; i < value->item_count; i++) {
        if (value->spans)
            tdm__span_push(lua, value->spans[i]);
        else
            tdm__str_push(lua, value->codes[i]);
        lua_rawseti(lua, -2, (lua_Integer)i + 1);
    }
}

void tdm__param_push(lua_State *lua, const tdm__param_value *value)
{
    luaL_checkstack(lua, 4, NULL);
    switch (value->type) {
    case TDM__PARAM_COUNT:
        lua_pushinteger(lua, value->number);
        break;
    case TDM__PARAM_SPAN:
        tdm__span_push(lua, value->span);
        break;
    case TDM__PARAM_RATIO:
        lua_pushnumber(lua, (lua_Number)value->number / 1000.0);
        break;
    case TDM__PARAM_PERCENT:
        lua_pushnumber(lua, (lua_Number)value->number / 10.0);
        break;
    case TDM__PARAM_CHOICE:
        tdm__str_push(lua, value->choice);
        break;
    case TDM__PARAM_FLAG:
        lua_pushboolean(lua, value->number != 0);
        break;
    case TDM__PARAM_LIST:
        push_list(lua, value);
        break;
    }
}
