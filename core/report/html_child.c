/*
 * What was found about one child.
 */
#include "report/caps.h"
#include "report/checks.h"
#include "report/cumulative.h"
#include "report/incidents.h"
#include "report/picture.h"
#include "report/replaced.h"

#include <stdio.h>

bool tdm__html_child_whole(const tdm__page *page, size_t position)
{
    return page->run->child_count <= TDM__HTML_CHILDREN_WHOLE ||
           page->run->children[position].prompt_count > 0;
}

void tdm__html_age(tdm__page *page, const tdm__child *child)
{
    char words[TDM__CHILD_WORDS_SIZE];
    tdm__child_words(words, page->run, child);
    tdm__put(&page->out, "%z", words);
}

static void put_counts(tdm__page *page, const tdm__child_result *child)
{
    tdm__prompt_counts counts = tdm__count_prompts(child, &page->options);
    int not_assessed = (int)tdm__count_no_prompts(child, TDM_NOT_ASSESSED);
    tdm__put(&page->out, "<p>");
    if (counts.all == 0)
        tdm__put(&page->out,
                 "<strong>No prompts.</strong> That is no finding that all is well: only what was "
                 "recorded could be looked at.");
    else
        tdm__put(&page->out, "<strong>%d %r</strong>: %d current, %d past; %d only possible.", counts.all,
                 counts.all == 1 ? "prompt" : "prompts", counts.current, counts.past, counts.possible);
    if (counts.hidden > 0)
        tdm__put(&page->out, " %d not current: left out on request.", counts.hidden);
    if (not_assessed > 0)
        tdm__put(&page->out, " <strong>%d %r not assessed.</strong>", not_assessed,
                 not_assessed == 1 ? "indicator was" : "indicators were");
    tdm__put(&page->out, "</p>\n");
}

static void put_tags(tdm__page *page, const tdm__prompt *prompt)
{
    tdm__put(&page->out, "<span class=\"tag %r\">%r</span> <span class=\"tag%r\">%r</span>",
             prompt->current ? "current" : "past", prompt->current ? "Current" : "Past",
             prompt->answer == TDM_POSSIBLE ? " possible" : "", tdm__answer_words(prompt->answer));
}

static void put_over_caps(tdm__page *page, const tdm__child_result *child)
{
    for (size_t i = 0; i < page->run->cap_count; i++) {
        const tdm__group_cap *cap = &page->run->caps[i];
        int over = (int)tdm__count_over_cap(page->run, child, cap, &page->options);
        if (over > 0)
            tdm__put(
                &page->out,
                "<p>And %d more of the group %h, below: %d at most stand in this list, as %h says.</p>\n",
                over, cap->group, (int)cap->prompts_shown, cap->from);
    }
}

void tdm__html_glance(tdm__page *page, size_t position)
{
    const tdm__child_result *child = &page->run->children[position];
    const tdm__child *about = tdm__chronology_child(page->run->chronology, child->child);
    int number = 0;
    tdm__put(&page->out, "<h3><a href=\"#child-%d\">Child %h</a>, ", (int)position + 1, about->id);
    tdm__html_age(page, about);
    tdm__put(&page->out, "</h3>\n");
    put_counts(page, child);
    if (tdm__count_prompts(child, &page->options).all == 0)
        return;
    tdm__put(&page->out, "<ol class=\"glance\">\n");
    for (size_t i = 0; i < child->prompt_count; i++) {
        const tdm__prompt *prompt = &child->prompts[i];
        if (!tdm__prompt_shown(prompt, &page->options))
            continue;
        number++;
        if (tdm__prompt_over_cap(page->run, child, i, &page->options))
            continue;
        if (page->run->cap_count > 0)
            tdm__put(&page->out, "<li value=\"%d\">", number);
        else
            tdm__put(&page->out, "<li>");
        put_tags(page, prompt);
        tdm__put(&page->out, " <a href=\"#prompt-%d-%d\">%h</a>: %h</li>\n", (int)position + 1, number,
                 page->run->indicators[prompt->indicator].indicator->title, prompt->sentence);
    }
    tdm__put(&page->out, "</ol>\n");
    put_over_caps(page, child);
}

/* --- picture --- */

typedef struct row_counts {
    int all, doubtful, undated, later, agencies;
} row_counts;

static row_counts count_rows(const tdm_run *run, uint32_t child)
{
    row_counts counts = {0};
    uint32_t first, end;
    tdm__chronology_child_events(run->chronology, child, &first, &end);
    for (uint32_t at = first; at < end; at++) {
        tdm__event event = tdm__chronology_event(run->chronology, at);
        bool undated = tdm__event_is_undated(&event), later = tdm__event_is_later(run, &event);
        if (tdm__event_is_replaced(run, &event))
            continue;
        counts.all++;
        counts.undated += undated ? 1 : 0;
        counts.later += later ? 1 : 0;
        counts.doubtful += !undated && event.occurred.from != event.occurred.to ? 1 : 0;
    }
    return counts;
}

