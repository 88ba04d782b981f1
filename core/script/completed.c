/*
 * Assessments on their way to scripts: the order and the visibility of their scores, and the rows that
 * completed ones are in the chronology. What scripts see of them: view_assessment.c.
 */
#include "script/script.h"

int tdm__scores_compare(const tdm_score *a, const tdm_score *b)
{
    int order = tdm__str_compare(tdm_score_child(a), tdm_score_child(b));
    if (order == 0)
        order = (tdm_score_date(a) > tdm_score_date(b)) - (tdm_score_date(a) < tdm_score_date(b));
    if (order == 0)
        order = tdm__str_compare(tdm_score_instrument(a), tdm_score_instrument(b));
    return order != 0 ? order : tdm__str_compare(tdm_score_assessment(a), tdm_score_assessment(b));
}

/* The first score whose child is not below `child`, or, where `behind`, is above it. */
static size_t place_of(const tdm_score *const *scores, size_t count, tdm_str child, bool behind)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = tdm__str_compare(tdm_score_child(scores[middle]), child);
        if (order < 0 || (behind && order == 0))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void tdm__scores_of_child(size_t *first, size_t *end, const tdm_score *const *scores, size_t count,
                          tdm_str child)
{
    *first = place_of(scores, count, child, false);
    *end = place_of(scores, count, child, true);
}

bool tdm__score_visible(const tdm_score *score, tdm_day as_of)
{
    tdm_day recorded = tdm_score_recorded(score);
    return tdm_score_date(score) <= as_of && (recorded == TDM_DAY_NONE || recorded <= as_of);
}

static uint64_t row_key(tdm_str instrument, tdm_str assessment)
{
    return tdm__hash64(assessment, tdm__hash64(instrument, 1));
}

bool tdm__completed_row(tdm__event_input *out, tdm__fact_input *fact, const tdm_assessment *assessment,
                        const tdm_instrument *instrument, const tdm_vocabulary *vocabulary)
{
    tdm_day day = tdm_assessment_date(assessment);
    tdm_str agency = assessment->texts[TDM__FORM_AGENCY];
    uint32_t kind = tdm__vocabulary_kind(vocabulary, tdm__instrument_event(instrument));
    if (kind == TDM_NO_INDEX || tdm__str_equal(assessment->texts[TDM__FORM_STATUS], TDM_LIT("draft")))
        return false;
    if (tdm__vocabulary_agency(vocabulary, agency) == TDM_NO_INDEX)
        agency = TDM_LIT("other");
    *fact = (tdm__fact_input){TDM_LIT("instrument"), tdm_assessment_instrument(assessment)};
    *out = (tdm__event_input){
        .child = tdm_assessment_child(assessment),
        .occurred = {day, day, 0},
        .minute = -1,
        .recorded = tdm_assessment_recorded(assessment),
        .ended = {TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0},
        .agency = agency,
        .kind = kind,
        .facts = fact,
        .fact_count = 1,
        .row_key = row_key(tdm_assessment_instrument(assessment), tdm_assessment_id(assessment)),
    };
    return true;
}

/* The id of an event is made of agency, row key and child (chronology/builder.c). */
bool tdm__completed_row_is(const tdm_chronology *chronology, uint32_t event, const tdm_score *score)
{
    tdm__event row = tdm__chronology_event(chronology, event);
    uint64_t key = row_key(tdm_score_instrument(score), tdm_score_assessment(score));
    uint64_t hash = tdm__hash64(tdm__chronology_agency(chronology, row.agency), key);
    return tdm__hash64(tdm_score_child(score), hash) == row.id;
}
