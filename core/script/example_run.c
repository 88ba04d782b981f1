/*
 * Runs the examples of indicator files: builds the small chronology, scores the assessments, asks the
 * indicator, compares the answer and the rows of evidence.
 */
#include <stdio.h>
#include <string.h>

#include "script/params.h"
#include "script/worker.h"

/* The assessments of an example, as the product would have them. */
typedef struct example_forms {
    tdm_assessment **assessments;
    tdm_score **scores; /* in the order of the example, which is not theirs */
    const tdm_score **ordered;
    size_t count;
} example_forms;

static size_t positions(const tdm__example *example)
{
    return example->event_count + example->assessment_count;
}

static tdm_status score_forms(example_forms *out, tdm__arena *arena, const tdm__example *example)
{
    tdm_status status = TDM_OK;
    size_t count = example->assessment_count;
    *out = (example_forms){tdm__arena_array(arena, count, sizeof *out->assessments),
                           tdm__arena_array(arena, count, sizeof *out->scores),
                           tdm__arena_array(arena, count, sizeof *out->ordered), 0};
    if (!out->assessments || !out->scores || !out->ordered)
        return TDM_NO_MEMORY;
    for (size_t i = 0; status == TDM_OK && i < count; i++) {
        const tdm__example_assessment *told = &example->assessments[i];
        out->count = i + 1;
        status = tdm_assessment_read(&out->assessments[i], arena->allocator, told->form,
                                     TDM_LIT("assessments"), 1, NULL, NULL);
        if (status == TDM_OK)
            status = tdm_score_make(&out->scores[i], arena->allocator, out->assessments[i], told->instrument,
                                    NULL, NULL);
        size_t at = i;
        for (; status == TDM_OK && at > 0 && tdm__scores_compare(out->ordered[at - 1], out->scores[i]) > 0;
             at--)
            out->ordered[at] = out->ordered[at - 1];
        out->ordered[at] = out->scores[i];
    }
    return status;
}

static void free_forms(example_forms *forms)
{
    for (size_t i = 0; i < forms->count; i++) {
        tdm_score_free(forms->scores[i]);
        tdm_assessment_free(forms->assessments[i]);
    }
}

static tdm_status add_source(tdm__builder *builder, const tdm__example_cover *cover, uint32_t *out)
{
    tdm__source_input source = {
        .name = cover->agency,
        .agency = cover->agency,
        .format = TDM_LIT("example"),
        .received = TDM_DAY_NONE,
        .covers = cover->covers,
        .cover_count = cover->cover_count,
        .no_contact = cover->no_contact,
        .no_contact_count = cover->no_contact_count,
        .carries_all = true,
    };
    return tdm__builder_source(out, builder, &source);
}

tdm_status tdm__example_add_agency(tdm__builder *builder, const tdm__event_input *events, size_t event_count,
                                   const tdm__example_cover *cover)
{
    uint32_t source;
    tdm_status status = add_source(builder, cover, &source);
    for (size_t i = 0; status == TDM_OK && i < event_count; i++) {
        tdm__event_input event = events[i];
        if (!tdm__str_equal(event.agency, cover->agency))
            continue;
        event.source = source;
        event.row = (uint32_t)i + 1;
        event.row_key = i + 1;
        status = tdm__builder_event(builder, &event);
    }
    return status;
}

/* As the product does: a source and a row for each completed one. */
static tdm_status add_form(tdm__builder *builder, const tdm__catalogue *catalogue,
                           const tdm__example *example, const example_forms *forms, size_t i)
{
    tdm__event_input event;
    tdm__fact_input fact;
    char name[48];
    const tdm_str child = TDM_LIT("example");
    if (!tdm__completed_row(&event, &fact, forms->assessments[i], example->assessments[i].instrument,
                            catalogue->ground.vocabulary))
        return TDM_OK;
    snprintf(name, sizeof name, "assessment-%d", (int)i + 1);
    tdm__source_input source = {.name = tdm__str(name),
                                .format = TDM_LIT("assessment"),
                                .received = TDM_DAY_NONE,
                                .carries = &event.kind,
                                .carry_count = 1,
                                .children = &child,
                                .child_count = 1};
    event.row = (uint32_t)(example->event_count + i) + 1;
    tdm_status status = tdm__builder_source(&event.source, builder, &source);
    return status == TDM_OK ? tdm__builder_event(builder, &event) : status;
}

/* The child is the first of the chronology: whoever asks, asks for that. */
static tdm_status add_children(tdm__builder *builder, const tdm__example *example)
{
    tdm__child_input child = {
        .id = TDM_LIT("example"),
        .born = example->born,
        .expected = example->expected,
        .died = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0},
        .household = example->has_household ? TDM_LIT("household") : (tdm_str){"", 0},
    };
    tdm_status status = tdm__builder_child(builder, &child);
    child.expected = child.died;
    for (size_t i = 0; status == TDM_OK && i < example->sibling_count; i++) {
        child.id = example->siblings[i].id;
        child.born = example->siblings[i].born;
        status = tdm__builder_child(builder, &child);
    }
    return status;
}

static tdm_status fill(tdm__builder *builder, const tdm__catalogue *catalogue, const tdm__example *example,
                       const example_forms *forms)
{
    tdm_status status = add_children(builder, example);
    for (size_t i = 0; status == TDM_OK && i < example->cover_count; i++)
        status = tdm__example_add_agency(builder, example->events, example->event_count, &example->covers[i]);
    for (size_t i = 0; status == TDM_OK && i < forms->count; i++)
        status = add_form(builder, catalogue, example, forms, i);
    return status;
}

