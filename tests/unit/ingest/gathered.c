/*
 * Reading inputs for the tests and telling what came of them (see gathered.h).
 */
#include "ingest/gathered.h"

#include <stdio.h>
#include <string.h>

static tdm_status load_vocabulary(gathered *g)
{
    static const char *const names[] = {"kinds.csv", "facts.csv", "agencies.csv"};
    tdm__buffer buffers[3] = {{NULL, 0}};
    tdm_status status = TDM_OK;
    for (int i = 0; i < 3 && status == TDM_OK; i++)
        status = tdm__file_read(&buffers[i], &g->allocator, TDM_SOURCE_DIR "/scripts/vocabulary", names[i],
                                1 << 20, &g->error);
    if (status == TDM_OK)
        status = tdm_vocabulary_parse(&g->vocabulary, &g->allocator,
                                      (tdm_str){buffers[0].data, buffers[0].length},
                                      (tdm_str){buffers[1].data, buffers[1].length},
                                      (tdm_str){buffers[2].data, buffers[2].length}, &g->error);
    for (int i = 0; i < 3; i++)
        tdm__free(&g->allocator, buffers[i].data);
    return status;
}

tdm_status gathered_init(gathered *g, const tdm_allocator *allocator)
{
    tdm_context_options options = {
        .struct_size = sizeof options, .data_folder = TDM_SOURCE_DIR, .files_allowed = true};
    memset(g, 0, sizeof *g);
    g->allocator = allocator ? *allocator : tdm__malloc_allocator;
    options.allocator = g->allocator;
    tdm__text_init(&g->told, &g->allocator);
    tdm_status status = tdm_context_new(&g->context, &options);
    if (status == TDM_OK)
        status = load_vocabulary(g);
    if (status == TDM_OK)
        status = tdm__collection_init(&g->collection, g->context, g->vocabulary);
    return status;
}

void gathered_free(gathered *g)
{
    tdm_chronology_free(g->chronology);
    tdm__collection_free(&g->collection);
    tdm_vocabulary_free(g->vocabulary);
    tdm__text_free(&g->told);
    tdm_context_free(g->context);
}

tdm_status gathered_content(gathered *g, const char *name, const char *content, const char *map)
{
    tdm__input input = {.name = tdm__str(name),
                        .content = tdm__str(content),
                        .map = tdm__str(map),
                        .map_is_json = map[0] != '\0'};
    return tdm__ingest(&g->collection, &input, &g->error);
}

tdm_status gathered_path(gathered *g, const char *path, const char *map)
{
    char whole[1024];
    snprintf(whole, sizeof whole, "%s%s", path[0] == '/' ? "" : TDM_SOURCE_DIR "/", path);
    tdm__input input = {.name = tdm__str(path), .path = whole, .map = tdm__str(map)};
    return tdm__ingest(&g->collection, &input, &g->error);
}

tdm_status gathered_freeze(gathered *g)
{
    if (g->chronology)
        return TDM_OK;
    return tdm__builder_freeze(&g->chronology, g->collection.builder, &g->collection.diagnostics);
}

static void tell_string(gathered *g, uint32_t event, tdm__string_field field)
{
    tdm__text room;
    tdm__text_init(&room, &g->allocator);
    tdm_str text = tdm__chronology_text(&room, g->chronology, event, field);
    if (text.length > 0)
        tdm__text_printf(&g->told, " +%s:%.*s", tdm__string_field_name(field), TDM_STR_ARGS(text));
    tdm__text_free(&room);
}

static void tell_day(gathered *g, const char *label, tdm_day day)
{
    char text[TDM_DATE_TEXT_SIZE];
    if (day == TDM_DAY_NONE)
        return;
    tdm_date_format(text, (tdm_date){day, day, 0});
    tdm__text_printf(&g->told, " +%s:%s", label, text);
}

static void tell_small(gathered *g, const char *label, const char *code)
{
    if (code[0] != '\0')
        tdm__text_printf(&g->told, " +%s:%s", label, code);
}

static void tell_facts(gathered *g, uint32_t event)
{
    for (uint32_t key = 0; key < tdm__chronology_fact_key_count(g->chronology); key++) {
        tdm__fact_value value;
        tdm_str name = tdm__chronology_fact_key(g->chronology, key);
        if (tdm__chronology_fact(&value, g->chronology, event, key))
            tdm__text_printf(&g->told, " %.*s=%.*s", TDM_STR_ARGS(name), TDM_STR_ARGS(value.text));
    }
}

