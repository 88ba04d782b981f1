/*
 * Putting the list together: a row for each value, in words.
 */
#include "engine/policy_values.h"

#include "engine/policy.h"
#include "script/measures.h"

#include <string.h>

/* Rows that each of them gives at most. */
#define OF_THE_POLICY    4
#define OF_AN_INDICATOR  2
#define OF_A_COMPOSITE   7
#define OF_A_CHECK       (2 + TDM__CHECK_PARAMS)
#define OF_AN_INSTRUMENT 2
#define OF_A_MEASURE     1

/* What a list is being made of. */
typedef struct making {
    tdm__policy_values *out;
    tdm__arena *arena;
    const tdm__review_policy *policy;
    tdm_status status; /* the first failure sticks */
} making;

static tdm_str place_or(tdm_str place, tdm_str otherwise)
{
    return place.length > 0 ? place : otherwise;
}

static tdm__policy_value *add(making *m, const char *section, tdm_str id, tdm_str name, tdm_str value,
                              tdm_str from)
{
    tdm__policy_value *row = &m->out->items[m->out->count++];
    *row = (tdm__policy_value){section, id,     name, value, place_or(from, TDM_LIT("default")),
                               {"", 0}, {"", 0}};
    return row;
}

/* The text in the arena, and the text freed. */
static tdm_str keep(making *m, tdm__text *text)
{
    tdm_str kept = tdm__arena_copy(m->arena, tdm__text_str(text));
    if (text->failed || !kept.data) {
        m->status = TDM_NO_MEMORY;
        kept = (tdm_str){"", 0};
    }
    tdm__text_free(text);
    return kept;
}

static tdm_str number_words(making *m, int64_t number)
{
    tdm__text text;
    tdm__text_init(&text, m->arena->allocator);
    tdm__text_int(&text, number);
    return keep(m, &text);
}

static tdm_str switch_words(bool on)
{
    return on ? TDM_LIT("on") : TDM_LIT("off");
}

static tdm_str joined(making *m, const char *before, tdm_str last)
{
    tdm__text text;
    tdm__text_init(&text, m->arena->allocator);
    tdm__text_puts(&text, before);
    tdm__text_add(&text, last);
    return keep(m, &text);
}

/* --- the policy and its dates --- */

static void add_policy(making *m)
{
    const tdm__review_policy *p = m->policy;
    add(m, "policy", TDM_LIT(""), TDM_LIT("title"), p->title, p->title_from);
    add(m, "policy", TDM_LIT(""), TDM_LIT("nation"), p->nation, p->nation_from)->offered = TDM_LIT("england");
    add(m, "policy", TDM_LIT(""), TDM_LIT("terms"), p->terms.length > 0 ? p->terms : TDM_LIT("none"),
        p->terms_from)
        ->standing = p->terms.length > 0 ? TDM_LIT("local") : TDM_LIT("");
    add(m, "policy", TDM_LIT(""), TDM_LIT("current_days"), number_words(m, p->current_days), p->current_from)
        ->offered = TDM_LIT("1 to 36600");
}

static void add_dates(making *m)
{
    const tdm_date_rules *rules = &m->policy->dates;
    static const char *const names[TDM__DATES_COUNT] = {"approximate_days", "approximate_months",
                                                        "approximate_years", "pivot"};
    static const char *const ranges[TDM__DATES_COUNT] = {"0 to 366", "0 to 12", "0 to 10", "0 to 99"};
    const int32_t numbers[TDM__DATES_COUNT] = {rules->approximate_days, rules->approximate_months,
                                               rules->approximate_years, rules->pivot};
    for (size_t i = 0; i < TDM__DATES_COUNT; i++)
        add(m, "dates", TDM_LIT(""), tdm__str(names[i]), number_words(m, numbers[i]),
            m->policy->dates_from[i])
            ->offered = tdm__str(ranges[i]);
}

/* --- indicators --- */

static tdm_str standing_words(making *m, const tdm__standing *standings, size_t count)
{
    tdm__text text;
    tdm__text_init(&text, m->arena->allocator);
    for (size_t i = 0; i < count; i++) {
        tdm__text_puts(&text, i > 0 ? ", " : "");
        tdm__text_add(&text, standings[i].code);
    }
    return keep(m, &text);
}

static void put_limit(making *m, tdm__text *text, const char *before, const tdm__param_value *value)
{
    tdm_str words;
    if (tdm__param_words(&words, m->arena, value) != TDM_OK)
        m->status = TDM_NO_MEMORY;
    else {
        tdm__text_puts(text, before);
        tdm__text_add(text, words);
    }
}

