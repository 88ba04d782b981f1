/*
 * Rows that a later return replaced (see replaced.h).
 */
#include "report/replaced.h"

bool tdm__event_is_replaced(const tdm_run *run, const tdm__event *event)
{
    return tdm__chronology_replaced(run->chronology, event->index, run->as_of);
}

bool tdm__event_stands(const tdm_run *run, const tdm__event *event)
{
    return tdm__chronology_stands(run->chronology, event->index, run->as_of);
}

void tdm__put_replaced(tdm__text *out, const tdm_run *run, const tdm__event *event)
{
    char received[TDM_DATE_TEXT_SIZE];
    if (!tdm__event_is_replaced(run, event))
        return;
    const tdm__version *version = tdm__chronology_version(run->chronology, event->index);
    const tdm__source *by = tdm__chronology_source(run->chronology, version->by_source);
    bool withdrawn = version->by_event == TDM_NO_INDEX;
    tdm__day_iso(received, by->received);
    tdm__text_puts(out, withdrawn ? "withdrawn by " : "replaced by ");
    tdm__text_puts(out, received[0] ? "the return received " : "a later return");
    tdm__text_puts(out, received);
    tdm__text_puts(out, ": ");
    tdm__text_add(out, by->name);
    if (by->sheet.length > 0) {
        tdm__text_puts(out, " (");
        tdm__text_add(out, by->sheet);
        tdm__text_char(out, ')');
    }
    if (!withdrawn)
        tdm__text_printf(out, ", row %d", (int)tdm__chronology_event(run->chronology, version->by_event).row);
}

tdm_status tdm__count_corrections(tdm__corrections **out, bool *any, const tdm_chronology *chronology,
                                  tdm__arena *arena)
{
    size_t events = tdm_chronology_event_count(chronology);
    *any = false;
    *out = tdm__arena_array(arena, tdm__chronology_source_count(chronology), sizeof **out);
    if (!*out)
        return TDM_NO_MEMORY;
    if (tdm__chronology_version_count(chronology) == 0)
        return TDM_OK;
    for (uint32_t at = 0; at < events; at++) {
        const tdm__version *version = tdm__chronology_version(chronology, at);
        if (!version || version->by_source == TDM_NO_INDEX)
            continue;
        *any = true;
        if (version->by_event == TDM_NO_INDEX)
            (*out)[version->by_source].withdrawn++;
        else
            (*out)[version->by_source].corrected++;
    }
    return TDM_OK;
}
