/*
 * Telling stories to the builder. Nothing here says what a measure should give.
 */
#include "chronology/fixture.h"

const tdm_vocabulary *vocabulary(void)
{
    static tdm_vocabulary *held;
    tdm_error error = {0};
    size_t lengths[3];
    if (held)
        return held;
    char *kinds = file_text("scripts/vocabulary/kinds.csv", &lengths[0]);
    char *facts = file_text("scripts/vocabulary/facts.csv", &lengths[1]);
    char *agencies = file_text("scripts/vocabulary/agencies.csv", &lengths[2]);
    tdm_status status = tdm_vocabulary_parse(&held, &tdm__malloc_allocator, (tdm_str){kinds, lengths[0]},
                                             (tdm_str){facts, lengths[1]}, (tdm_str){agencies, lengths[2]},
                                             &error);
    ck_assert_msg(status == TDM_OK, "%s:%d: %s", error.file, (int)error.line, error.message);
    free(kinds);
    free(facts);
    free(agencies);
    return held;
}

uint32_t kind_index(const char *code)
{
    uint32_t kind = tdm__vocabulary_kind(vocabulary(), tdm__str(code));
    ck_assert_msg(kind != TDM_NO_INDEX, "%s", code);
    return kind;
}

tdm_status story_tell(tdm__builder *builder, const char *child, const story_row *row, uint32_t source,
                      uint32_t number)
{
    tdm__fact_input facts[] = {{tdm__str(row->fact), tdm__str(row->value)},
                               {tdm__str(row->second_fact), tdm__str(row->second_value)}};
    tdm__event_input event = {
        .child = tdm__str(child),
        .occurred = {row->from, row->to ? row->to : row->from, row->uncertain ? TDM_DATE_UNCERTAIN : 0},
        .minute = -1,
        .recorded = row->recorded ? row->recorded : TDM_DAY_NONE,
        .ended = {row->ended ? row->ended : TDM_DAY_BEFORE_ALL, row->ended ? row->ended : TDM_DAY_AFTER_ALL,
                  0},
        .agency = tdm__str(row->agency ? row->agency : "police"),
        .source = source,
        .row = number,
        .kind = kind_index(row->kind ? row->kind : "concern"),
        .significance = row->significance,
        .facts = row->fact ? facts : facts + 1,
        .fact_count = (row->fact ? 1 : 0) + (row->second_fact ? 1 : 0),
        .row_key = number,
    };
    event.strings[TDM__INCIDENT] = tdm__str(row->incident);
    event.strings[TDM__REFERENCE] = tdm__str(row->reference);
    event.strings[TDM__EPISODE] = tdm__str(row->episode);
    return tdm__builder_event(builder, &event);
}

static tdm_status tell_coverage(tdm__builder *builder, const story_coverage *declared)
{
    uint32_t source;
    tdm__source_input input = {
        .name = TDM_LIT("declared.csv"),
        .agency = tdm__str(declared->agency),
        .received = TDM_DAY_NONE,
        .covers = &declared->covers,
        .cover_count = declared->covers.to != 0,
        .no_contact = &declared->no_contact,
        .no_contact_count = declared->no_contact.to != 0,
    };
    return tdm__builder_source(&source, builder, &input);
}

static tdm_status build(tdm_chronology **out, const tdm_allocator *allocator, const story_row *rows,
                        size_t count, const story_coverage *coverage, tdm__diagnostics *diagnostics)
{
    tdm__builder *builder;
    uint32_t source;
    tdm__source_input input = {.name = TDM_LIT("story.csv"), .received = TDM_DAY_NONE, .carries_all = true};
    *out = NULL;
    tdm_status status = tdm__builder_new(&builder, allocator, vocabulary());
    if (status != TDM_OK)
        return status;
    status = tdm__builder_source(&source, builder, &input);
    for (; status == TDM_OK && coverage && coverage->agency; coverage++)
        status = tell_coverage(builder, coverage);
    for (size_t i = 0; status == TDM_OK && i < count; i++)
        status = story_tell(builder, "C1", &rows[i], source, (uint32_t)i + 1);
    if (status == TDM_OK)
        status = tdm__builder_freeze(out, builder, diagnostics);
    tdm__builder_free(builder);
    return status;
}

tdm_status story_try(story *s, const tdm_allocator *allocator, const story_row *rows, size_t count,
                     const story_coverage *coverage, tdm_day as_of)
{
    *s = (story){.allocator = allocator};
    tdm__arena_init(&s->arena, allocator);
    tdm__diagnostics_init(&s->diagnostics, allocator);
    tdm_status status = build(&s->chronology, allocator, rows, count, coverage, &s->diagnostics);
    if (status == TDM_OK)
        status = tdm__history_new(&s->history, &s->arena, s->chronology, 0, as_of, &s->diagnostics);
    return status;
}

void story_open_covered(story *s, const story_row *rows, size_t count, const story_coverage *coverage,
                        tdm_day as_of)
{
    ck_assert_int_eq(story_try(s, &tdm__malloc_allocator, rows, count, coverage, as_of), TDM_OK);
}

void story_open(story *s, const story_row *rows, size_t count, tdm_day as_of)
{
    story_open_covered(s, rows, count, NULL, as_of);
}

void story_close(story *s)
{
    tdm__arena_free(&s->arena);
    tdm__diagnostics_free(&s->diagnostics);
    tdm_chronology_free(s->chronology);
}

size_t story_row_of(const story *s, uint32_t history_row)
{
    return tdm__chronology_event(s->chronology, s->history->rows[history_row].event).row - 1;
}

uint32_t story_agency(const story *s, const char *code)
{
    for (uint32_t i = 0; i < tdm__chronology_agency_count(s->chronology); i++)
        if (tdm__str_equal(tdm__chronology_agency(s->chronology, i), tdm__str(code)))
            return i;
    return TDM_NO_INDEX;
}

tdm_status story_try_select(tdm_selection **out, const story *s, const char *kinds, uint32_t significances,
                            bool count_rows)
{
    uint32_t wanted[16];
    tdm_str rest = tdm__str(kinds);
    tdm__filter filter = tdm__filter_all();
    while (rest.length > 0) {
        char code[64];
        tdm_str word = tdm__str_split(&rest, ' ');
        snprintf(code, sizeof code, "%.*s", TDM_STR_ARGS(word));
        wanted[filter.kind_count++] = kind_index(code);
    }
    filter.kinds = wanted;
    filter.significances = significances;
    filter.count_rows = count_rows;
    return tdm__selection_new(out, s->history, &filter, NULL);
}

tdm_selection *story_select(const story *s, const char *kinds)
{
    tdm_selection *selection;
    ck_assert_int_eq(story_try_select(&selection, s, kinds, 0, false), TDM_OK);
    return selection;
}

size_t diagnosed(const tdm__diagnostics *list, const char *code)
{
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++)
        count += strcmp(list->items[i].code, code) == 0;
    return count;
}