static tdm_status build(tdm_chronology **out, const tdm__catalogue *catalogue, const tdm__example *example,
                        const example_forms *forms)
{
    tdm__builder *builder = NULL;
    tdm__diagnostics diagnostics;
    *out = NULL;
    tdm__diagnostics_init(&diagnostics, &catalogue->allocator);
    tdm_status status = tdm__builder_new(&builder, &catalogue->allocator, catalogue->ground.vocabulary);
    if (status == TDM_OK)
        status = fill(builder, catalogue, example, forms);
    if (status == TDM_OK)
        status = tdm__builder_freeze(out, builder, &diagnostics);
    tdm__builder_free(builder);
    tdm__diagnostics_free(&diagnostics);
    return status;
}

/* --- comparing --- */

/* Marks the events that some spell shows. */
static bool *shown_events(tdm__arena *arena, const tdm__example *example, const tdm_history *history,
                          const tdm__result *result)
{
    bool *shown = tdm__arena_array(arena, positions(example) + 1, sizeof *shown);
    for (size_t s = 0; shown && s < result->spell_count; s++) {
        for (uint32_t i = 0; i < result->spells[s].row_count; i++) {
            uint32_t event = history->rows[result->spells[s].rows[i]].event;
            shown[tdm__chronology_event(history->chronology, event).row] = true;
        }
    }
    return shown;
}

static bool same_evidence(const tdm__example *example, const bool *shown)
{
    size_t at = 0;
    for (uint32_t row = 1; row <= positions(example); row++) {
        bool expected = at < example->evidence_count && example->evidence[at] == row;
        at += expected ? 1 : 0;
        if (shown[row] != expected)
            return false;
    }
    return true;
}

static bool same_outcome(const tdm__example *example, const tdm__indicator *indicator,
                         const tdm__result *result)
{
    tdm_str outcome = {"", 0};
    if (result->outcome != TDM_NO_INDEX)
        outcome = indicator->outcomes[result->outcome];
    return (example->outcome.length == 0 || tdm__str_equal(example->outcome, outcome)) &&
           (example->reason.length == 0 || tdm__str_equal(example->reason, tdm__str(result->reason)));
}

static void failure_words(tdm__text *out, const tdm__result *result)
{
    tdm__text_printf(out, "%s at %.*s:%d: %.*s", result->reason, TDM_STR_ARGS(result->file),
                     (int)result->line, TDM_STR_ARGS(result->message));
}

static void difference_words(tdm__text *out, const tdm__example *example, const tdm__result *result,
                             const bool *shown)
{
    bool failed = result->answer == TDM_NOT_ASSESSED && result->file.length > 0;
    tdm__text_printf(out, "expected %s, got %s; ", tdm_answer_code(example->expect),
                     tdm_answer_code(result->answer));
    if (failed) {
        failure_words(out, result);
        return;
    }
    tdm__text_puts(out, "rows shown:");
    for (uint32_t row = 1; row <= positions(example); row++) {
        if (shown[row]) {
            tdm__text_char(out, ' ');
            tdm__text_int(out, row);
        }
    }
    tdm__text_printf(out, "; sentence: %.*s", TDM_STR_ARGS(result->sentence));
}

static tdm_status compare(tdm__example_outcome *out, tdm__arena *arena, const tdm__loaded *loaded,
                          const tdm__example *example, const tdm_history *history, const tdm__result *result)
{
    tdm__text text;
    bool *shown = shown_events(arena, example, history, result);
    if (!shown)
        return TDM_NO_MEMORY;
    out->got = result->answer;
    out->outcome = result->outcome;
    out->passed = result->answer == example->expect && same_evidence(example, shown) &&
                  same_outcome(example, &loaded->shown, result);
    if (out->passed)
        return TDM_OK;
    tdm__text_init(&text, arena->allocator);
    difference_words(&text, example, result, shown);
    return tdm__text_settle(&out->detail, arena, &text);
}

static tdm_status ask(tdm__example_outcome *out, tdm__worker *worker, tdm__arena *arena, size_t indicator,
                      const tdm__example *example, const example_forms *forms,
                      const tdm_chronology *chronology)
{
    tdm__known_scores known = {.items = forms->ordered, .count = forms->count};
    tdm_history *history;
    tdm__result result;
    tdm_status status = tdm__history_new(&history, arena, chronology, 0, example->as_of, NULL);
    if (status == TDM_OK)
        status = tdm__worker_evaluate(&result, worker, indicator, history, &known, example->params);
    if (status != TDM_OK)
        return status;
    return compare(out, arena, &worker->catalogue->items[indicator], example, history, &result);
}

tdm_status tdm__worker_example(tdm__example_outcome *out, tdm__worker *worker, tdm__arena *arena,
                               size_t indicator, size_t example)
{
    const tdm__example *asked = &worker->catalogue->items[indicator].examples[example];
    tdm_chronology *chronology = NULL;
    *out = (tdm__example_outcome){
        .name = asked->name, .expected = asked->expect, .outcome = TDM_NO_INDEX, .detail = {"", 0}};
    example_forms forms;
    tdm_status status = score_forms(&forms, arena, asked);
    if (status == TDM_OK)
        status = build(&chronology, worker->catalogue, asked, &forms);
    if (status == TDM_OK)
        status = ask(out, worker, arena, indicator, asked, &forms, chronology);
    tdm_chronology_free(chronology);
    free_forms(&forms);
    return status;
}
