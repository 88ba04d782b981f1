/*
 * A scorecard: which measures, one pass over the children, the questions, and each measure put together. The
 * steps are in the files scorecard_*.c, in the order in which they stand in scorecard_parts.h.
 */
#include "engine/scorecard_parts.h"

#include "engine/policy.h"

#include <string.h>

#define JOBS_MAX 64

/* --- opening --- */

static tdm_status copy_words(tdm_scorecard *card, const tdm__scorecard_options *options)
{
    const tdm_str given[] = {options->by_period, options->compare_name, options->commentary_name,
                             options->areas_name};
    tdm_str *const kept[] = {&card->by_period, &card->compare_name, &card->commentary_name,
                             &card->areas_name};
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        *kept[i] = tdm__arena_copy(&card->arena, given[i]);
        if (!kept[i]->data)
            return TDM_NO_MEMORY;
    }
    return TDM_OK;
}

tdm_status tdm__card_open(tdm__carding *making, const tdm_allocator *allocator,
                          const tdm_chronology *chronology, const tdm__scorecard_options *options,
                          tdm_error *error)
{
    *making = (tdm__carding){.chronology = chronology, .options = options};
    tdm_scorecard *card = making->card = tdm__alloc_zeroed(allocator, 1, sizeof *card);
    if (!card)
        return tdm__no_memory(error);
    card->allocator = *allocator;
    tdm__arena_init(&card->arena, &card->allocator);
    tdm__arena_init(&making->scratch, &card->allocator);
    card->from = options->from;
    card->to = options->to;
    card->as_of = options->as_of;
    card->by = options->by;
    card->threshold = options->threshold;
    card->trend_quarters = options->trend_quarters;
    card->chronology = chronology;
    card->policy_title = TDM_LIT("");
    tdm_status status = copy_words(card, options);
    if (status == TDM_OK)
        status = tdm__card_periods(making, error);
    if (status == TDM_OK)
        status = tdm__card_sources_of(making);
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
}

void tdm__scorecard_free(tdm_scorecard *scorecard)
{
    if (!scorecard)
        return;
    tdm_allocator allocator = scorecard->allocator;
    tdm__arena_free(&scorecard->arena);
    tdm__free(&allocator, scorecard);
}

/* --- one measure --- */

static tdm_status fill_texts(tdm__card_measure *out, tdm__arena *arena, const tdm__card_work *work)
{
    const tdm__measure *measure = work->measure;
    tdm_status status = tdm__measure_text(&out->definition, arena, measure, measure->definition,
                                          work->values);
    if (status == TDM_OK)
        status = tdm__measure_text(&out->numerator, arena, measure, measure->numerator, work->values);
    if (status == TDM_OK)
        status = tdm__measure_text(&out->denominator, arena, measure, measure->denominator, work->values);
    return status;
}

tdm_status tdm__card_begin(tdm__carding *making, tdm__card_work *work)
{
    tdm_scorecard *card = making->card;
    tdm__card_measure *out = work->out;
    size_t questions = card->period_count + making->quarter_count + 1;
    bool whole = card->threshold <= 1;
    work->reasons = tdm__arena_array(&card->arena, questions, sizeof *work->reasons);
    work->group_reasons = tdm__arena_array(&card->arena, card->period_count * card->group_count,
                                           sizeof *work->group_reasons);
    work->answers = tdm__arena_array(&card->arena, questions, sizeof *work->answers);
    if (!work->reasons || !work->group_reasons || !work->answers)
        return TDM_NO_MEMORY;
    work->events = work->measure->chart == TDM__CHART_G && whole && making->quarter_count > 0;
    out->measure = work->measure;
    tdm_status status = fill_texts(out, &card->arena, work);
    if (status == TDM_OK)
        status = tdm__card_needs(making, work);
    for (size_t i = 0; out->reason && i < questions; i++)
        work->reasons[i] = out->reason;
    tdm__arena_reset(&making->scratch);
    return status;
}

