/*
 * The assessments of one child: for each series of them the profile and how it went over time, then the
 * grades of each.
 */
#include "instrument/words.h"
#include "report/forms.h"
#include "report/html.h"

#include <stdio.h>

/* --- charts --- */

static void put_latest(tdm__page *page, const tdm__series *series, const char *id)
{
    const tdm_score *now = series->visits[series->visit_count - 1].scores[0];
    const tdm__comparison *change = series->visit_count > 1 ? series->comparisons[series->visit_count - 2]
                                                            : NULL;
    tdm__put(&page->out, "<h4>%h%r%h</h4>\n", now->instrument->texts[TDM__TEXT_TITLE],
             now->carer.length > 0 ? ", carer " : "", now->carer);
    if (change)
        tdm__put(&page->out, "<p>%h</p>\n", change->sentence);
    tdm__profile_chart(&page->out, now, change, id);
}

static tdm_status put_series(tdm__page *page, tdm__series *series, int child, int number)
{
    const tdm_run *run = page->run;
    tdm__reliability reliability = {0};
    char id[48];
    if (run->reliability)
        reliability = run->reliability(tdm_score_instrument(series->visits[0].scores[0]),
                                       run->reliability_payload);
    tdm_status status = tdm__series_compare(series, &run->allocator, reliability);
    if (status != TDM_OK)
        return status;
    snprintf(id, sizeof id, "profile-%d-%d", child, number);
    put_latest(page, series, id);
    snprintf(id, sizeof id, "time-%d-%d", child, number);
    if (series->visit_count > 1)
        tdm__small_multiples(&page->out, series, id);
    tdm__series_forget(series, &run->allocator);
    return TDM_OK;
}

static tdm_status put_charts(tdm__page *page, size_t position)
{
    const tdm__child_result *child = &page->run->children[position];
    tdm__series_list *list;
    tdm_status status = tdm__series_list_make(&list, &page->run->allocator, child->scores,
                                              child->score_count);
    for (size_t i = 0; status == TDM_OK && i < list->count; i++)
        status = put_series(page, &list->items[i], (int)position + 1, (int)i + 1);
    tdm__series_list_free(list);
    return status;
}

/* --- grades --- */

static void put_grade_cell(tdm__page *page, const tdm_score_view *view, bool total)
{
    static const char *const classes[] = {"none", "one", "two", "three", "four", "five"};
    if (!view->assessed)
        tdm__put(&page->out, "<td class=\"none\">not assessed: %h</td>", view->reason);
    else
        tdm__put(&page->out, "<td class=\"%r\">%d%r</td>",
                 !total && view->grade >= 1 && view->grade <= 5 ? classes[view->grade] : "none",
                 (int)view->grade, view->majority_not_clear ? " (no clear majority)" : "");
}

static void put_grades(tdm__page *page, const tdm_score *score)
{
    tdm_score_view view;
    for (size_t area = 0; tdm_score_area(&view, score, area); area++) {
        tdm__put(&page->out, "<tr><th scope=\"row\">%h%r%h</th>", view.code, view.title.length > 0 ? " " : "",
                 view.title);
        put_grade_cell(page, &view, false);
        tdm__put(&page->out,
                 "<td class=\"number\">%d</td><td class=\"number\">%d</td><td class=\"number\">%d</td>"
                 "</tr>\n",
                 (int)view.scored, (int)view.not_seen, (int)view.not_applicable);
    }
    if (!tdm_score_total(&view, score))
        return;
    tdm__put(&page->out, "<tr><th scope=\"row\">Total</th>");
    put_grade_cell(page, &view, true);
    tdm__put(&page->out,
             "<td class=\"number\">%d</td><td class=\"number\">%d</td><td class=\"number\">%d</td></tr>\n",
             (int)view.scored, (int)view.not_seen, (int)view.not_applicable);
}

/* What matters alone stands before the table, whatever its area came to. */
static tdm_status put_flags(tdm__page *page, const tdm_score *score)
{
    tdm__text words;
    tdm_status status = TDM_OK;
    tdm__text_init(&words, &page->run->allocator);
    for (size_t i = 0; i < score->flag_count && status == TDM_OK; i++) {
        tdm__text_clear(&words);
        tdm__flag_words(&words, score, &score->flags[i]);
        status = words.failed ? TDM_NO_MEMORY : TDM_OK;
        tdm__put(&page->out, "<p><strong>Flag:</strong> %h</p>\n", tdm__text_str(&words));
    }
    tdm__text_free(&words);
    return status;
}

tdm_status tdm__html_assessments(tdm__page *page, size_t position)
{
    static const char *const headings[] = {"Area",      "Grade",           "#Items scored",
                                           "#Not seen", "#Not applicable", NULL};
    const tdm__child_result *child = &page->run->children[position];
    if (child->score_count == 0)
        return TDM_OK;
    tdm__put(&page->out, "<h3>Assessments</h3>\n");
    tdm_status status = put_charts(page, position);
    for (size_t i = 0; i < child->score_count && status == TDM_OK; i++) {
        const tdm_score *score = child->scores[i];
        char day[TDM__WORDS_SIZE];
        tdm__day_words(day, tdm_score_date(score));
        tdm__put(&page->out, "<h4>%z, %h (%h)</h4>\n<p>%h</p>\n", day, tdm_score_instrument(score),
                 tdm_score_assessment(score), tdm_score_sentence(score));
        status = put_flags(page, score);
        tdm__html_table(page, "grades", tdm_score_instrument(score), headings);
        put_grades(page, score);
        tdm__html_table_end(page);
    }
    return status;
}
