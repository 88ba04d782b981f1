/*
 * The field `assessments` of an example: short tables become the JSON forms that they stand for, and each is
 * tried on its instrument, so that a form which could not be scored is an error of the file.
 */
#include "script/catalogue.h"
#include "script/script.h"

#include "json/json.h"

#include <stdio.h>
#include <string.h>

#define FORMS_MAX 100

static const char *const path = "examples";
static const char *const shape = "an assessment is {day, instrument, grade = N, items = {...}}";

/* An item that differs from the grade of all. */
typedef struct told_item {
    tdm_str code;
    tdm_str state; /* "": graded */
    int64_t grade;
} told_item;

typedef struct told_form {
    const tdm_instrument *instrument;
    size_t number;
    tdm_str day;
    tdm_str recorded, window[2]; /* "": not given */
    const tdm_str *texts;        /* by `texts` below */
    bool has_grade;
    int64_t grade;
    told_item *items;
    size_t item_count;
} told_form;

/* Members that go on as they are told. */
static const char *const texts[] = {"carer", "assessor", "agency", "status", "purpose", "age_band"};
#define TEXTS    (sizeof texts / sizeof *texts)
#define AGE_BAND (TEXTS - 1)

/* --- reading --- */

static tdm_str positional(const tdm__contract *contract, int index, lua_Integer at)
{
    if (lua_rawgeti(contract->lua, index, at) != LUA_TSTRING)
        tdm__contract_fail(contract, path, "%s", shape);
    return tdm__contract_pop_string(contract, path);
}

static tdm_str day_at(const tdm__contract *contract, int index, lua_Integer at)
{
    tdm_day day;
    tdm_str text = positional(contract, index, at);
    if (!tdm_day_parse_iso(&day, text))
        tdm__contract_fail(contract, path, "a day such as \"2024-03-05\" expected in an assessment");
    return text;
}

static void check_keys(const tdm__contract *contract, int index)
{
    static const char *const more[] = {"grade", "items", "recorded", "window"};
    lua_State *lua = contract->lua;
    lua_pushnil(lua);
    while (lua_next(lua, index)) {
        bool known = false;
        lua_pop(lua, 1);
        if (lua_isinteger(lua, -1) && lua_tointeger(lua, -1) >= 1 && lua_tointeger(lua, -1) <= 2)
            continue;
        for (size_t i = 0; i < TEXTS && lua_type(lua, -1) == LUA_TSTRING; i++)
            known = known || strcmp(texts[i], lua_tostring(lua, -1)) == 0;
        for (size_t i = 0; i < sizeof more / sizeof *more && lua_type(lua, -1) == LUA_TSTRING; i++)
            known = known || strcmp(more[i], lua_tostring(lua, -1)) == 0;
        if (!known)
            tdm__contract_fail(contract, path, "an assessment has a field that is not known");
    }
}

static const tdm_instrument *find_instrument(const tdm__contract *contract, tdm_str id)
{
    for (size_t i = 0; i < contract->ground->instrument_count; i++)
        if (tdm__str_equal(tdm_instrument_id(contract->ground->instruments[i]), id))
            return contract->ground->instruments[i];
    tdm__contract_fail(contract, path, "there is no instrument '%.*s'", TDM_STR_ARGS(id));
    return NULL;
}

/* The whole number on top of the stack; pops it. */
static int64_t pop_grade(const tdm__contract *contract)
{
    if (!lua_isinteger(contract->lua, -1))
        tdm__contract_fail(contract, path, "a grade of an assessment is a whole number");
    int64_t grade = lua_tointeger(contract->lua, -1);
    lua_pop(contract->lua, 1);
    return grade;
}

static void read_items(const tdm__contract *contract, int index, told_form *form)
{
    lua_State *lua = contract->lua;
    if (!tdm__contract_field(contract, index, path, "items", LUA_TTABLE, false))
        return;
    int table = lua_gettop(lua);
    const tdm_str *codes = tdm__contract_any_keys(contract, table, path, &form->item_count);
    form->items = tdm__contract_room(contract, form->item_count, sizeof *form->items);
    for (size_t i = 0; i < form->item_count; i++) {
        told_item *item = &form->items[i];
        item->code = codes[i];
        item->state = (tdm_str){"", 0};
        lua_pushlstring(lua, codes[i].data, codes[i].length);
        if (lua_rawget(lua, table) == LUA_TSTRING)
            item->state = tdm__contract_pop_string(contract, path);
        else
            item->grade = pop_grade(contract);
    }
    lua_pop(lua, 1);
}

/* Without the field the period seen is the day of the assessment; `false`: the form does not say. */
static void read_window(const tdm__contract *contract, int index, told_form *form)
{
    lua_State *lua = contract->lua;
    form->window[0] = form->window[1] = form->day;
    if (!tdm__option(lua, index, "window"))
        return;
    if (lua_isboolean(lua, -1) && !lua_toboolean(lua, -1)) {
        form->window[0] = form->window[1] = (tdm_str){"", 0};
    } else if (lua_istable(lua, -1)) {
        form->window[0] = day_at(contract, lua_gettop(lua), 1);
        form->window[1] = day_at(contract, lua_gettop(lua), 2);
    } else {
        tdm__contract_fail(contract, path, "window of an assessment: {day, day} or false expected");
    }
    lua_pop(lua, 1);
}