static uint32_t line_of(const tdm__card_measure *out, const tdm__measured *measured, uint32_t line)
{
    for (size_t i = 0; line != TDM_NO_INDEX && i < out->line_count; i++)
        if (tdm__str_equal(out->lines[i], measured->lines[line]))
            return (uint32_t)i;
    return TDM_NO_INDEX;
}

/* Units with the groups and lines of the card. */
static tdm_status list_units(tdm__carding *making, tdm__card_work *work)
{
    const tdm__measured *measured = &work->answers[0].measured;
    size_t count = work->reasons[0] || work->answers[0].reason ? 0 : measured->unit_count;
    if (!work->lists)
        return TDM_OK;
    tdm__measured_unit *units = tdm__arena_array(&making->card->arena, count, sizeof *units);
    if (!units)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        units[i] = measured->units[i];
        uint32_t group = units[i].group < making->measured_count ? making->group_of[units[i].group]
                                                                 : TDM_NO_INDEX;
        units[i].group = group == TDM_NO_INDEX ? 0 : group;
        units[i].line = line_of(work->out, measured, units[i].line);
    }
    work->out->units = units;
    work->out->unit_count = count;
    return TDM_OK;
}

tdm_status tdm__card_put_together(tdm__carding *making, tdm__card_work *work)
{
    static tdm_status (*const steps[])(tdm__carding *, tdm__card_work *) = {
        tdm__card_tallies,    tdm__card_hide,  tdm__card_figures, tdm__card_lengths,
        tdm__card_make_trend, tdm__card_peers, list_units};
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < sizeof steps / sizeof *steps; i++)
        status = steps[i](making, work);
    tdm__arena_reset(&making->scratch);
    return status;
}

/* --- all measures --- */

static bool is_asked_for(const tdm__scorecard_options *options, tdm_str id)
{
    bool asked = options->only_count == 0;
    for (size_t i = 0; !asked && i < options->only_count; i++)
        asked = tdm__str_equal(options->only[i], id);
    return asked;
}

static tdm_status check_id(const tdm__measures *measures, const tdm__review_policy *policy, tdm_str id,
                           tdm_error *error)
{
    uint32_t index = tdm__measures_find(measures, id);
    if (index == TDM_NO_INDEX)
        return tdm__fail(error, TDM_INVALID_ARG, "there is no measure %.*s", TDM_STR_ARGS(id));
    if (!policy->measures[index].on)
        return tdm__fail(error, TDM_INVALID_ARG, "the policy switches the measure %.*s off",
                         TDM_STR_ARGS(id));
    return TDM_OK;
}

static tdm_status check_ids(const tdm__measures *measures, const tdm__review_policy *policy,
                            const tdm__scorecard_options *options, tdm_error *error)
{
    tdm_status status = TDM_OK;
    if (policy->measures_of != measures)
        return tdm__fail(error, TDM_INVALID_ARG, "the policy was read without these measures");
    for (size_t i = 0; status == TDM_OK && i < options->only_count; i++)
        status = check_id(measures, policy, options->only[i], error);
    if (status != TDM_OK || options->list.length == 0)
        return status;
    if (!is_asked_for(options, options->list))
        return tdm__fail(error, TDM_INVALID_ARG, "the measure to be listed is not among those asked for");
    return check_id(measures, policy, options->list, error);
}

static tdm_status choose(tdm__card_work **out, tdm__carding *making, const tdm__review_policy *policy)
{
    tdm_scorecard *card = making->card;
    tdm__card_work *works = *out = tdm__arena_array(&card->arena, policy->measure_count, sizeof *works);
    tdm__card_measure *made = tdm__arena_array(&card->arena, policy->measure_count, sizeof *made);
    if (!works || !made)
        return TDM_NO_MEMORY;
    card->measures = made;
    for (size_t i = 0; i < policy->measure_count; i++) {
        const tdm__effective_measure *effective = &policy->measures[i];
        if (!effective->on || !is_asked_for(making->options, effective->measure->id))
            continue;
        made[card->measure_count].params = effective->params;
        works[card->measure_count] =
            (tdm__card_work){.index = (uint32_t)i,
                             .measure = effective->measure,
                             .values = effective->values,
                             .out = &made[card->measure_count],
                             .lists = making->options->list.length > 0 &&
                                      tdm__str_equal(making->options->list, effective->measure->id)};
        card->measure_count++;
    }
    return TDM_OK;
}

