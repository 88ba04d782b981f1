/*
 * What an example of a measure expects: read from its field `expect`, and held against what came of it,
 * member by member. Statistics are no part of it: a measure gives lengths, the engine what lies in their
 * middle.
 */
#include "script/measure.h"

#define LENGTHS_MAX 1000
#define NUMBER_MAX  1000000000

static const char *const path = "examples";
static const char *const expect_path = "examples.expect";

/* --- reading --- */

/* The whole number on top of the stack; pops it. */
static int64_t pop_number(const tdm__contract *contract, const char *name)
{
    int whole = 0;
    lua_State *lua = contract->lua;
    lua_Integer number = lua_type(lua, -1) == LUA_TNUMBER ? lua_tointegerx(lua, -1, &whole) : -1;
    lua_pop(lua, 1);
    if (!whole || number < 0 || number > NUMBER_MAX)
        tdm__contract_fail(contract, path, "expect.%s: a whole number from 0 expected", name);
    return number;
}

static int64_t read_number(const tdm__contract *contract, int index, const char *name)
{
    return tdm__option(contract->lua, index, name) ? pop_number(contract, name) : TDM__NOT_SAID;
}

/* {NAME = NUMBER}; NULL when it is not there. */
static const tdm__expected_line *read_lines(const tdm__contract *contract, int index, const char *name,
                                            size_t *count)
{
    lua_State *lua = contract->lua;
    *count = 0;
    if (!tdm__contract_field(contract, index, path, name, LUA_TTABLE, false))
        return NULL;
    int table = lua_gettop(lua);
    const tdm_str *names = tdm__contract_any_keys(contract, table, path, count);
    tdm__expected_line *lines = tdm__contract_room(contract, *count, sizeof *lines);
    for (size_t i = 0; i < *count; i++) {
        tdm__str_push(lua, names[i]);
        lua_rawget(lua, table);
        lines[i] = (tdm__expected_line){names[i], pop_number(contract, name)};
    }
    lua_pop(lua, 1);
    return lines;
}

static void read_left_out(const tdm__contract *contract, int index, tdm__expected *out)
{
    size_t count;
    const tdm__expected_line *lines = read_lines(contract, index, "left_out", &count);
    for (size_t i = 0; i < count; i++) {
        bool known = false;
        for (int reason = 0; reason < TDM__UNCOUNTED_COUNT; reason++) {
            if (!tdm__str_equal(lines[i].name, tdm__str(tdm__uncounted_code((tdm__uncounted)reason))))
                continue;
            out->left_out[reason] = lines[i].count;
            known = true;
        }
        if (!known)
            tdm__contract_fail(contract, path, "expect.left_out: there is no reason '%.*s'",
                               TDM_STR_ARGS(lines[i].name));
    }
}

static const int32_t *read_lengths(const tdm__contract *contract, int index, const char *name, size_t *count)
{
    lua_State *lua = contract->lua;
    *count = 0;
    if (!tdm__contract_field(contract, index, path, name, LUA_TTABLE, false))
        return NULL;
    int list = lua_gettop(lua);
    *count = tdm__contract_list(contract, list, path);
    if (*count > LENGTHS_MAX)
        tdm__contract_fail(contract, path, "expect.%s: at most %d expected", name, LENGTHS_MAX);
    int32_t *lengths = tdm__contract_room(contract, *count, sizeof *lengths);
    for (size_t i = 0; i < *count; i++) {
        lua_rawgeti(lua, list, (lua_Integer)i + 1);
        lengths[i] = (int32_t)pop_number(contract, name);
        if (i > 0 && lengths[i] < lengths[i - 1])
            tdm__contract_fail(contract, path, "expect.%s: in ascending order", name);
    }
    lua_pop(lua, 1);
    return lengths;
}

static void read_members(const tdm__contract *contract, int index, tdm__expected *out)
{
    out->numerator = read_number(contract, index, "numerator");
    out->denominator = read_number(contract, index, "denominator");
    out->count = read_number(contract, index, "n");
    out->lines = read_lines(contract, index, "lines", &out->line_count);
    read_left_out(contract, index, out);
    out->lengths = read_lengths(contract, index, "lengths", &out->length_count);
    out->waiting = read_lengths(contract, index, "waiting", &out->waiting_count);
    if (out->waiting && !out->lengths)
        tdm__contract_fail(contract, path, "expect.waiting: lengths are to be told too");
    if (out->numerator == TDM__NOT_SAID && out->denominator == TDM__NOT_SAID && !out->lines &&
        !out->lengths && out->count == TDM__NOT_SAID)
        tdm__contract_fail(contract, path, "expect: a number expected");
}