static void read_form(const tdm__contract *contract, told_form *form)
{
    lua_State *lua = contract->lua;
    int index = lua_gettop(lua);
    if (!lua_istable(lua, index))
        tdm__contract_fail(contract, path, "%s", shape);
    check_keys(contract, index);
    form->day = day_at(contract, index, 1);
    form->instrument = find_instrument(contract, positional(contract, index, 2));
    tdm_str *read = tdm__contract_room(contract, TEXTS, sizeof *read);
    for (size_t i = 0; i < TEXTS; i++)
        read[i] = tdm__contract_string(contract, index, path, texts[i], false);
    form->texts = read;
    tdm__contract_day(contract, index, path, "recorded", false);
    form->recorded = tdm__contract_string(contract, index, path, "recorded", false);
    form->has_grade = tdm__contract_field(contract, index, path, "grade", LUA_TNUMBER, false);
    if (form->has_grade)
        form->grade = pop_grade(contract);
    read_items(contract, index, form);
    read_window(contract, index, form);
}

/* --- the form; nothing here raises, since the writer's buffer would be lost --- */

static void put_member(tdm__json_writer *json, const char *name, tdm_str text)
{
    if (text.length == 0)
        return;
    tdm__json_put_name(json, name);
    tdm__json_put_string(json, text);
}

static bool is_told(const told_form *form, tdm_str code)
{
    for (size_t i = 0; i < form->item_count; i++)
        if (tdm__str_equal(form->items[i].code, code))
            return true;
    return false;
}

static void put_items(tdm__json_writer *json, const told_form *form)
{
    const tdm_instrument *instrument = form->instrument;
    uint32_t age_band = tdm__instrument_find_age_band(instrument, form->texts[AGE_BAND]);
    tdm__json_put_name(json, "items");
    tdm__json_open_object(json);
    for (size_t i = 0; i < form->item_count; i++) {
        tdm__json_put_name_str(json, form->items[i].code);
        if (form->items[i].state.length > 0)
            tdm__json_put_string(json, form->items[i].state);
        else
            tdm__json_put_int(json, form->items[i].grade);
    }
    for (uint32_t i = 0; form->has_grade && i < instrument->items.count; i++) {
        tdm_str code = instrument->items.items[i].code;
        if (is_told(form, code) || !tdm__instrument_asked(instrument, i, age_band))
            continue;
        tdm__json_put_name_str(json, code);
        tdm__json_put_int(json, form->grade);
    }
    tdm__json_close_object(json);
}

static void put_form(tdm__json_writer *json, const told_form *form)
{
    char id[32];
    snprintf(id, sizeof id, "assessment-%d", (int)form->number);
    tdm__json_open_object(json);
    put_member(json, "instrument", tdm_instrument_id(form->instrument));
    put_member(json, "version", tdm_instrument_version(form->instrument));
    put_member(json, "id", tdm__str(id));
    put_member(json, "child", TDM_LIT("example"));
    put_member(json, "date", form->day);
    put_member(json, "recorded", form->recorded);
    for (size_t i = 0; i < TEXTS; i++)
        put_member(json, texts[i], form->texts[i]);
    if (form->window[0].length > 0) {
        tdm__json_put_name(json, "window");
        tdm__json_open_array(json);
        tdm__json_put_string(json, form->window[0]);
        tdm__json_put_string(json, form->window[1]);
        tdm__json_close_array(json);
    }
    put_items(json, form);
    tdm__json_close_object(json);
}

static tdm_status write_form(tdm_str *out, tdm__arena *arena, const told_form *form)
{
    tdm__text text;
    tdm__json_writer json;
    tdm__text_init(&text, arena->allocator);
    tdm__json_writer_init(&json, arena->allocator, tdm__text_sink(&text), 0);
    put_form(&json, form);
    tdm_status status = tdm__json_writer_end(&json);
    *out = status == TDM_OK ? tdm__arena_copy(arena, tdm__text_str(&text)) : (tdm_str){NULL, 0};
    tdm__text_free(&text);
    return out->data ? TDM_OK : TDM_NO_MEMORY;
}

static tdm_status try_form(const tdm__contract *contract, const tdm__example_assessment *told,
                           tdm_error *error)
{
    tdm_assessment *assessment;
    tdm_score *score = NULL;
    const tdm_allocator *allocator = contract->arena->allocator;
    tdm_status status = tdm_assessment_read(&assessment, allocator, told->form, contract->file.name, 1, NULL,
                                            error);
    if (status == TDM_OK)
        status = tdm_score_make(&score, allocator, assessment, told->instrument, NULL, error);
    tdm_score_free(score);
    tdm_assessment_free(assessment);
    return status;
}

void tdm__contract_assessments(const tdm__contract *contract, int index, tdm__example *example)
{
    lua_State *lua = contract->lua;
    if (!tdm__contract_field(contract, index, path, "assessments", LUA_TTABLE, false))
        return;
    int list = lua_gettop(lua);
    example->assessment_count = tdm__contract_list(contract, list, path);
    if (example->assessment_count > FORMS_MAX)
        tdm__contract_fail(contract, path, "at most %d assessments expected", FORMS_MAX);
    tdm__example_assessment *read = tdm__contract_room(contract, example->assessment_count, sizeof *read);
    for (size_t i = 0; i < example->assessment_count; i++) {
        tdm_error error = {0};
        told_form form = {.number = i + 1};
        lua_rawgeti(lua, list, (lua_Integer)i + 1);
        read_form(contract, &form);
        lua_settop(lua, list);
        read[i].instrument = form.instrument;
        tdm_status status = write_form(&read[i].form, contract->arena, &form);
        if (status == TDM_OK)
            status = try_form(contract, &read[i], &error);
        if (status == TDM_NO_MEMORY)
            tdm__sandbox_stop(lua, TDM_NO_MEMORY);
        if (status != TDM_OK)
            tdm__contract_fail(contract, path, "assessment %d: %s", (int)i + 1, error.message);
    }
    example->assessments = read;
    lua_pop(lua, 1);
}