static tdm_status put_picture(tdm__page *page, size_t position)
{
    row_counts counts = count_rows(page->run, page->run->children[position].child);
    int child = (int)position + 1;
    tdm_status status = TDM_OK;
    tdm__put(&page->out,
             "<a class=\"skip\" href=\"#after-picture-%d\">Skip the picture</a>\n<figure>\n<figcaption>%d "
             "%r; %d with a doubtful date, %d without any date%r, %d after the as-of day. Each sign leads to "
             "its row.</figcaption>\n",
             child, counts.all, counts.all == 1 ? "entry" : "entries", counts.doubtful, counts.undated,
             counts.undated > 0 ? " (listed below)" : "", counts.later);
    for (size_t i = 0; i < TDM__SHAPES && status == TDM_OK; i++) {
        tdm__arena arena;
        tdm__arena_init(&arena, &page->run->allocator);
        status = tdm__picture_svg(&page->out, page->run, position, &tdm__shapes[i], &page->options, &arena);
        tdm__arena_free(&arena);
    }
    tdm__put(&page->out, "</figure>\n<div id=\"after-picture-%d\"></div>\n", child);
    return status;
}

/* --- prompts --- */

static void put_standing(tdm__page *page, const tdm__indicator *indicator)
{
    bool any = false;
    tdm__put(&page->out, "<dt>Standing</dt><dd>");
    for (size_t i = 0; i < indicator->standing_count; i++) {
        if (!tdm__standing_holds(page->run, &indicator->standings[i]))
            continue;
        tdm__put(&page->out, "%r%h", any ? ", " : "", tdm__standing_words(indicator->standings[i].code));
        any = true;
    }
    tdm__put(&page->out, " (%h)</dd>", indicator->source);
}

static void put_prompt_facts(tdm__page *page, const tdm__prompt *prompt)
{
    const tdm__effective_indicator *in_force = &page->run->indicators[prompt->indicator];
    char since[TDM__WORDS_SIZE];
    tdm__day_words(since, prompt->first_met);
    tdm__put(&page->out, "<dl class=\"facts\"><dt>Since</dt><dd>");
    if (prompt->first_met == TDM_DAY_NONE)
        tdm__put(&page->out, "holds in some of the cases that the record leaves open</dd>");
    else
        tdm__put(&page->out, "first met on %z</dd>", since);
    tdm__put(&page->out, "<dt>Definition</dt><dd>%h <a href=\"#indicator-%d\">(%h %h)</a></dd>",
             in_force->definition, (int)prompt->indicator + 1, in_force->indicator->id,
             in_force->indicator->version);
    put_standing(page, in_force->indicator);
    for (size_t i = 0; i < in_force->indicator->param_count; i++) {
        const tdm__effective_param *param = &in_force->params[i];
        tdm__put(&page->out, "%r%h = %h, set by %h", i == 0 ? "<dt>Parameters</dt><dd>" : "<br/>",
                 param->param->name, param->words, param->from);
    }
    tdm__put(&page->out, "%r</dl>\n", in_force->indicator->param_count > 0 ? "</dd>" : "");
}

static void put_prompt(tdm__page *page, size_t position, const tdm__prompt *prompt, int number)
{
    const tdm__effective_indicator *in_force = &page->run->indicators[prompt->indicator];
    tdm__put(&page->out, "<article class=\"prompt%r\" id=\"prompt-%d-%d\">\n<h4>%d. %h</h4>\n<p>",
             prompt->current ? "" : " past", (int)position + 1, number, number, in_force->indicator->title);
    put_tags(page, prompt);
    tdm__put(&page->out, " <span class=\"tag\">%r</span></p>\n<p class=\"sentence\">%h</p>\n",
             tdm__prompt_severity_words(in_force->severity), prompt->sentence);
    put_prompt_facts(page, prompt);
    for (size_t i = 0; i < prompt->spell_count; i++) {
        const tdm__run_spell *spell = &prompt->spells[i];
        char period[TDM__WORDS_SIZE];
        tdm__period_words(period, spell->from, spell->to);
        tdm__put(&page->out, "<p><strong>%z</strong>: %r, %r; %d %r</p>\n", period,
                 spell->answer == TDM_MET ? "met" : "possible", spell->current ? "current" : "past",
                 (int)spell->event_count, spell->event_count == 1 ? "row" : "rows");
        tdm__html_evidence(page, spell->events, spell->event_count);
    }
    tdm__put(&page->out, "</article>\n");
}

