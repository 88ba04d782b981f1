/*
 * Coverage: which days an agency's returns say they cover, less the days on which it says it was not
 * involved. Silence outside coverage is not silence.
 */
#include "chronology/table.h"

#include "chronology/looked.h"

typedef struct declared {
    bool coverage;    /* the agency declares any */
    bool covered;     /* on the day asked for */
    bool no_contact;  /* likewise */
    tdm_day same_for; /* the last day for which all of this stays so */
} declared;

/* Takes in a list of periods; whether one of them holds the day. */
static bool holds_day(declared *found, const tdm__period *periods, size_t count, tdm_day day)
{
    bool holds = false;
    for (size_t i = 0; i < count; i++) {
        const tdm__period *period = &periods[i];
        if (period->from > day && period->from - 1 < found->same_for)
            found->same_for = period->from - 1;
        if (period->from > day || period->to < day)
            continue;
        holds = true;
        if (period->to < found->same_for)
            found->same_for = period->to;
    }
    return holds;
}

static declared look(const tdm_history *h, tdm_str agency, tdm_day day)
{
    const tdm_chronology *c = h->chronology;
    declared found = {.same_for = TDM_DAY_AFTER_ALL};
    for (size_t i = 0; i < c->source_count; i++) {
        const tdm__source *source = &c->sources[i];
        if (!tdm__str_equal(source->agency, agency) || !tdm__source_concerns(source, h->child) ||
            tdm__chronology_source_replaced(c, (uint32_t)i, h->as_of))
            continue;
        found.coverage = found.coverage || source->cover_count > 0;
        if (holds_day(&found, source->covers, source->cover_count, day))
            found.covered = true;
        if (holds_day(&found, source->no_contact, source->no_contact_count, day))
            found.no_contact = true;
    }
    return found;
}

tdm__covered tdm__history_covered(const tdm_history *h, uint32_t agency, tdm_day from, tdm_day to)
{
    return tdm__history_covered_by(h, tdm__chronology_agency(h->chronology, agency), from, to);
}

tdm__covered tdm__history_covered_by(const tdm_history *h, tdm_str agency, tdm_day from, tdm_day to)
{
    bool some = false, all = true;
    tdm__look_at_sources(h);
    for (tdm_day day = from; day <= to;) {
        declared here = look(h, agency, day);
        if (!here.coverage)
            return TDM__COVERED_NOT_DECLARED;
        bool covered = here.covered && !here.no_contact;
        some = some || covered;
        all = all && covered;
        if (here.same_for >= to)
            break;
        day = here.same_for + 1;
    }
    return some ? (all ? TDM__COVERED_YES : TDM__COVERED_PART) : TDM__COVERED_NO;
}
