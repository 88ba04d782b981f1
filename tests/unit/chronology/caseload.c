/*
 * Telling caseloads to the builder, and units as text. Nothing here says what an operation should give.
 */
#include "chronology/caseload.h"

static const tdm_holidays *bank_holidays(void)
{
    static tdm_holidays *held;
    if (!held)
        held = england();
    return held;
}

static tdm_status tell_children(tdm__builder *builder, const case_area *areas)
{
    const tdm_date unknown = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0};
    tdm_status status = TDM_OK;
    for (; status == TDM_OK && areas && areas->child; areas++) {
        tdm__child_input child = {.id = tdm__str(areas->child),
                                  .area = tdm__str(areas->area),
                                  .born = unknown,
                                  .expected = unknown,
                                  .died = unknown};
        status = tdm__builder_child(builder, &child);
    }
    return status;
}

static tdm_status tell_sources(tdm__builder *builder, uint32_t *source, const story_coverage *coverage)
{
    uint32_t other;
    tdm__source_input input = {.name = TDM_LIT("cases.csv"), .received = TDM_DAY_NONE, .carries_all = true};
    tdm_status status = tdm__builder_source(source, builder, &input);
    for (; status == TDM_OK && coverage && coverage->agency; coverage++) {
        tdm__source_input declared = {.name = TDM_LIT("declared.csv"),
                                      .agency = tdm__str(coverage->agency),
                                      .received = TDM_DAY_NONE,
                                      .covers = &coverage->covers,
                                      .cover_count = coverage->covers.to != 0,
                                      .no_contact = &coverage->no_contact,
                                      .no_contact_count = coverage->no_contact.to != 0};
        status = tdm__builder_source(&other, builder, &declared);
    }
    return status;
}

static tdm_status build(tdm_chronology **out, const tdm_allocator *allocator, const case_row *rows,
                        size_t count, const case_area *areas, const story_coverage *coverage)
{
    tdm__builder *builder;
    tdm__diagnostics diagnostics;
    uint32_t source = 0;
    *out = NULL;
    tdm__diagnostics_init(&diagnostics, allocator);
    tdm_status status = tdm__builder_new(&builder, allocator, vocabulary());
    if (status != TDM_OK)
        return status;
    status = tell_sources(builder, &source, coverage);
    if (status == TDM_OK)
        status = tell_children(builder, areas);
    for (size_t i = 0; status == TDM_OK && i < count; i++)
        status = story_tell(builder, rows[i].child, &rows[i].row, source, (uint32_t)i + 1);
    if (status == TDM_OK)
        status = tdm__builder_freeze(out, builder, &diagnostics);
    tdm__builder_free(builder);
    tdm__diagnostics_free(&diagnostics);
    return status;
}

tdm_status caseload_try(caseload *c, const tdm_allocator *allocator, const case_row *rows, size_t count,
                        const case_area *areas, const story_coverage *coverage, tdm_day as_of, int32_t jobs)
{
    tdm_context context = {.allocator = *allocator};
    tdm_error error = {0};
    *c = (caseload){0};
    tdm__arena_init(&c->arena, allocator);
    tdm_status status = build(&c->chronology, allocator, rows, count, areas, coverage);
    if (status == TDM_OK)
        status = tdm__population_new(&c->population, &context, c->chronology, as_of, jobs, &error);
    c->ground = (tdm__units_ground){
        .population = c->population, .holidays = bank_holidays(), .arena = &c->arena, .to = as_of};
    return status;
}

void caseload_open(caseload *c, const case_row *rows, size_t count, tdm_day from, tdm_day to)
{
    ck_assert_int_eq(caseload_try(c, &tdm__malloc_allocator, rows, count, NULL, NULL, to, 1), TDM_OK);
    c->ground.from = from;
}

void caseload_close(caseload *c)
{
    tdm__population_free(c->population);
    tdm__arena_free(&c->arena);
    tdm_chronology_free(c->chronology);
}

tdm__units units_of_kind(caseload *c, const char *kind)
{
    tdm__units units;
    tdm__filter filter = tdm__filter_all();
    uint32_t index = kind ? kind_index(kind) : 0;
    filter.kinds = &index;
    filter.kind_count = kind ? 1 : 0;
    filter.count_rows = true;
    ck_assert_int_eq(tdm__units_rows(&units, &c->ground, &filter), TDM_OK);
    return units;
}

tdm__units units_of_episode(caseload *c, const char *name)
{
    tdm__units units;
    uint32_t index = tdm__vocabulary_episode(vocabulary(), tdm__str(name));
    ck_assert_msg(index != TDM_NO_INDEX, "%s", name);
    ck_assert_int_eq(tdm__units_episodes(&units, &c->ground, index, NULL, 0), TDM_OK);
    return units;
}

/* Adds one unit; `length` "" where none is told. */
static size_t add_text(char *out, size_t room, const caseload *c, const tdm__units *units, size_t at,
                       const char *length)
{
    uint8_t reason = units->reason ? units->reason[at] : TDM__COUNTED;
    char name[64];
    if (units->event[at] == TDM_NO_INDEX)
        snprintf(name, sizeof name, "%.*s",
                 TDM_STR_ARGS(tdm__chronology_child(c->chronology, units->child[at])->id));
    else
        snprintf(name, sizeof name, "%u", tdm__chronology_event(c->chronology, units->event[at]).row);
    int written = reason == TDM__COUNTED
                      ? snprintf(out, room, "%s%s%s", at ? " " : "", name, length)
                      : snprintf(out, room, "%s%s(%s)", at ? " " : "", name, tdm__uncounted_code(reason));
    ck_assert(written > 0 && (size_t)written < room);
    return (size_t)written;
}

const char *units_text(char out[512], const caseload *c, const tdm__units *units)
{
    size_t length = 0;
    out[0] = '\0';
    for (size_t i = 0; i < units->count; i++)
        length += add_text(out + length, 512 - length, c, units, i, "");
    return out;
}

const char *stretches_text(char out[512], const caseload *c, const tdm__stretches *stretches)
{
    size_t length = 0;
    out[0] = '\0';
    for (size_t i = 0; i < stretches->units.count; i++) {
        char days[32];
        snprintf(days, sizeof days, ":%lld%s", (long long)stretches->to[i] - stretches->from[i],
                 stretches->censored && stretches->censored[i] ? "+" : "");
        length += add_text(out + length, 512 - length, c, &stretches->units, i, days);
    }
    return out;
}

void ck_units(const caseload *c, const tdm__units *units, const char *expected, const char *name)
{
    char text[512];
    ck_assert_msg(strcmp(units_text(text, c, units), expected) == 0, "%s: \"%s\", not \"%s\"", name, text,
                  expected);
}

void ck_stretches(const caseload *c, const tdm__stretches *stretches, const char *expected, const char *name)
{
    char text[512];
    ck_assert_msg(strcmp(stretches_text(text, c, stretches), expected) == 0, "%s: \"%s\", not \"%s\"", name,
                  text, expected);
}