static tdm_str offered_words(making *m, const tdm__param *param)
{
    tdm__text text;
    tdm__text_init(&text, m->arena->allocator);
    for (size_t i = 0; i < param->choice_count; i++) {
        tdm__text_puts(&text, i > 0 ? ", " : "");
        tdm__text_add(&text, param->choices[i]);
    }
    if (param->has_min)
        put_limit(m, &text, param->has_max ? "" : "at least ", &param->min);
    if (param->has_max)
        put_limit(m, &text, param->has_min ? " to " : "at most ", &param->max);
    return keep(m, &text);
}

static const tdm_str severities = {"information, review, soon", sizeof "information, review, soon" - 1};

/* standing: of what the parameters belong to. */
static void add_params(making *m, const char *section, tdm_str id, tdm_str standing,
                       const tdm__effective_param *params, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const tdm__effective_param *param = &params[i];
        tdm__policy_value *row = add(m, section, id, joined(m, "params.", param->param->name), param->words,
                                     param->from);
        row->standing = place_or(param->param->standing, standing);
        row->offered = offered_words(m, param->param);
    }
}

static void add_indicator(making *m, const tdm__effective_indicator *e)
{
    const tdm__indicator *indicator = e->indicator;
    tdm_str id = indicator->id;
    tdm_str severity = tdm__str(tdm__prompt_severity_code(e->severity));
    add(m, "indicators", id, TDM_LIT("on"), switch_words(e->on), e->on_from);
    add(m, "indicators", id, TDM_LIT("severity"), severity, e->severity_from)->offered = severities;
    add_params(m, "indicators", id, standing_words(m, indicator->standings, indicator->standing_count),
               e->params, indicator->param_count);
}

static void add_measure(making *m, const tdm__effective_measure *e)
{
    const tdm__measure *measure = e->measure;
    add(m, "measures", measure->id, TDM_LIT("on"), switch_words(e->on), e->on_from);
    add_params(m, "measures", measure->id, standing_words(m, measure->standings, measure->standing_count),
               e->params, measure->param_count);
}

static void add_composite(making *m, const tdm__composite *c)
{
    const char *section = "composites";
    const tdm__effective_indicator *e = &c->effective;
    tdm_str id = c->shown.id, standing = TDM_LIT("local");
    tdm__text of;
    tdm__text_init(&of, m->arena->allocator);
    for (size_t i = 0; i < c->of_count; i++) {
        tdm__text_puts(&of, i > 0 ? ", " : "");
        tdm__text_add(&of, m->policy->indicators[c->of[i]].indicator->id);
    }
    add(m, section, id, TDM_LIT("on"), switch_words(e->on), e->on_from);
    add(m, section, id, TDM_LIT("title"), c->shown.title, c->title_from);
    if (c->sentence.length > 0)
        add(m, section, id, TDM_LIT("sentence"), c->sentence, c->sentence_from);
    add(m, section, id, TDM_LIT("of"), keep(m, &of), c->of_from)->standing = standing;
    for (size_t i = 0; i < c->shown.param_count; i++)
        add(m, section, id, c->shown.params[i].name, e->params[i].words, e->params[i].from)->standing =
            standing;
    add(m, section, id, TDM_LIT("severity"), tdm__str(tdm__prompt_severity_code(e->severity)),
        e->severity_from)
        ->offered = severities;
}

/* --- checks, instruments --- */

static void add_check(making *m, const tdm__effective_check *c)
{
    tdm_str id = tdm__str(c->check->id);
    add(m, "checks", id, TDM_LIT("on"), switch_words(c->on), c->on_from);
    add(m, "checks", id, TDM_LIT("severity"), tdm__str(tdm__severity_code(c->severity)), c->severity_from)
        ->offered = TDM_LIT("information, warning, error");
    for (size_t i = 0; i < TDM__CHECK_PARAMS && c->check->params[i].name; i++) {
        const tdm__check_param *param = &c->check->params[i];
        tdm__policy_value *row = add(m, "checks", id, joined(m, "params.", tdm__str(param->name)),
                                     number_words(m, c->values[i]), c->from[i]);
        tdm__text range;
        tdm__text_init(&range, m->arena->allocator);
        tdm__text_printf(&range, "%d to %d", (int)param->min, (int)param->max);
        row->standing = tdm__str(c->check->standing);
        row->offered = keep(m, &range);
    }
}

/* As it stands in the file, on one line. */
static tdm_str json_words(making *m, const tdm__json_value *value)
{
    tdm__text text;
    tdm__json_writer json;
    if (tdm__json_type_of(value) == TDM__JSON_STRING)
        return tdm__json_string(value);
    tdm__text_init(&text, m->arena->allocator);
    tdm__json_writer_init(&json, m->arena->allocator, tdm__text_sink(&text), 0);
    tdm__json_put_value(&json, value);
    if (tdm__json_writer_end(&json) != TDM_OK)
        m->status = TDM_NO_MEMORY;
    return keep(m, &text);
}