/* The names of `group` are sorted, so that groups come in one order. */
static void read_groups(const tdm__contract *contract, int expect, tdm__sample *sample)
{
    static const char *const names[] = {"numerator", "denominator", "n",       "lines",
                                        "left_out",  "lengths",     "waiting", NULL};
    lua_State *lua = contract->lua;
    size_t count = 0;
    const tdm_str *groups = NULL;
    bool given = tdm__contract_field(contract, expect, path, "group", LUA_TTABLE, false);
    int table = lua_gettop(lua);
    if (given)
        groups = tdm__contract_any_keys(contract, table, path, &count);
    if (given && sample->by == TDM__BY_NOTHING)
        tdm__contract_fail(contract, path, "expect.group: the example has no 'by'");
    tdm__expected *expected = tdm__contract_room(contract, count + 1, sizeof *expected);
    expected[0].group = (tdm_str){"", 0};
    read_members(contract, expect, &expected[0]);
    for (size_t i = 0; i < count; i++) {
        tdm__str_push(lua, groups[i]);
        if (lua_rawget(lua, table) != LUA_TTABLE)
            tdm__contract_fail(contract, path, "expect.group: each a table");
        tdm__contract_names(contract, table + 1, expect_path, names);
        expected[i + 1].group = groups[i];
        read_members(contract, table + 1, &expected[i + 1]);
        lua_settop(lua, table);
    }
    sample->expected = expected;
    sample->expected_count = count + 1;
    lua_settop(lua, given ? table - 1 : table);
}

/* --- for a page --- */

static void tell(tdm__sample *sample, tdm__measure_told_number *told, tdm_str name, int64_t number)
{
    if (number != TDM__NOT_SAID)
        told[sample->told_count++] = (tdm__measure_told_number){name, number};
}

static void tell_expected(const tdm__contract *contract, tdm__sample *sample)
{
    const tdm__expected *of = sample->expected;
    size_t most = 3 + of->line_count + TDM__UNCOUNTED_COUNT + of->length_count + of->waiting_count;
    tdm__measure_told_number *told = tdm__contract_room(contract, most, sizeof *told);
    tell(sample, told, TDM_LIT("numerator"), of->numerator);
    tell(sample, told, TDM_LIT("denominator"), of->denominator);
    tell(sample, told, TDM_LIT("n"), of->count);
    for (size_t i = 0; i < of->line_count; i++)
        tell(sample, told, of->lines[i].name, of->lines[i].count);
    for (size_t i = 0; i < of->length_count; i++)
        tell(sample, told, TDM_LIT("lengths"), of->lengths[i]);
    for (size_t i = 0; i < of->waiting_count; i++)
        tell(sample, told, TDM_LIT("waiting"), of->waiting[i]);
    for (int reason = 0; reason < TDM__UNCOUNTED_COUNT; reason++)
        if (of->left_out[reason] > 0)
            tell(sample, told, tdm__str(tdm__uncounted_code((tdm__uncounted)reason)), of->left_out[reason]);
    sample->told = told;
}

void tdm__measure_read_expected(const tdm__contract *contract, int index, tdm__sample *sample)
{
    static const char *const names[] = {"numerator", "denominator", "n",     "lines",  "left_out",
                                        "lengths",   "waiting",     "group", "reason", NULL};
    static const char *const reason_only[] = {"reason", NULL};
    lua_State *lua = contract->lua;
    tdm__contract_field(contract, index, path, "expect", LUA_TTABLE, true);
    int expect = lua_gettop(lua);
    tdm__contract_names(contract, expect, expect_path, names);
    sample->reason = tdm__contract_string(contract, expect, path, "reason", false);
    if (sample->reason.length > 0)
        tdm__contract_names(contract, expect, expect_path, reason_only);
    else
        read_groups(contract, expect, sample);
    if (sample->expected)
        tell_expected(contract, sample);
    lua_pop(lua, 1);
}

/* --- comparing --- */

/* What came of one group, or of all together. */
typedef struct came {
    int64_t numerator, denominator;
    int64_t left_out[TDM__UNCOUNTED_COUNT];
    bool everything;
    size_t group;
} came;

static int64_t added(int64_t sum, int64_t number)
{
    return number < 0 ? sum : (sum < 0 ? number : sum + number);
}

static came came_of(const tdm__measured *measured, bool everything, size_t group)
{
    came out = {-1, -1, {0}, everything, group};
    size_t first = everything ? 0 : group, end = everything ? measured->group_count : group + 1;
    for (size_t g = first; g < end; g++) {
        const tdm__measured_group *one = &measured->groups[g];
        out.numerator = added(out.numerator, one->numerator);
        out.denominator = added(out.denominator, one->denominator);
        for (int reason = 0; reason < TDM__UNCOUNTED_COUNT; reason++)
            out.left_out[reason] += one->left_out[reason];
    }
    return out;
}

static bool in_part(const came *c, size_t group)
{
    return c->everything || group == c->group;
}

/* "numerator of police: expected 3, got 2; ". */
static void differ(tdm__text *out, const tdm__expected *expected, tdm_str what, int64_t wanted, int64_t got)
{
    if (wanted == TDM__NOT_SAID || wanted == got)
        return;
    tdm__text_add(out, what);
    if (expected->group.length > 0)
        tdm__text_printf(out, " of %.*s", TDM_STR_ARGS(expected->group));
    tdm__text_printf(out, ": expected %lld, got %lld; ", (long long)wanted, (long long)got);
}

