/*
 * Noting what was looked at (see looked.h). Who was looked at when is nobody's business here.
 */
#include "chronology/looked.h"

#include "chronology/table.h"

void tdm__looked_start(const tdm_history *h)
{
    if (h->looked)
        *h->looked = (tdm__looked){.until = TDM_DAY_AFTER_ALL};
}

static void add_kind(tdm__looked *looked, uint32_t kind)
{
    looked->kinds[kind / 64] |= UINT64_C(1) << (kind % 64);
}

/* By the first part of the filter that says something: the others make it narrower. */
void tdm__look_at_filter(const tdm_history *h, const tdm__filter *filter)
{
    if (!h->looked)
        return;
    for (size_t i = 0; i < filter->kind_count; i++)
        add_kind(h->looked, filter->kinds[i]);
    if (filter->kind_count > 0)
        return;
    h->looked->concerns = h->looked->concerns || filter->concern_only;
    if (!filter->concern_only)
        h->looked->themes |= filter->themes;
    h->looked->all = h->looked->all || (!filter->concern_only && filter->themes == 0);
}

void tdm__look_at_episodes(const tdm_history *h)
{
    const tdm_vocabulary *vocabulary = tdm__chronology_vocabulary(h->chronology);
    if (!h->looked || h->looked->episodes)
        return;
    h->looked->episodes = true; /* noted in `kinds`, once */
    for (uint32_t i = 0; i < vocabulary->kind_count; i++) {
        const tdm__kind *kind = &vocabulary->kinds[i];
        if (kind->opens != TDM_NO_EPISODE || kind->closes != TDM_NO_EPISODE || kind->ends != 0 ||
            kind->ladder != TDM_NO_LADDER)
            add_kind(h->looked, i);
    }
}

void tdm__look_at_all(const tdm_history *h)
{
    if (h->looked)
        h->looked->all = true;
}

void tdm__look_until(const tdm_history *h, tdm_day until)
{
    if (h->looked && until < h->looked->until)
        h->looked->until = until;
}

void tdm__look_at_day(const tdm_history *h)
{
    tdm__look_until(h, h->as_of);
}

void tdm__look_at_sources(const tdm_history *h)
{
    size_t replacements;
    tdm__chronology_replacements(h->chronology, &replacements);
    if (replacements > 0)
        tdm__look_at_day(h);
}

static bool is_concern(const tdm_chronology *c, const tdm__event *event)
{
    if (event->polarity != TDM__POLARITY_NOT_STATED)
        return event->polarity == TDM__CONCERN;
    return tdm__chronology_vocabulary(c)->kinds[event->kind].concern;
}

bool tdm__looked_at(const tdm__looked *looked, const tdm_chronology *c, uint32_t event)
{
    tdm__event e = tdm__chronology_event(c, event);
    return looked->all || (looked->kinds[e.kind / 64] >> (e.kind % 64) & 1) ||
           (looked->themes & e.themes) != 0 || (looked->concerns && is_concern(c, &e));
}
