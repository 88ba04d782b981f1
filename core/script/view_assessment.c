/*
 * The assessments of a child as a script sees them: the completed ones in order of day, what each part was
 * graded, and what changed from one to another, reckoned in C. Which of them can be known is in completed.c.
 */
#include <string.h>

#include "chronology/looked.h"
#include "script/views.h"

#define LIST_MAX 4096

/* Made for each view, in the history's arena. */
typedef struct seen {
    const tdm_history *history;
    const tdm_score *score;
} seen;

static const seen *seen_at(lua_State *lua, int index)
{
    return tdm__view_check(lua, index, TDM__VIEW_ASSESSMENT);
}

static bool is_draft(const tdm_score *score)
{
    for (size_t i = 0; i < score->flag_count; i++)
        if (strcmp(score->flags[i].code, "draft") == 0)
            return true;
    return false;
}

/* --- which there are --- */

/* Scores of the history's child that are visible and no drafts, in order; charged. */
static const tdm_score **completed_of(lua_State *lua, const tdm_history *history, size_t *count)
{
    size_t first = 0, end = 0;
    const tdm__known_scores *known = tdm__sandbox_of(lua)->scores;
    tdm_str child = tdm_chronology_child_id(history->chronology, history->child);
    *count = 0;
    if (known)
        tdm__scores_of_child(&first, &end, known->items, known->count, child);
    tdm__charge_elements(lua, end - first);
    if (end > first)
        tdm__look_at_day(history);
    const tdm_score **found = tdm__room(lua, end - first, sizeof *found);
    for (size_t i = first; i < end; i++)
        if (tdm__score_visible(known->items[i], history->as_of) && !is_draft(known->items[i]))
            found[(*count)++] = known->items[i];
    return found;
}

static void push_assessment(lua_State *lua, const tdm_history *history, const tdm_score *score)
{
    seen *made = tdm__room(lua, 1, sizeof *made);
    *made = (seen){history, score};
    tdm__view_push(lua, TDM__VIEW_ASSESSMENT, made);
}

/* child:assessments([instrument]) */
static int child_assessments(lua_State *lua)
{
    size_t count;
    lua_Integer listed = 0;
    const tdm_history *history = tdm__view_check(lua, 1, TDM__VIEW_CHILD);
    bool any = lua_isnoneornil(lua, 2);
    tdm_str instrument = any ? (tdm_str){"", 0} : tdm__string_at(lua, 2, "instrument");
    const tdm_score **found = completed_of(lua, history, &count);
    if (count > TDM__TABLE_LIMIT_ITEMS)
        return luaL_error(lua, "assessments: too many for one list");
    lua_createtable(lua, (int)count, 0);
    for (size_t i = 0; i < count; i++) {
        if (!any && !tdm__str_equal(tdm_score_instrument(found[i]), instrument))
            continue;
        tdm__sandbox_charge(lua, 1);
        push_assessment(lua, history, found[i]);
        lua_rawseti(lua, -2, ++listed);
    }
    return 1;
}

/* --- the rows that show them --- */

static bool tells(const tdm_history *h, const tdm__row *row, const tdm_score *score)
{
    tdm__fact_value value;
    const tdm_vocabulary *vocabulary = tdm__chronology_vocabulary(h->chronology);
    uint32_t key = tdm__vocabulary_fact(vocabulary, TDM_LIT("instrument"));
    return row->dated && row->from == score->date && row->to == score->date && key != TDM_NO_INDEX &&
           tdm__chronology_fact(&value, h->chronology, row->event, key) &&
           tdm__str_equal(value.text, tdm_score_instrument(score));
}

/* Its own row; where there is none, an agency may have told it: each row of that day and instrument. */
static void mark_rows(bool *marked, const tdm_history *h, const tdm_score *score)
{
    bool own = false;
    for (uint32_t row = 0; row < h->row_count; row++) {
        if (tdm__completed_row_is(h->chronology, h->rows[row].event, score))
            own = marked[row] = true;
    }
    for (uint32_t row = 0; !own && row < h->row_count; row++)
        marked[row] = marked[row] || tells(h, &h->rows[row], score);
}

/* child:evidence(LIST): the rows of the assessments in the list. */
static int child_evidence(lua_State *lua)
{
    const tdm_history *h = tdm__view_check(lua, 1, TDM__VIEW_CHILD);
    luaL_checktype(lua, 2, LUA_TTABLE);
    lua_settop(lua, 2);
    lua_Integer count = (lua_Integer)lua_rawlen(lua, 2);
    luaL_argcheck(lua, count <= LIST_MAX, 2, "at most 4096 assessments expected");
    bool *marked = tdm__room(lua, h->row_count, sizeof *marked);
    tdm__look_at_all(h);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(lua, 2, i);
        const seen *s = seen_at(lua, 3);
        if (s->history != h)
            return luaL_error(lua, "evidence: assessments of the child itself expected");
        tdm__charge_elements(lua, 2 * (size_t)h->row_count);
        mark_rows(marked, h, s->score);
        lua_settop(lua, 2);
    }
    tdm_selection *selection = tdm__room(lua, 1, sizeof *selection);
    *selection = (tdm_selection){.history = h,
                                 .count_rows = true,
                                 .members = tdm__room(lua, h->row_count, sizeof *selection->members)};
    for (uint32_t row = 0; row < h->row_count; row++)
        if (marked[row])
            selection->members[selection->count++] = (tdm__member){row, false};
    return tdm__selection_push(lua, TDM_OK, selection, "evidence");
}

