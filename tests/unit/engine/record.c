/*
 * Building a record from its table. Nothing here says what should be found.
 */
#include "engine/record.h"

#include <stdio.h>
#include <string.h>

/* The value behind "name=" in a list "a=b; c=d"; NULL when it has none. */
static const char *value_of(char room[160], const char *list, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = list; at && *at; at = strchr(at, ';')) {
        while (*at == ';' || *at == ' ')
            at++;
        if (strncmp(at, name, length) != 0 || at[length] != '=')
            continue;
        const char *end = strchr(at, ';');
        snprintf(room, 160, "%.*s", (int)(end ? end - at - (long)length - 1 : 150), at + length + 1);
        return room;
    }
    return NULL;
}

static tdm_date date_of(const char *text)
{
    tdm_date date;
    ck_assert_msg(tdm_date_parse(&date, NULL, tdm__str(text), NULL) == TDM_OK, "%s", text);
    return date;
}

static tdm__period period_of(const char *text)
{
    char from[11] = "";
    memcpy(from, text, 10);
    return (tdm__period){world_day(from), world_day(text + 12)};
}

static tdm_status add_source(tdm__builder *builder, const record *what, const char *name, const char *agency)
{
    uint32_t source, kind = what->carries ? world_kind(what->carries) : 0;
    tdm__period covers = {0, 0}, away = {0, 0};
    if (what->covers)
        covers = period_of(what->covers);
    if (what->no_contact)
        away = period_of(what->no_contact);
    tdm__source_input input = {.name = tdm__str(name),
                               .agency = tdm__str(agency),
                               .received = what->received ? world_day(what->received) : TDM_DAY_NONE,
                               .covers = &covers,
                               .cover_count = what->covers != NULL,
                               .no_contact = &away,
                               .no_contact_count = what->no_contact != NULL,
                               .carries = &kind,
                               .carry_count = what->carries != NULL,
                               .carries_all = !what->carries};
    return tdm__builder_source(&source, builder, &input);
}

static const struct {
    const char *name;
    tdm__string_field field;
} strings[] = {{"episode", TDM__EPISODE}, {"action", TDM__ACTION},     {"text", TDM__TEXT},
               {"outcome", TDM__OUTCOME}, {"analysis", TDM__ANALYSIS}, {"incident", TDM__INCIDENT}};

static const char *const facts[] = {"previous_plans", "no_further_action", "not_required", "outcome", "due",
                                    "assessment_type"};

static tdm_status add_row(tdm__builder *builder, const record_row *row, uint32_t number)
{
    char rooms[16][160], agency[160], day[160], small[160];
    tdm__fact_input carried[ROWS(facts)];
    tdm__event_input event = {.child = TDM_LIT("C1"),
                              .occurred = date_of(row->occurred),
                              .minute = -1,
                              .recorded = TDM_DAY_NONE,
                              .ended = date_of(""),
                              .row = number,
                              .row_key = number,
                              .kind = world_kind(row->kind),
                              .facts = carried};
    const char *of = value_of(agency, row->more, "agency");
    event.agency = tdm__str(of ? of : "childrens-social-care");
    event.source = of && strcmp(of, "school") == 0 ? 1 : 0;
    if (value_of(day, row->more, "recorded"))
        event.recorded = world_day(day);
    if (value_of(day, row->more, "ended"))
        event.ended = date_of(day);
    if (value_of(day, row->more, "source"))
        event.source = (uint32_t)(day[0] - '1');
    tdm__yes_no_read(&event.child_seen, tdm__str(value_of(small, row->more, "seen")));
    tdm__yes_no_read(&event.voice, tdm__str(value_of(small, row->more, "heard")));
    tdm__polarity_read(&event.polarity, tdm__str(value_of(small, row->more, "polarity")));
    tdm_str themes = tdm__str(value_of(day, row->more, "themes"));
    while (themes.length > 0)
        event.themes |= (uint32_t)1 << tdm__theme_find(tdm__str_split(&themes, ' '));
    for (size_t i = 0; i < ROWS(strings); i++)
        event.strings[strings[i].field] = tdm__str(value_of(rooms[i], row->more, strings[i].name));
    for (size_t i = 0; i < ROWS(facts); i++) {
        char name[64];
        snprintf(name, sizeof name, "facts.%s", facts[i]);
        if (value_of(rooms[ROWS(strings) + i], row->more, name))
            carried[event.fact_count++] = (tdm__fact_input){tdm__str(facts[i]),
                                                            tdm__str(rooms[ROWS(strings) + i])};
    }
    return tdm__builder_event(builder, &event);
}

