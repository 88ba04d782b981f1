/*
 * What was found, before the items one by one: areas in a table, strengths first, concerns apart, what
 * nobody saw or wrote down, and what matters alone.
 */
#include "instrument/words.h"
#include "report/form_record.h"

static void put_reason(tdm__record *record, const tdm__part_result *result)
{
    tdm__output *out = &record->form.out;
    switch (result->reason) {
    case TDM__REASON_NOT_APPLICABLE:
    case TDM__REASON_NOTHING_SCORED:
        tdm__put(out, "%z", tdm__reason_words(result->reason));
        break;
    case TDM__REASON_TOO_FEW_SCORED:
        tdm__put(out, "%d of %d graded, at least %d needed", (int)result->graded, (int)result->applies,
                 (int)result->needed);
        break;
    default:
        tdm__put(out, "%d of %d graded; between %d and %d of %d, however the rest would be graded",
                 (int)result->graded, (int)result->applies, (int)result->low, (int)result->high,
                 (int)result->max);
    }
}

static void put_grade(tdm__record *record, const tdm__part_result *result, const tdm__scale *scale)
{
    const tdm__scale_value *value = scale ? tdm__scale_find(scale, result->grade) : NULL;
    tdm__put(&record->form.out, "<span class=\"b on\">%d</span>", (int)result->grade);
    if (value && value->label.length > 0)
        tdm__put(&record->form.out, " %h", value->label);
    else if (scale)
        tdm__put(&record->form.out, " of %d to %d; %r is worse", (int)tdm__scale_lowest(scale),
                 (int)tdm__scale_highest(scale), scale->higher_is_worse ? "higher" : "lower");
    if (result->majority_not_clear)
        tdm__put(&record->form.out, " (no clear majority)");
}

void tdm__record_result(tdm__record *record, const tdm__part_result *result, const tdm__aggregation *policy,
                        const tdm__scale *scale)
{
    tdm__output *out = &record->form.out;
    if (result->reason == TDM__REASON_NO_POLICY)
        return;
    if (result->reason != TDM__REASON_NONE) {
        tdm__put(out, "<strong>not assessed</strong>: ");
        put_reason(record, result);
    } else if (policy->kind == TDM__POLICY_GRADE) {
        put_grade(record, result, scale);
    } else {
        tdm__put(out, "<span class=\"b on\">%d</span> of %d%r", (int)result->grade, (int)result->max,
                 policy->kind == TDM__POLICY_SUM ? "" : " are a concern");
    }
    if (result->band)
        tdm__put(out, ", in the band &quot;%h&quot;", result->band->label);
}

/* Which items a list is of: graded ones of one meaning, or those in a state that is no grade. */
typedef struct choice {
    tdm__entry_state state;
    tdm__meaning meaning; /* of graded ones */
} choice;

static bool is_chosen(const tdm_score *score, uint32_t item, choice wanted)
{
    if (score->states[item] != wanted.state)
        return false;
    if (wanted.state != TDM__ENTRY_SCORED)
        return true;
    const tdm__scale *scale = tdm__instrument_item_scale(score->instrument, item);
    const tdm__scale_value *value = tdm__scale_find(scale, score->values[item]);
    return value && value->meaning == wanted.meaning;
}

/* --- the table --- */

static void put_counts(tdm__record *record, const int32_t *counts)
{
    tdm__put(&record->form.out,
             "<td class=\"number\">%d</td><td class=\"number\">%d</td><td class=\"number\">%d</td>"
             "<td class=\"number\">%d</td></tr>\n",
             (int)counts[TDM__ENTRY_SCORED], (int)counts[TDM__ENTRY_NOT_SEEN],
             (int)counts[TDM__ENTRY_NOT_APPLICABLE], (int)counts[TDM__ENTRY_NOT_RECORDED]);
}