static void add_instrument(making *m, tdm_str id)
{
    static const char *const names[OF_AN_INSTRUMENT] = {"aggregation", "reliability"};
    static const char *const unset[OF_AN_INSTRUMENT] = {"the instrument's own", "not known"};
    for (size_t i = 0; i < OF_AN_INSTRUMENT; i++) {
        const tdm__json *document;
        const tdm__json_value *value = tdm__policy_instrument_member(&document, m->policy, id, names[i]);
        tdm__text from;
        if (!value) {
            add(m, "instruments", id, tdm__str(names[i]), tdm__str(unset[i]), TDM_LIT(""));
            continue;
        }
        tdm__text_init(&from, m->arena->allocator);
        tdm__text_add(&from, tdm__json_file(document));
        tdm__text_char(&from, ':');
        tdm__text_int(&from, tdm__json_line(value));
        add(m, "instruments", id, tdm__str(names[i]), json_words(m, value), keep(m, &from));
    }
}

/* --- the list --- */

static size_t room(const tdm__review_policy *policy, size_t instruments)
{
    size_t rows = OF_THE_POLICY + TDM__DATES_COUNT + policy->cap_count + tdm__check_count() * OF_A_CHECK +
                  policy->composite_count * OF_A_COMPOSITE + instruments * OF_AN_INSTRUMENT;
    for (size_t i = 0; i < tdm__catalogue_count(policy->catalogue); i++)
        rows += OF_AN_INDICATOR + policy->indicators[i].indicator->param_count;
    for (size_t i = 0; i < policy->measure_count; i++)
        rows += OF_A_MEASURE + policy->measures[i].measure->param_count;
    return rows;
}

tdm_status tdm__policy_values_of(tdm__policy_values *out, tdm__arena *arena, const tdm__review_policy *policy,
                                 tdm_instrument *const *instruments, size_t instrument_count)
{
    making m = {out, arena, policy, TDM_OK};
    *out = (tdm__policy_values){.allocator = arena->allocator,
                                .title = policy->title,
                                .hash = policy->hash,
                                .files = policy->files,
                                .file_count = policy->file_count,
                                .capacity = room(policy, instrument_count)};
    out->items = tdm__arena_array(arena, out->capacity, sizeof *out->items);
    if (!out->items)
        return TDM_NO_MEMORY;
    add_policy(&m);
    add_dates(&m);
    for (size_t i = 0; i < tdm__catalogue_count(policy->catalogue); i++)
        add_indicator(&m, &policy->indicators[i]);
    for (size_t i = 0; i < policy->composite_count; i++)
        add_composite(&m, &policy->composites[i]);
    for (size_t i = 0; i < policy->cap_count; i++)
        add(&m, "caps", policy->caps[i].group, TDM_LIT("prompts_shown"),
            number_words(&m, policy->caps[i].prompts_shown), policy->caps[i].from);
    for (size_t i = 0; i < tdm__check_count(); i++)
        add_check(&m, &policy->checks[i]);
    for (size_t i = 0; i < instrument_count; i++)
        add_instrument(&m, tdm_instrument_id(instruments[i]));
    for (size_t i = 0; i < policy->measure_count; i++)
        add_measure(&m, &policy->measures[i]);
    return m.status;
}

/* --- two lists --- */

const tdm__policy_value *tdm__policy_value_find(const tdm__policy_values *values,
                                                const tdm__policy_value *like)
{
    for (size_t i = 0; i < values->count; i++) {
        const tdm__policy_value *one = &values->items[i];
        if (strcmp(one->section, like->section) == 0 && tdm__str_equal(one->id, like->id) &&
            tdm__str_equal(one->name, like->name))
            return one;
    }
    return NULL;
}

tdm_status tdm__policy_values_compare(tdm__policy_difference **out, size_t *count, tdm__arena *arena,
                                      const tdm__policy_values *a, const tdm__policy_values *b)
{
    *count = 0;
    *out = tdm__arena_array(arena, a->count + b->count, sizeof **out);
    if (!*out)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < a->count; i++) {
        const tdm__policy_value *other = tdm__policy_value_find(b, &a->items[i]);
        if (!other || !tdm__str_equal(other->value, a->items[i].value))
            (*out)[(*count)++] = (tdm__policy_difference){&a->items[i], other};
    }
    for (size_t i = 0; i < b->count; i++)
        if (!tdm__policy_value_find(a, &b->items[i]))
            (*out)[(*count)++] = (tdm__policy_difference){NULL, &b->items[i]};
    return TDM_OK;
}