static void tell_event(gathered *g, uint32_t index)
{
    char canonical[TDM_DATE_TEXT_SIZE];
    tdm__event event = tdm__chronology_event(g->chronology, index);
    tdm_str child = tdm_chronology_child_id(g->chronology, event.child);
    tdm_str agency = tdm__chronology_agency(g->chronology, event.agency);
    tdm_date_format(canonical, event.occurred);
    tdm__text_printf(
        &g->told, "%.*s %s %.*s %.*s %u", TDM_STR_ARGS(child), canonical[0] ? canonical : "undated",
        TDM_STR_ARGS(g->vocabulary->kinds[event.kind].code), TDM_STR_ARGS(agency), (unsigned)event.row);
    if (event.minute >= 0)
        tdm__text_printf(&g->told, " +time:%02d:%02d", event.minute / 60, event.minute % 60);
    tell_day(g, "recorded", event.recorded);
    tell_day(g, "until", event.ended_from);
    for (uint32_t theme = 0; theme < tdm__theme_count(); theme++)
        if (event.themes >> theme & 1)
            tell_small(g, "theme", tdm__theme_code(theme));
    tell_small(g, "polarity", tdm__polarity_code(event.polarity));
    tell_small(g, "significance", tdm__significance_code(event.significance));
    tell_small(g, "seen", tdm__yes_no_code(event.child_seen));
    tell_small(g, "alone", tdm__yes_no_code(event.seen_alone));
    tell_small(g, "voice", tdm__yes_no_code(event.voice));
    for (int field = 0; field < TDM__STRING_FIELDS; field++)
        if (field != TDM__EPISODE && field != TDM__INCIDENT)
            tell_string(g, index, (tdm__string_field)field);
    tell_facts(g, index);
    tdm__text_char(&g->told, '\n');
}

const char *gathered_events(gathered *g)
{
    if (gathered_freeze(g) != TDM_OK)
        return "not frozen";
    tdm__text_clear(&g->told);
    for (uint32_t i = 0; i < tdm_chronology_event_count(g->chronology); i++)
        tell_event(g, i);
    return g->told.data && g->told.length > 0 ? g->told.data : "";
}

const char *gathered_diagnostics(gathered *g, const char *code)
{
    tdm__text_clear(&g->told);
    for (size_t i = 0; i < g->collection.diagnostics.count; i++) {
        const tdm__diagnostic *d = &g->collection.diagnostics.items[i];
        if (!code || strcmp(code, d->code) == 0)
            tdm__text_printf(&g->told, "%d %s %.*s\n", (int)d->row, d->code, TDM_STR_ARGS(d->column));
    }
    return g->told.data && g->told.length > 0 ? g->told.data : "";
}

const char *gathered_account(gathered *g, size_t index)
{
    tdm__text_clear(&g->told);
    if (index >= g->collection.account_count)
        return "no such account";
    const tdm__account *account = &g->collection.accounts[index];
    tdm__text_printf(&g->told, "%lld %lld %lld", (long long)account->rows, (long long)account->read,
                     (long long)account->set_aside);
    return g->told.data;
}

int gathered_kind_count(gathered *g, const char *kind)
{
    int count = 0;
    uint32_t code = tdm__vocabulary_kind(g->vocabulary, tdm__str(kind));
    if (gathered_freeze(g) != TDM_OK)
        return -1;
    for (uint32_t i = 0; i < tdm_chronology_event_count(g->chronology); i++)
        count += tdm__chronology_event(g->chronology, i).kind == code;
    return count;
}

tdm_str gathered_episode(gathered *g, const char *kind, int nth)
{
    uint32_t code = tdm__vocabulary_kind(g->vocabulary, tdm__str(kind));
    for (uint32_t i = 0; i < tdm_chronology_event_count(g->chronology); i++)
        if (tdm__chronology_event(g->chronology, i).kind == code && nth-- == 0)
            return tdm__chronology_string(g->chronology, i, TDM__EPISODE);
    return TDM_LIT("no such event");
}
