/*
 * Needs in words and as JSON (see explain_needs.h). What they do is the engine's business.
 */
#include "api/explain_needs.h"

#include "api/answer.h"

static void kinds_text(tdm__text *text, const uint32_t *kinds, size_t count, const tdm_vocabulary *vocabulary)
{
    for (size_t i = 0; i < count; i++)
        tdm__text_printf(text, "%s%.*s", i > 0 ? ", " : "", TDM_STR_ARGS(vocabulary->kinds[kinds[i]].code));
}

static void part_text(tdm__text *text, const tdm__need_part *part, const tdm_vocabulary *vocabulary)
{
    tdm__text_add(text, vocabulary->kinds[part->kind].code);
    if (part->fact == TDM_NO_INDEX)
        return;
    tdm__text_char(text, '.');
    tdm__text_add(text, vocabulary->facts[part->fact].key);
}

static void need_text(tdm__text *text, const tdm__indicator *indicator, const tdm__need *need,
                      const tdm_vocabulary *vocabulary)
{
    for (size_t i = 0; i < need->any_count; i++) {
        tdm__text_puts(text, i > 0 ? " or " : "");
        part_text(text, &need->any[i], vocabulary);
    }
    if (need->when == TDM_NO_INDEX)
        return;
    tdm__text_printf(text, " (where %.*s is ", TDM_STR_ARGS(indicator->params[need->when].name));
    for (size_t i = 0; i < need->choice_count; i++)
        tdm__text_printf(text, "%s%.*s", i > 0 ? " or " : "", TDM_STR_ARGS(need->choices[i]));
    tdm__text_char(text, ')');
}

void tdm__explain_needs_text(tdm__text *text, const tdm__indicator *indicator,
                             const tdm_vocabulary *vocabulary)
{
    const tdm__needs *needs = &indicator->needs;
    if (needs->any_count > 0) {
        tdm__text_puts(text, "Needs:      a source that could hold one of ");
        kinds_text(text, needs->any, needs->any_count, vocabulary);
        tdm__text_char(text, '\n');
    }
    if (needs->all_count > 0) {
        tdm__text_puts(text, "Needs:      sources that could hold each of ");
        kinds_text(text, needs->all, needs->all_count, vocabulary);
        tdm__text_char(text, '\n');
    }
    if (needs->coverage_days > 0)
        tdm__text_printf(text, "Needs:      %d or more agencies that each declare %d covered days or more\n",
                         (int)needs->coverage_agencies, (int)needs->coverage_days);
    if (needs->held_count > 0 || needs->held_concern) {
        tdm__text_printf(text, "Not met:    without an entry of %s%s",
                         needs->held_concern ? "any concern" : "",
                         needs->held_concern && needs->held_count > 0 ? ", " : "");
        kinds_text(text, needs->held, needs->held_count, vocabulary);
        tdm__text_char(text, '\n');
    }
    for (size_t i = 0; i < needs->deny_count; i++) {
        tdm__text_puts(text, i > 0 ? "            " : "Not met:    only where sources could hold, in full, ");
        tdm__text_puts(text, i > 0 ? "and " : "");
        need_text(text, indicator, &needs->deny[i], vocabulary);
        tdm__text_char(text, '\n');
    }
}

/* --- JSON --- */

static void kinds_json(tdm__json_writer *json, const char *name, const uint32_t *kinds, size_t count,
                       const tdm_vocabulary *vocabulary)
{
    tdm__json_put_name(json, name);
    tdm__json_open_array(json);
    for (size_t i = 0; i < count; i++)
        tdm__json_put_string(json, vocabulary->kinds[kinds[i]].code);
    tdm__json_close_array(json);
}

static void part_json(tdm__json_writer *json, const tdm__need_part *part, const tdm_vocabulary *vocabulary)
{
    tdm__json_open_object(json);
    tdm__answer_member(json, "kind", vocabulary->kinds[part->kind].code);
    if (part->fact != TDM_NO_INDEX)
        tdm__answer_member(json, "fact", vocabulary->facts[part->fact].key);
    tdm__json_close_object(json);
}

static void need_json(tdm__json_writer *json, const tdm__indicator *indicator, const tdm__need *need,
                      const tdm_vocabulary *vocabulary)
{
    tdm__json_open_object(json);
    tdm__json_put_name(json, "any");
    tdm__json_open_array(json);
    for (size_t i = 0; i < need->any_count; i++)
        part_json(json, &need->any[i], vocabulary);
    tdm__json_close_array(json);
    if (need->when != TDM_NO_INDEX) {
        tdm__answer_member(json, "param", indicator->params[need->when].name);
        tdm__json_put_name(json, "choices");
        tdm__json_open_array(json);
        for (size_t i = 0; i < need->choice_count; i++)
            tdm__json_put_string(json, need->choices[i]);
        tdm__json_close_array(json);
    }
    tdm__json_close_object(json);
}

void tdm__explain_needs_json(tdm__json_writer *json, const tdm__indicator *indicator,
                             const tdm_vocabulary *vocabulary)
{
    const tdm__needs *needs = &indicator->needs;
    tdm__json_open_object(json);
    kinds_json(json, "any", needs->any, needs->any_count, vocabulary);
    kinds_json(json, "all", needs->all, needs->all_count, vocabulary);
    kinds_json(json, "held", needs->held, needs->held_count, vocabulary);
    tdm__json_put_name(json, "held_concern");
    tdm__json_put_bool(json, needs->held_concern);
    tdm__json_put_name(json, "deny");
    tdm__json_open_array(json);
    for (size_t i = 0; i < needs->deny_count; i++)
        need_json(json, indicator, &needs->deny[i], vocabulary);
    tdm__json_close_array(json);
    tdm__json_put_name(json, "coverage_days");
    tdm__json_put_int(json, needs->coverage_days);
    tdm__json_put_name(json, "coverage_agencies");
    tdm__json_put_int(json, needs->coverage_agencies);
    tdm__json_close_object(json);
}