static void put_row(tdm__record *record, const tdm__part_result *result)
{
    const int32_t *counts = result->items.of_state;
    tdm__output *out = &record->form.out;
    if (result->items.has_worst)
        tdm__put(out, "<td>%d to %d</td>", (int)result->items.best, (int)result->items.worst);
    else
        tdm__put(out, "<td>%r</td>", counts[TDM__ENTRY_SCORED] > 0 ? "several scales" : "none graded");
    put_counts(record, counts);
}

/* A share is of items, whatever areas they lie in. */
static void put_share(tdm__record *record)
{
    const choice concern = {TDM__ENTRY_SCORED, TDM__MEANING_CONCERN};
    int count = 0;
    for (uint32_t i = 0; i < record->form.instrument->items.count; i++)
        count += is_chosen(record->form.score, i, concern);
    tdm__put(&record->form.out, "%d of %d graded items are a concern", count,
             (int)record->form.score->total.items.of_state[TDM__ENTRY_SCORED]);
    if (record->form.score->total.band)
        tdm__put(&record->form.out, ", in the band &quot;%h&quot;", record->form.score->total.band->label);
}

static void put_total(tdm__record *record)
{
    const tdm_score *score = record->form.score;
    const tdm__aggregation *policy = score->policies[TDM__LEVEL_AREAS];
    if (policy->kind == TDM__POLICY_NOTHING || score->instrument->areas.count == 1)
        return;
    tdm__put(&record->form.out, "<tr class=\"total\"><th scope=\"row\">All areas</th><td>");
    if (policy->kind == TDM__POLICY_SHARE)
        put_share(record);
    else
        tdm__record_result(record, &score->total, policy, tdm__instrument_total_scale(score->instrument));
    tdm__put(&record->form.out, "</td>");
    put_row(record, &score->total);
}

static bool gives_results(const tdm_score *score)
{
    for (uint32_t i = 0; i < score->instrument->areas.count; i++)
        if (tdm__score_policy(score, TDM__LEVEL_SUB_AREAS, i)->kind != TDM__POLICY_NOTHING)
            return true;
    return false;
}

static void put_area_row(tdm__record *record, uint32_t area, bool results)
{
    const tdm_score *score = record->form.score;
    tdm__put(&record->form.out, "<tr><th scope=\"row\">");
    tdm__form_name(&record->form, &score->instrument->areas.items[area]);
    tdm__put(&record->form.out, "</th>");
    if (!results) {
        put_counts(record, score->areas[area].items.of_state);
        return;
    }
    tdm__put(&record->form.out, "<td>");
    tdm__record_result(record, &score->areas[area], tdm__score_policy(score, TDM__LEVEL_SUB_AREAS, area),
                       tdm__instrument_area_scale(score->instrument, area));
    tdm__put(&record->form.out, "</td>");
    put_row(record, &score->areas[area]);
}

/* An instrument that gives no result is read, not added up: only what was answered is counted. */
static void put_table(tdm__record *record)
{
    bool results = gives_results(record->form.score);
    if (!results)
        tdm__put(&record->form.out, "<p>This instrument gives no result: it is there to be read.</p>\n");
    tdm__put(&record->form.out,
             "<div class=\"scroll\" role=\"region\" aria-label=\"Areas\" tabindex=\"0\"><table "
             "class=\"areas\"><thead><tr><th scope=\"col\">Area</th>%r<th scope=\"col\" "
             "class=\"number\">%r</th><th scope=\"col\" class=\"number\">Not seen</th><th scope=\"col\" "
             "class=\"number\">Not "
             "applicable</th><th scope=\"col\" class=\"number\">Not recorded</th></tr></thead><tbody>\n",
             results ? "<th scope=\"col\">Result</th><th scope=\"col\">Best to worst</th>" : "",
             results ? "Graded" : "Answered");
    for (uint32_t i = 0; i < record->form.instrument->areas.count; i++)
        put_area_row(record, i, results);
    if (results)
        put_total(record);
    tdm__put(&record->form.out, "</tbody></table></div>\n");
}