static int64_t line_of(const tdm__measured *measured, const came *c, size_t line)
{
    int64_t sum = 0;
    for (size_t g = 0; g < measured->group_count; g++)
        if (in_part(c, g) && measured->groups[g].lines)
            sum += measured->groups[g].lines[line];
    return sum;
}

static void compare_lines(tdm__text *out, const tdm__expected *expected, const tdm__measured *measured,
                          const came *c)
{
    if (!expected->lines)
        return;
    for (size_t line = 0; line < measured->line_count; line++) {
        int64_t wanted = 0;
        for (size_t i = 0; i < expected->line_count; i++)
            if (tdm__str_equal(expected->lines[i].name, measured->lines[line]))
                wanted = expected->lines[i].count;
        differ(out, expected, measured->lines[line], wanted, line_of(measured, c, line));
    }
    for (size_t i = 0; i < expected->line_count; i++) {
        bool known = false;
        for (size_t line = 0; line < measured->line_count; line++)
            known = known || tdm__str_equal(expected->lines[i].name, measured->lines[line]);
        if (!known)
            tdm__text_printf(out, "there is no line '%.*s'; ", TDM_STR_ARGS(expected->lines[i].name));
    }
}

/* How many of that length there are. */
static int64_t held(const tdm__measured *measured, const came *c, bool censored, int32_t length)
{
    int64_t count = 0;
    for (size_t g = 0; g < measured->group_count; g++)
        for (size_t i = 0; in_part(c, g) && i < measured->groups[g].length_count; i++) {
            const tdm__length *one = &measured->groups[g].lengths[i];
            count += one->length == length && (one->censored != 0) == censored;
        }
    return count;
}

static int64_t lengths_of(const tdm__measured *measured, const came *c, bool censored)
{
    int64_t count = 0;
    for (size_t g = 0; g < measured->group_count; g++)
        for (size_t i = 0; in_part(c, g) && i < measured->groups[g].length_count; i++)
            count += (measured->groups[g].lengths[i].censored != 0) == censored;
    return count;
}

static void tell_lengths(tdm__text *out, const tdm__measured *measured, const came *c, bool censored)
{
    for (size_t g = 0; g < measured->group_count; g++)
        for (size_t i = 0; in_part(c, g) && i < measured->groups[g].length_count; i++)
            if ((measured->groups[g].lengths[i].censored != 0) == censored)
                tdm__text_printf(out, " %d", (int)measured->groups[g].lengths[i].length);
}

/* Two multisets are one where they have as many members, and as many of each. */
static void compare_lengths(tdm__text *out, const tdm__expected *expected, const tdm__measured *measured,
                            const came *c, bool censored)
{
    const int32_t *wanted = censored ? expected->waiting : expected->lengths;
    size_t count = censored ? expected->waiting_count : expected->length_count;
    bool same = lengths_of(measured, c, censored) == (int64_t)count;
    for (size_t i = 0; same && i < count; i++) {
        int64_t alike = 0;
        for (size_t j = 0; j < count; j++)
            alike += wanted[j] == wanted[i];
        same = held(measured, c, censored, wanted[i]) == alike;
    }
    if (same)
        return;
    tdm__text_printf(out, "%s%s%.*s: expected", censored ? "waiting" : "lengths",
                     expected->group.length > 0 ? " of " : "", TDM_STR_ARGS(expected->group));
    for (size_t i = 0; i < count; i++)
        tdm__text_printf(out, " %d", (int)wanted[i]);
    tdm__text_puts(out, ", got");
    tell_lengths(out, measured, c, censored);
    tdm__text_puts(out, "; ");
}

static void compare_one(tdm__text *out, const tdm__expected *expected, const tdm__measured *measured,
                        const came *c)
{
    differ(out, expected, TDM_LIT("numerator"), expected->numerator, c->numerator);
    differ(out, expected, TDM_LIT("denominator"), expected->denominator, c->denominator);
    differ(out, expected, TDM_LIT("n"), expected->count,
           lengths_of(measured, c, false) + lengths_of(measured, c, true));
    compare_lines(out, expected, measured, c);
    for (int reason = 0; reason < TDM__UNCOUNTED_COUNT; reason++)
        differ(out, expected, tdm__str(tdm__uncounted_code((tdm__uncounted)reason)),
               expected->left_out[reason], c->left_out[reason]);
    if (!expected->lengths)
        return;
    compare_lengths(out, expected, measured, c, false);
    compare_lengths(out, expected, measured, c, true);
}

void tdm__expected_compare(tdm__text *out, const tdm__sample *sample, const tdm__measured *measured,
                           tdm__groups groups)
{
    for (size_t i = 0; i < sample->expected_count; i++) {
        const tdm__expected *expected = &sample->expected[i];
        size_t group = 0;
        while (i > 0 && group < groups.count && !tdm__str_equal(groups.names[group], expected->group))
            group++;
        if (i > 0 && (group == groups.count || group >= measured->group_count)) {
            tdm__text_printf(out, "there is no group '%.*s'; ", TDM_STR_ARGS(expected->group));
            continue;
        }
        came c = came_of(measured, i == 0, group);
        compare_one(out, expected, measured, &c);
    }
}