/* What stays while the measures are asked. */
typedef struct ground {
    const tdm_context *context;
    const tdm__measures *measures;
    tdm__population *population;
    tdm__arena arenas[JOBS_MAX];
} ground;

static tdm_status count_children(ground *g, tdm__carding *making, tdm_error *error)
{
    const tdm__scorecard_options *options = making->options;
    tdm_status status = tdm__population_new(&g->population, g->context, making->chronology, options->as_of,
                                            options->jobs, error);
    if (status == TDM_OK && options->has_prompts)
        status = tdm__population_prompts(g->population, options->prompts, options->prompt_count);
    return status == TDM_OK ? tdm__card_groups(making, tdm__population_groups(g->population, options->by))
                            : status;
}

static tdm_status measure_all(ground *g, tdm__carding *making, tdm__card_work *works, tdm_error *error)
{
    size_t count = making->card->measure_count;
    tdm_status status = count_children(g, making, error);
    for (size_t i = 0; status == TDM_OK && i < count; i++)
        status = tdm__card_begin(making, &works[i]);
    if (status == TDM_OK)
        status = tdm__card_ask(making, works, count, g->measures, g->population, g->arenas, g->context,
                               error);
    tdm__arena_reset(&making->scratch);
    for (size_t i = 0; status == TDM_OK && i < count; i++)
        status = tdm__card_put_together(making, &works[i]);
    return status == TDM_OK ? tdm__card_close(making, works, count) : status;
}

static void describe(tdm_scorecard *card, const tdm__review_policy *policy,
                     const tdm__diagnostics *diagnostics, const tdm__account *accounts, size_t account_count)
{
    card->policy_title = policy->title;
    memcpy(card->policy_hash, policy->hash, sizeof card->policy_hash);
    card->policy_files = policy->files;
    card->policy_file_count = policy->file_count;
    card->diagnostics = diagnostics;
    card->accounts = accounts;
    card->account_count = account_count;
}

static tdm_status make(tdm__carding *making, const tdm_context *context, const tdm__measures *measures,
                       const tdm__review_policy *policy, tdm_error *error)
{
    ground g = {.context = context, .measures = measures};
    tdm__card_work *works;
    tdm_status status = choose(&works, making, policy);
    for (size_t i = 0; i < JOBS_MAX; i++)
        tdm__arena_init(&g.arenas[i], &making->card->allocator);
    if (status == TDM_OK)
        status = measure_all(&g, making, works, error);
    for (size_t i = 0; i < JOBS_MAX; i++)
        tdm__arena_free(&g.arenas[i]);
    tdm__population_free(g.population);
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
}

tdm_status tdm__scorecard_new(tdm_scorecard **out, const tdm_context *context,
                              const tdm_chronology *chronology, const tdm__diagnostics *diagnostics,
                              const tdm__account *accounts, size_t account_count,
                              const tdm__measures *measures, const tdm__review_policy *policy,
                              const tdm__scorecard_options *options, tdm_error *error)
{
    tdm__carding making;
    *out = NULL;
    tdm_status status = check_ids(measures, policy, options, error);
    if (status != TDM_OK)
        return status;
    status = tdm__card_open(&making, &context->allocator, chronology, options, error);
    if (status == TDM_OK) {
        describe(making.card, policy, diagnostics, accounts, account_count);
        status = make(&making, context, measures, policy, error);
    }
    tdm__arena_free(&making.scratch);
    if (status == TDM_OK)
        *out = making.card;
    else
        tdm__scorecard_free(making.card);
    return status;
}
