/*
 * Looking through the rows once.
 */
#include "report/abbreviations.h"

static const tdm__string_field fields[] = {TDM__TEXT, TDM__ANALYSIS,        TDM__ACTION,         TDM__OUTCOME,
                                           TDM__ROLE, TDM__KIND_AS_WRITTEN, TDM__SIGNIFICANCE_BY};

typedef struct looking {
    const tdm__report_options *options;
    bool *found;
} looking;

static tdm_status look(const tdm_run *run, const tdm__event *event, void *payload)
{
    looking *to = payload;
    if (!tdm__event_shown(run, event, to->options))
        return TDM_OK;
    tdm__text room;
    tdm__text_init(&room, &run->allocator);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        tdm__glossary_look(to->found, run->glossary,
                           tdm__chronology_text(&room, run->chronology, event->index, fields[i]));
    tdm__text_free(&room);
    return TDM_OK;
}

tdm_status tdm__abbreviations(tdm__glossary *out, tdm__arena *arena, const tdm_run *run,
                              const tdm__report_options *options)
{
    *out = (tdm__glossary){0};
    size_t count = run->glossary ? run->glossary->count : 0;
    looking to = {options, tdm__arena_array(arena, count, sizeof *to.found)};
    tdm__glossary_entry *kept = tdm__arena_array(arena, count, sizeof *kept);
    if (!to.found || !kept)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < run->child_count && count > 0; i++)
        tdm__each_row(run, i, look, &to);
    for (size_t i = 0; i < count; i++)
        if (to.found[i])
            kept[out->count++] = run->glossary->entries[i];
    out->entries = kept;
    return TDM_OK;
}
