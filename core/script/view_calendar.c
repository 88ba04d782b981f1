/*
 * The table `calendar` for scripts: days are integers; these three functions count and write them.
 */
#include "script/options.h"

static tdm_day day_argument(lua_State *lua, int index)
{
    lua_Integer day = luaL_checkinteger(lua, index);
    luaL_argcheck(lua, day > -800000 && day < 3000000, index, "not a day");
    return (tdm_day)day;
}

/* The last day within a span of `day`, which is day 0; of school days: nil where terms are not known. */
static int calendar_add(lua_State *lua)
{
    tdm_day end;
    tdm_day day = day_argument(lua, 1);
    tdm_span span = tdm__span_at(lua, 2, "span");
    bool of_school = tdm__school_at(lua, 3, "calendar.add");
    const tdm_holidays *holidays = tdm__sandbox_of(lua)->holidays;
    tdm__sandbox_charge(lua, 1 + span.count / 16);
    tdm_status status = tdm_span_end(&end, day, span, of_school ? tdm_school_days(holidays) : holidays);
    if (of_school && (status == TDM_UNKNOWN_PERIOD || !tdm_school_days(holidays))) {
        lua_pushnil(lua);
        return 1;
    }
    tdm__sandbox_check(lua, status, "calendar.add");
    lua_pushinteger(lua, end);
    return 1;
}

static int calendar_working_days(lua_State *lua)
{
    int32_t count;
    tdm_day from = day_argument(lua, 1), to = day_argument(lua, 2);
    const tdm_holidays *holidays = tdm__sandbox_of(lua)->holidays;
    tdm__sandbox_charge(lua, 1 + (from < to ? to - from : from - to) / 16);
    if (!holidays)
        return tdm__sandbox_stop(lua, TDM_UNKNOWN_PERIOD);
    tdm__sandbox_check(lua, tdm_working_days_between(&count, from, to, holidays), "calendar.working_days");
    lua_pushinteger(lua, count);
    return 1;
}

/* As an ISO day. */
static int calendar_text(lua_State *lua)
{
    char text[TDM_DATE_TEXT_SIZE];
    tdm_day day = day_argument(lua, 1);
    tdm__sandbox_charge(lua, 1);
    tdm_date_format(text, (tdm_date){day, day, 0});
    lua_pushstring(lua, text);
    return 1;
}

static const luaL_Reg calendar_functions[] = {
    {"add", calendar_add},
    {"text", calendar_text},
    {"working_days", calendar_working_days},
    {NULL, NULL},
};

void tdm__calendar_add(lua_State *lua)
{
    luaL_setfuncs(lua, calendar_functions, 0);
}