/* --- items apart --- */

/* "Nutrition: quality 2, quantity 1" for the items of one sub-area; false when none is chosen. */
static bool put_chosen(tdm__record *record, uint32_t sub_area, choice wanted)
{
    const tdm_score *score = record->form.score;
    const tdm_instrument *instrument = score->instrument;
    const tdm__part *part = &instrument->sub_areas.items[sub_area];
    bool own = tdm__form_is_own_item(instrument, sub_area), any = false;
    for (uint32_t i = part->first; i < part->first + part->count; i++) {
        if (!is_chosen(score, i, wanted))
            continue;
        if (!any) {
            tdm__put(&record->form.out, "<li>");
            tdm__form_name(&record->form, part);
        }
        if (!own)
            tdm__put(&record->form.out, "%r%h", any ? ", " : ": ", instrument->items.items[i].title);
        if (wanted.state == TDM__ENTRY_SCORED)
            tdm__put(&record->form.out, " <strong>%d</strong>", (int)score->values[i]);
        any = true;
    }
    tdm__put(&record->form.out, "%r", any ? "</li>\n" : "");
    return any;
}

static void put_list(tdm__record *record, const char *heading, choice wanted, const char *none)
{
    bool any = false;
    tdm__put(&record->form.out, "<div><h3>%r</h3>\n<ul>", heading);
    for (uint32_t i = 0; i < record->form.instrument->sub_areas.count; i++)
        any = put_chosen(record, i, wanted) || any;
    if (!any)
        tdm__put(&record->form.out, "<li>%r</li>", none);
    tdm__put(&record->form.out, "</ul></div>\n");
}

static void put_lists(tdm__record *record)
{
    const tdm_instrument *instrument = record->form.instrument;
    const int32_t *counts = record->form.score->total.items.of_state;
    tdm__put(&record->form.out, "<div class=\"lists\">\n");
    if (tdm__form_marks(instrument, TDM__MEANING_STRENGTH))
        put_list(record, "Strengths", (choice){TDM__ENTRY_SCORED, TDM__MEANING_STRENGTH},
                 "None was graded as a strength.");
    if (tdm__form_marks(instrument, TDM__MEANING_CONCERN))
        put_list(record, "Concerns", (choice){TDM__ENTRY_SCORED, TDM__MEANING_CONCERN},
                 "None was graded as a concern. That is no finding that all is well.");
    if (counts[TDM__ENTRY_NOT_SEEN] > 0)
        put_list(record, "Not seen", (choice){TDM__ENTRY_NOT_SEEN, TDM__MEANING_NONE}, "");
    if (counts[TDM__ENTRY_NOT_RECORDED] > 0)
        put_list(record, "Not recorded", (choice){TDM__ENTRY_NOT_RECORDED, TDM__MEANING_NONE}, "");
    tdm__put(&record->form.out, "</div>\n");
}

static void put_flags(tdm__record *record)
{
    const tdm_score *score = record->form.score;
    tdm__text words;
    if (score->flag_count == 0)
        return;
    tdm__text_init(&words, record->form.out.text.allocator);
    tdm__put(&record->form.out, "<h3>Flags</h3>\n<ul class=\"flags\">");
    for (size_t i = 0; i < score->flag_count; i++) {
        tdm__text_clear(&words);
        tdm__flag_words(&words, score, &score->flags[i]);
        tdm__put(&record->form.out, "<li>%h</li>\n", tdm__text_str(&words));
    }
    tdm__put(&record->form.out, "</ul>\n");
    record->form.out.text.failed = record->form.out.text.failed || words.failed;
    tdm__text_free(&words);
}

void tdm__record_summary(tdm__record *record)
{
    tdm__put(&record->form.out, "<section class=\"found\"><h2>What was found</h2>\n");
    put_table(record);
    put_flags(record);
    put_lists(record);
    tdm__put(&record->form.out, "</section>\n");
}
