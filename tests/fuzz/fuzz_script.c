/*
 * Any bytes as an indicator file, asked about one child with doubtful dates. Budget and memory are small,
 * so that an endless script ends soon.
 */
#include "data_target.h"

static const struct {
    const char *occurred, *kind, *agency;
} rows[] = {
    {"2023-01-10", "referral", "school"},
    {"2023-06", "visit", "health-visiting"},
    {"2023-07-01?", "cp-plan-start", "police"},
    {"[..2023-09-01]", "cp-plan-end", "school"},
    {"2024", "referral", "police"},
    {"", "other", "school"},
};

static void add_row(tdm__builder *builder, const tdm_vocabulary *vocabulary, uint32_t source, uint32_t number)
{
    tdm__event_input event = {.child = TDM_LIT("C1"),
                              .minute = -1,
                              .recorded = TDM_DAY_NONE,
                              .ended = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0},
                              .agency = tdm__str(rows[number].agency),
                              .source = source,
                              .row = number + 1,
                              .row_key = number + 1,
                              .kind = tdm__vocabulary_kind(vocabulary, tdm__str(rows[number].kind))};
    if (tdm_date_parse(&event.occurred, NULL, tdm__str(rows[number].occurred), NULL) != TDM_OK ||
        tdm__builder_event(builder, &event) != TDM_OK)
        abort();
}

static const tdm_chronology *target_chronology(const tdm_vocabulary *vocabulary)
{
    static tdm_chronology *chronology;
    tdm__builder *builder;
    uint32_t source;
    tdm__diagnostics diagnostics;
    tdm__source_input input = {.name = TDM_LIT("rows.csv"), .received = TDM_DAY_NONE, .carries_all = true};
    if (chronology)
        return chronology;
    tdm__diagnostics_init(&diagnostics, &tdm__malloc_allocator);
    if (tdm__builder_new(&builder, &tdm__malloc_allocator, vocabulary) != TDM_OK ||
        tdm__builder_source(&source, builder, &input) != TDM_OK)
        abort();
    for (uint32_t i = 0; i < sizeof rows / sizeof *rows; i++)
        add_row(builder, vocabulary, source, i);
    if (tdm__builder_freeze(&chronology, builder, &diagnostics) != TDM_OK)
        abort();
    tdm__builder_free(builder);
    tdm__diagnostics_free(&diagnostics);
    return chronology;
}

static void ask(tdm__worker *worker, const tdm__indicator *indicator, const tdm_chronology *chronology)
{
    tdm__arena arena;
    tdm_history *history;
    tdm__result result;
    tdm_day as_of;
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    tdm__param_value *values = tdm__arena_array(&arena, indicator->param_count + 1, sizeof *values);
    if (!values || !tdm_day_from_civil(&as_of, 2024, 9, 30))
        abort();
    for (size_t i = 0; i < indicator->param_count; i++)
        values[i] = indicator->params[i].fallback;
    if (tdm__history_new(&history, &arena, chronology, 0, as_of, NULL) != TDM_OK ||
        tdm__worker_evaluate(&result, worker, 0, history, NULL, values) != TDM_OK)
        abort();
    /* A prompt has its words and its rows; what was not assessed has its reason. */
    bool prompt = result.answer == TDM_MET || result.answer == TDM_POSSIBLE;
    if (prompt && (result.sentence.length == 0 || result.spell_count == 0))
        abort();
    if (result.answer == TDM_NOT_ASSESSED && !result.reason)
        abort();
    tdm__arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const tdm__data *shipped = target_data();
    tdm__script_file file = {TDM_LIT("indicators/drift/input.lua"), bytes_of(data, size)};
    tdm__script_limits limits = {.steps = 20000, .memory_bytes = 4u << 20};
    tdm__catalogue *catalogue;
    tdm__worker *worker;
    tdm_error error = {0};
    tdm__script_ground ground = {shipped->vocabulary, shipped->holidays, shipped->instruments,
                                 shipped->instrument_count};
    tdm_status status = tdm__catalogue_new(&catalogue, &tdm__malloc_allocator, &file, 1, NULL, 0, &ground,
                                           &limits, &error);
    check_error(status, &error);
    if (status != TDM_OK)
        return 0;
    if (tdm__catalogue_count(catalogue) != 1 || tdm__worker_new(&worker, catalogue, &error) != TDM_OK)
        abort();
    ask(worker, tdm__catalogue_at(catalogue, 0), target_chronology(shipped->vocabulary));
    tdm__worker_free(worker);
    tdm__catalogue_free(catalogue);
    return 0;
}