/* --- one assessment --- */

int tdm__assessment_field(lua_State *lua)
{
    const tdm_score *score = seen_at(lua, 1)->score;
    const char *name = lua_tostring(lua, 2);
    if (strcmp(name, "day") == 0)
        lua_pushinteger(lua, score->date);
    else if (strcmp(name, "instrument") == 0)
        tdm__str_push(lua, tdm_score_instrument(score));
    else if (strcmp(name, "version") == 0)
        tdm__str_push(lua, score->instrument->texts[TDM__TEXT_VERSION]);
    else if (strcmp(name, "carer") == 0)
        tdm__str_push(lua, score->carer);
    else
        return 0;
    return 1;
}

static void push_result(lua_State *lua, const tdm__part_result *result)
{
    if (result->reason == TDM__REASON_NONE)
        lua_pushinteger(lua, result->grade);
    else
        lua_pushnil(lua);
}

/* The code of an area, sub-area or item, in this order: a sub-area without items shares its code with one. */
static int assessment_grade(lua_State *lua)
{
    const tdm_score *score = seen_at(lua, 1)->score;
    const tdm_instrument *instrument = score->instrument;
    tdm_str code = tdm__string_at(lua, 2, "grade");
    tdm__charge_elements(lua, instrument->areas.count + instrument->sub_areas.count);
    uint32_t area = tdm__instrument_find_part(&instrument->areas, code);
    uint32_t sub_area = tdm__instrument_find_part(&instrument->sub_areas, code);
    uint32_t item = tdm__instrument_find_item(instrument, code);
    if (area != TDM__NO_PART)
        push_result(lua, &score->areas[area]);
    else if (sub_area != TDM__NO_PART)
        push_result(lua, &score->sub_areas[sub_area]);
    else if (item == TDM__NO_PART)
        return luaL_error(lua, "grade: the instrument has no part of that code");
    else if (score->states[item] == TDM__ENTRY_SCORED)
        lua_pushinteger(lua, score->values[item]);
    else
        lua_pushnil(lua);
    return 1;
}

/* A sum or a count lies on no scale: there the worst item speaks. */
static bool is_concern(const tdm_score *score, uint32_t sub_area)
{
    const tdm_instrument *instrument = score->instrument;
    tdm__grades scale = tdm__scale_grades(tdm__instrument_sub_area_scale(instrument, sub_area));
    const tdm__part_result *result = &score->sub_areas[sub_area];
    uint32_t area = instrument->sub_areas.items[sub_area].parent;
    if (tdm__instrument_policy(instrument, TDM__LEVEL_ITEMS, area)->kind == TDM__POLICY_GRADE)
        return result->reason == TDM__REASON_NONE && tdm__grade_concern(&scale, result->grade);
    return result->items.has_worst && tdm__grade_concern(&scale, result->items.worst);
}

/* Codes of the sub-areas that are a concern, in the instrument's order. */
static int assessment_concerns(lua_State *lua)
{
    const tdm_score *score = seen_at(lua, 1)->score;
    const tdm_instrument *instrument = score->instrument;
    lua_Integer count = 0;
    tdm__charge_elements(lua, instrument->sub_areas.count);
    lua_newtable(lua);
    for (uint32_t i = 0; i < instrument->sub_areas.count; i++) {
        if (!is_concern(score, i))
            continue;
        tdm__str_push(lua, instrument->sub_areas.items[i].code);
        lua_rawseti(lua, -2, ++count);
    }
    return 1;
}

static int assessment_same_visit(lua_State *lua)
{
    const seen *one = seen_at(lua, 1), *other = seen_at(lua, 2);
    tdm__sandbox_charge(lua, 1);
    lua_pushboolean(lua, tdm__same_visit(one->score, other->score));
    return 1;
}

/* --- what changed --- */

/* What is kept of a comparison, which is freed before anything is pushed: an error would leak it. */
typedef struct changes {
    int32_t counts[TDM__CHANGE_COUNT];
    uint8_t *of_sub_area;
    tdm__change_reason reason;
    bool has_index;
    double index;
} changes;