/* One entry of `told`, and where the next begins; NULL behind the last. */
static const char *told_row(record_row *out, char room[512], const char *told)
{
    const char *end = strstr(told, " | ");
    snprintf(room, 512, "%.*s", (int)(end ? (size_t)(end - told) : strlen(told)), told);
    char *kind = strchr(room, ' ');
    ck_assert_ptr_nonnull(kind);
    *kind++ = '\0';
    char *more = strchr(kind, ' ');
    if (more)
        *more++ = '\0';
    *out = (record_row){strcmp(room, "-") == 0 ? "" : room, kind, more};
    return end ? end + 3 : NULL;
}

static tdm_status add_told(tdm__builder *builder, const char *told)
{
    tdm_status status = TDM_OK;
    for (uint32_t i = 1; status == TDM_OK && told; i++) {
        char room[512];
        record_row row;
        told = told_row(&row, room, told);
        status = add_row(builder, &row, i);
    }
    return status;
}

static tdm_status build(tdm_chronology **out, const tdm_allocator *allocator, const record *what,
                        tdm__diagnostics *diagnostics)
{
    tdm__builder *builder;
    char born[160], expected[160], died[160];
    const char *known[] = {value_of(born, what->child, "born"), value_of(expected, what->child, "expected"),
                           value_of(died, what->child, "died")};
    tdm__child_input child = {.id = TDM_LIT("C1"),
                              .born = date_of(known[0] ? known[0] : ""),
                              .expected = date_of(known[1] ? known[1] : ""),
                              .died = date_of(known[2] ? known[2] : "")};
    *out = NULL;
    tdm_status status = tdm__builder_new(&builder, allocator, world_vocabulary());
    if (status != TDM_OK)
        return status;
    status = add_source(builder, what, "social-care.csv", "childrens-social-care");
    if (status == TDM_OK)
        status = add_source(builder, what, "school.csv", "school");
    if (status == TDM_OK)
        status = add_source(builder, what, "", "gp");
    if (status == TDM_OK)
        status = tdm__builder_child(builder, &child);
    for (uint32_t i = 0; status == TDM_OK && what->rows && what->rows[i].occurred; i++)
        status = add_row(builder, &what->rows[i], i + 1);
    if (status == TDM_OK)
        status = add_told(builder, what->told);
    if (status == TDM_OK)
        status = tdm__builder_freeze(out, builder, diagnostics);
    tdm__builder_free(builder);
    return status;
}

tdm_status record_try(world *w, const tdm_allocator *allocator, const record *what)
{
    tdm_context_options options = {.struct_size = sizeof options, .allocator = *allocator};
    tdm__policy_text file = {TDM_LIT("policy/test.json"), tdm__str(what->policy), false};
    tdm__run_options asked = {.as_of = world_day(what->as_of ? what->as_of : "2024-09-30"),
                              .as_of_from = TDM_LIT("option"),
                              .jobs = 1,
                              .holidays = what->without_holidays ? NULL : world_holidays()};
    *w = (world){.run = NULL};
    tdm__diagnostics_init(&w->diagnostics, allocator);
    tdm_status status = tdm_context_new(&w->context, &options);
    if (status == TDM_OK)
        status = world_catalogue(&w->catalogue, allocator, NULL, 0, 0, &w->error);
    if (status == TDM_OK)
        status = tdm__policy_new(&w->policy, allocator, &file, what->policy != NULL, w->catalogue, &w->error);
    if (status == TDM_OK)
        status = build(&w->chronology, allocator, what, &w->diagnostics);
    if (status == TDM_OK)
        status = tdm__engine_run(&w->run, w->context, w->chronology, w->policy, NULL, 0, &asked,
                                 &w->diagnostics, NULL, 0, &w->error);
    return status;
}

void record_open(world *w, const record *what)
{
    tdm_status status = record_try(w, &tdm__malloc_allocator, what);
    ck_assert_msg(status == TDM_OK, "%s:%d: %s", w->error.file, (int)w->error.line, w->error.message);
}