static void put_prompts(tdm__page *page, size_t position)
{
    const tdm__child_result *child = &page->run->children[position];
    int number = 0;
    tdm__put(&page->out, "<h3>Prompts for review</h3>\n");
    if (tdm__count_prompts(child, &page->options).all == 0)
        tdm__put(&page->out, "<p>None.</p>\n");
    for (size_t i = 0; i < child->prompt_count; i++)
        if (tdm__prompt_shown(&child->prompts[i], &page->options))
            put_prompt(page, position, &child->prompts[i], ++number);
}

static void put_no_prompts(tdm__page *page, const tdm__child_result *child, tdm_answer answer,
                           const char *heading)
{
    static const char *const headings[] = {"Indicator", "Why", NULL};
    if (tdm__count_no_prompts(child, answer) == 0)
        return;
    tdm__put(&page->out, "<h3>%r</h3>\n", heading);
    tdm__html_table(page, "reasons", tdm__str(heading), headings);
    for (size_t i = 0; i < child->no_prompt_count; i++) {
        const tdm__no_prompt *one = &child->no_prompts[i];
        if (one->answer != answer)
            continue;
        tdm__put(&page->out, "<tr><th scope=\"row\"><a href=\"#indicator-%d\">%h</a></th><td>%h (%z",
                 (int)one->indicator + 1, page->run->indicators[one->indicator].indicator->title, one->words,
                 one->reason);
        if (one->file.length > 0)
            tdm__put(&page->out, ", %h line %d", one->file, (int)one->line);
        tdm__put(&page->out, ")</td></tr>\n");
    }
    tdm__html_table_end(page);
}

/* --- levels --- */

static void put_levels(tdm__page *page, const tdm__child_result *child)
{
    static const char *const headings[] = {"Time", "Level of response", NULL};
    if (child->level_count == 0)
        return;
    tdm__put(&page->out, "<h3>Level of response</h3>\n");
    tdm__html_table(page, "levels", TDM_LIT("Level of response"), headings);
    for (size_t i = 0; i < child->level_count; i++) {
        const tdm__level_step *step = &child->levels[i];
        char period[TDM__WORDS_SIZE];
        tdm__period_words(period, step->from, step->to);
        tdm__put(&page->out, "<tr><th scope=\"row\">%z</th><td>%d %r", period, (int)step->level.certain,
                 tdm__level_words[step->level.certain]);
        if (step->level.certain != step->level.possible)
            tdm__put(&page->out, ", possibly %d %r", (int)step->level.possible,
                     tdm__level_words[step->level.possible]);
        tdm__put(&page->out, "</td></tr>\n");
    }
    tdm__html_table_end(page);
}

tdm_status tdm__html_incidents(tdm__page *page, size_t position)
{
    const tdm__child_result *child = &page->run->children[position];
    tdm__text words;
    if (child->incident_count == 0)
        return TDM_OK;
    tdm__put(&page->out, "<h3>Told more than once</h3>\n<p>%z</p>\n<ul>\n", tdm__incident_legend);
    tdm__text_init(&words, &page->run->allocator);
    for (size_t i = 0; i < child->incident_count; i++) {
        tdm__text_clear(&words);
        tdm__put_incident(&words, page->run, &child->incidents[i], i + 1);
        tdm__put(&page->out, "<li>%h</li>\n", tdm__text_str(&words));
    }
    tdm__put(&page->out, "</ul>\n");
    bool failed = words.failed;
    tdm__text_free(&words);
    return failed ? TDM_NO_MEMORY : TDM_OK;
}

tdm_status tdm__html_child(tdm__page *page, size_t position)
{
    const tdm__child_result *child = &page->run->children[position];
    const tdm__child *about = tdm__chronology_child(page->run->chronology, child->child);
    tdm__put(&page->out, "<section class=\"child\"><h2 id=\"child-%d\">Child %h, ", (int)position + 1,
             about->id);
    tdm__html_age(page, about);
    tdm__put(&page->out, "</h2>\n");
    tdm_status status = put_picture(page, position);
    if (status == TDM_OK)
        status = tdm__html_cumulative(page, position);
    if (status != TDM_OK)
        return status;
    put_prompts(page, position);
    if (!tdm__not_assessed_counted(page->run))
        put_no_prompts(page, child, TDM_NOT_ASSESSED, "Not assessed, and why");
    if (page->run->explain_all)
        put_no_prompts(page, child, TDM_NOT_MET, "Not met, and why");
    put_levels(page, child);
    status = tdm__html_incidents(page, position);
    if (status == TDM_OK)
        status = tdm__html_assessments(page, position);
    tdm__html_child_checks(page, position);
    tdm__html_chronology(page, position);
    tdm__put(&page->out, "</section>\n");
    return status;
}