/* The first of each visit beside the others of it, as the series of the instrument layer has it. */
static tdm__visit_pair *visit_pairs(lua_State *lua, const seen *before, size_t *pair_count)
{
    size_t count;
    const tdm_score **all = completed_of(lua, before->history, &count);
    tdm__visit_pair *pairs = tdm__room(lua, count, sizeof *pairs);
    tdm__sandbox_charge(lua, 1 + (int64_t)count * (1 + (int64_t)count / 16));
    *pair_count = 0;
    for (size_t i = 1; i < count; i++) {
        size_t first = 0;
        while (first < i && !tdm__same_visit(all[first], all[i]))
            first++;
        if (first < i && all[i]->instrument == before->score->instrument &&
            tdm__str_equal(all[i]->carer, before->score->carer))
            pairs[(*pair_count)++] = (tdm__visit_pair){all[first], all[i]};
    }
    return pairs;
}

static void keep_changes(changes *out, const tdm__comparison *comparison)
{
    size_t count = comparison->before->instrument->sub_areas.count;
    out->reason = comparison->reason;
    out->has_index = comparison->has_index;
    out->index = comparison->index;
    for (size_t i = 0; i < count; i++) {
        tdm__change change = comparison->sub_areas[i].change;
        out->of_sub_area[i] = (uint8_t)change;
        out->counts[change]++;
    }
}

static void make_changes(lua_State *lua, changes *out, const seen *before, const seen *now)
{
    tdm__comparison *comparison = NULL;
    const tdm__sandbox *sandbox = tdm__sandbox_of(lua);
    const tdm__known_scores *known = sandbox->scores;
    const tdm_instrument *instrument = before->score->instrument;
    tdm__comparison_input input = {.before = before->score, .now = now->score};
    input.pairs = visit_pairs(lua, before, &input.pair_count);
    if (known->reliability)
        input.reliability = known->reliability(tdm_score_instrument(before->score), known->payload);
    out->of_sub_area = tdm__room(lua, instrument->sub_areas.count, sizeof *out->of_sub_area);
    size_t parts = instrument->areas.count + instrument->sub_areas.count + 1;
    tdm__charge_elements(lua, 4 * instrument->items.count + parts * (input.pair_count + 4));
    tdm_status status = tdm__comparison_make(&comparison, sandbox->allocator, &input);
    if (status == TDM_OK)
        keep_changes(out, comparison);
    tdm__comparison_free(comparison);
    tdm__sandbox_check(lua, status, "compare");
}

static void push_sub_areas(lua_State *lua, const changes *made, const tdm_instrument *instrument)
{
    lua_createtable(lua, 0, (int)instrument->sub_areas.count);
    for (size_t i = 0; i < instrument->sub_areas.count; i++) {
        tdm__str_push(lua, instrument->sub_areas.items[i].code);
        lua_pushstring(lua, tdm__change_code((tdm__change)made->of_sub_area[i]));
        lua_rawset(lua, -3);
    }
    lua_setfield(lua, -2, "sub_areas");
}

/* earlier:compare(later) */
static int assessment_compare(lua_State *lua)
{
    static const char *const names[TDM__CHANGE_COUNT] = {[TDM__CHANGE_BETTER] = "better",
                                                         [TDM__CHANGE_WORSE] = "worse",
                                                         [TDM__CHANGE_NOT_CLEAR] = "not_clear",
                                                         [TDM__CHANGE_NOT_COMPARABLE] = "not_comparable"};
    changes made = {.reason = TDM__CHANGED};
    const seen *before = seen_at(lua, 1), *now = seen_at(lua, 2);
    const tdm_instrument *instrument = before->score->instrument;
    make_changes(lua, &made, before, now);
    tdm__charge_elements(lua, instrument->sub_areas.count);
    lua_createtable(lua, 0, 8);
    for (int i = 0; i < TDM__CHANGE_COUNT; i++) {
        lua_pushinteger(lua, made.counts[i]);
        lua_setfield(lua, -2, names[i]);
    }
    lua_pushinteger(lua, (lua_Integer)instrument->sub_areas.count - made.counts[TDM__CHANGE_NOT_COMPARABLE]);
    lua_setfield(lua, -2, "comparable");
    push_sub_areas(lua, &made, instrument);
    if (made.has_index) {
        lua_pushnumber(lua, made.index);
        lua_setfield(lua, -2, "index");
    }
    if (made.reason != TDM__CHANGED) {
        lua_pushstring(lua, tdm__change_reason_code(made.reason));
        lua_setfield(lua, -2, "reason");
    }
    return 1;
}

const luaL_Reg tdm__child_scores[] = {
    {"assessments", child_assessments},
    {"evidence", child_evidence},
    {NULL, NULL},
};

const luaL_Reg tdm__assessment_methods[] = {
    {"compare", assessment_compare},
    {"concerns", assessment_concerns},
    {"grade", assessment_grade},
    {"same_visit", assessment_same_visit},
    {NULL, NULL},
};
