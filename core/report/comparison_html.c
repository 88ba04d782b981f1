/*
 * The page of what changed from assessment to assessment, for those who were assessed as well: short
 * sentences first, then the charts and the targets. What cannot be said is said to be so.
 */
#include "report/forms.h"
#include "report/html.h"

#include <stdio.h>

typedef struct change_page {
    tdm__page page; /* without a run */
    const tdm__series *series;
    size_t series_count;
} change_page;

/* Parts that a list tells of, by what the comparison's rules made of them. */
typedef struct change_group {
    const char *heading;
    tdm__change change;
    bool items_worse; /* the same grade, but more items got worse: a list of its own */
} change_group;

static const change_group groups[] = {
    {"Better", TDM__CHANGE_BETTER, false},
    {"Worse", TDM__CHANGE_WORSE, false},
    {"The same grade, but more got worse in it than better", TDM__CHANGE_NOT_CLEAR, true},
    {"Not clear, and why", TDM__CHANGE_NOT_CLEAR, false},
    {"Could not be compared, and why", TDM__CHANGE_NOT_COMPARABLE, false},
};

static const tdm_score *last_score(const tdm__series *series)
{
    return series->visits[series->visit_count - 1].scores[0];
}

/* --- what changed, in lists --- */

/* The same grade, and nothing below it moved: a few words do. */
static bool stands_still(const tdm__compared_part *part)
{
    const tdm__moves *moves = &part->moves;
    return part->reason == TDM__SAME_GRADE && moves->better + moves->worse + moves->lost + moves->found == 0;
}

static bool in_group(const change_group *group, const tdm__compared_part *part)
{
    bool items_worse = part->reason == TDM__SAME_GRADE_ITEMS_WORSE;
    return part->change == group->change && items_worse == group->items_worse && !stands_still(part) &&
           part->reason != TDM__NOT_ASKED;
}

/* Calls `each` for the areas, each with its sub-areas behind it, then for the total. */
static void walk(change_page *p, const tdm__comparison *c, const void *payload,
                 void (*each)(change_page *, const tdm__compared_part *, bool sub_area, const void *))
{
    const tdm_score *before = c->before;
    for (uint32_t area = 0; area < before->instrument->areas.count; area++) {
        const tdm__part *part = &before->instrument->areas.items[area];
        if (tdm__score_policy(before, TDM__LEVEL_SUB_AREAS, area)->kind != TDM__POLICY_NOTHING)
            each(p, &c->areas[area], false, payload);
        if (tdm__score_policy(before, TDM__LEVEL_ITEMS, area)->kind != TDM__POLICY_NOTHING)
            for (uint32_t i = part->first; i < part->first + part->count; i++)
                each(p, &c->sub_areas[i], true, payload);
    }
    if (c->has_total)
        each(p, &c->total, false, payload);
}

typedef struct listing {
    const tdm__comparison *comparison;
    const change_group *group;
    int *listed;
} listing;

static void put_listed(change_page *p, const tdm__compared_part *part, bool sub_area, const void *payload)
{
    const listing *list = payload;
    if (!in_group(list->group, part))
        return;
    if ((*list->listed)++ == 0)
        tdm__put(&p->page.out, "<h4>%r</h4>\n<ul class=\"changes\">\n", list->group->heading);
    bool below = sub_area && in_group(list->group, &list->comparison->areas[part->part->parent]);
    tdm__put(&p->page.out, "<li%r>%h</li>\n", below ? " class=\"part\"" : "", part->sentence);
}

static void put_still(change_page *p, const tdm__compared_part *part, bool sub_area, const void *payload)
{
    int *listed = *(int *const *)payload;
    (void)sub_area;
    if (!stands_still(part))
        return;
    tdm__put(&p->page.out, "%r", (*listed)++ == 0 ? "<h4>As before</h4>\n<p>" : ", ");
    if (part->part)
        tdm__put(&p->page.out, "%h (%h) %d", part->part->title, part->part->code, (int)part->now);
    else
        tdm__put(&p->page.out, "the total %d", (int)part->now);
}

static void put_lists(change_page *p, const tdm__comparison *c)
{
    int still = 0, *counted = &still;
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        int listed = 0;
        listing list = {c, &groups[i], &listed};
        walk(p, c, &list, put_listed);
        tdm__put(&p->page.out, "%r", listed > 0 ? "</ul>\n" : "");
    }
    walk(p, c, &counted, put_still);
    tdm__put(&p->page.out, "%r", still > 0 ? ".</p>\n" : "");
}

static void put_items(change_page *p, const tdm__comparison *c)
{
    const tdm_instrument *instrument = c->before->instrument;
    if (c->item_count == 0)
        return;
    tdm__put(&p->page.out, "<h4>Items whose grade is another one</h4>\n<ul class=\"items\">\n");
    for (size_t i = 0; i < c->item_count; i++) {
        const tdm__moved_item *item = &c->items[i];
        uint32_t at = tdm__instrument_find_item(instrument, item->code);
        tdm__put(&p->page.out, "<li>%h %h: was %d, now %d, %r</li>\n", item->code,
                 at == TDM__NO_PART ? TDM_LIT("") : instrument->items.items[at].title, (int)item->before,
                 (int)item->now, item->better ? "better" : "worse");
    }
    tdm__put(&p->page.out, "</ul>\n");
}

/* --- targets --- */

static void put_known(tdm__output *out, bool known, int32_t value)
{
    if (known)
        tdm__put(out, "<td class=\"number\">%d</td>", (int)value);
    else
        tdm__put(out, "<td class=\"number\">not known</td>");
}

static void put_target(tdm__output *out, const tdm__followed_target *one)
{
    const tdm__target *target = one->target;
    char by[TDM__WORDS_SIZE];
    tdm__day_words(by, target->by);
    tdm__put(out, "<tr><th scope=\"row\">%h %h</th>", target->item, one->title);
    put_known(out, target->has_current, target->current);
    put_known(out, target->has_target, target->target);
    tdm__put(out, "<td>%z</td>", target->by == TDM_DAY_NONE ? "no day set" : by);
    put_known(out, one->has_now, one->now);
    tdm__put(out, "<td>%r%z%r", one->outcome == TDM__TARGET_REACHED ? "<strong>" : "",
             tdm__target_outcome_words(one->outcome), one->outcome == TDM__TARGET_REACHED ? "</strong>" : "");
    if (target->has_actual)
        tdm__put(out, " (the earlier form itself notes %d)", (int)target->actual);
    tdm__put(out, "</td></tr>\n");
}

static void put_targets(change_page *p, const tdm__comparison *c)
{
    static const char *const headings[] = {"Target for", "#Was", "#To reach", "By", "#Now", "Reached?", NULL};
    if (c->target_count == 0)
        return;
    tdm__put(&p->page.out, "<h4>Targets that were set</h4>\n");
    tdm__html_table(&p->page, "targets", TDM_LIT("Targets that were set"), headings);
    for (size_t i = 0; i < c->target_count; i++)
        put_target(&p->page.out, &c->targets[i]);
    tdm__html_table_end(&p->page);
}

/* --- one change, one series --- */

static void put_change(change_page *p, const tdm__series *series, size_t number, size_t change)
{
    const tdm__comparison *c = series->comparisons[change];
    char before[TDM__WORDS_SIZE], now[TDM__WORDS_SIZE], id[64];
    tdm__day_words(before, c->before->date);
    tdm__day_words(now, c->now->date);
    snprintf(id, sizeof id, "profile-%zu-%zu", number + 1, change + 1);
    tdm__put(&p->page.out,
             "<section class=\"change\"><h3>From %z to %z</h3>\n<p class=\"ids\">%h, then %h</p>\n"
             "<p class=\"sentence\">%h</p>\n",
             before, now, c->before->assessment, c->now->assessment, c->sentence);
    if (c->reason == TDM__CHANGED)
        put_lists(p, c);
    tdm__profile_chart(&p->page.out, c->now, c, id);
    put_targets(p, c);
    put_items(p, c);
    tdm__put(&p->page.out, "</section>\n");
}

static void put_visit(tdm__output *out, const tdm__visit *visit)
{
    for (size_t i = 0; i < visit->count; i++) {
        const tdm_score *score = visit->scores[i];
        char day[TDM__WORDS_SIZE], window[TDM__WORDS_SIZE];
        tdm__day_words(day, score->date);
        tdm__period_words(window, score->window_from, score->window_to);
        bool has_window = score->window_from != TDM_DAY_NONE && score->window_to != TDM_DAY_NONE;
        tdm__put(out, "<tr><th scope=\"row\">%z%r</th><td>%h</td><td>%z</td><td>%h</td><td>%h</td></tr>\n",
                 day, i > 0 ? ", the same visit" : "", score->assessment, has_window ? window : "not said",
                 score->assessor.length > 0 ? score->assessor : TDM_LIT("not said"),
                 score->instrument->texts[TDM__TEXT_VERSION]);
    }
}

static void put_visits(change_page *p, const tdm__series *series)
{
    static const char *const headings[] = {"Day",      "Assessment", "Days it is about",
                                           "Assessor", "Version",    NULL};
    tdm__html_table(&p->page, "visits", TDM_LIT("Assessments"), headings);
    for (size_t i = 0; i < series->visit_count; i++)
        put_visit(&p->page.out, &series->visits[i]);
    tdm__html_table_end(&p->page);
}

/* The latest change first: it is what a reader comes for. */
static void put_series(change_page *p, size_t number)
{
    const tdm__series *series = &p->series[number];
    const tdm_score *last = last_score(series);
    char id[48];
    snprintf(id, sizeof id, "time-%zu", number + 1);
    tdm__put(&p->page.out, "<section class=\"series\"><h2 id=\"series-%d\">%h: child %h%r%h</h2>\n",
             (int)number + 1, last->instrument->texts[TDM__TEXT_TITLE], last->child,
             last->carer.length > 0 ? ", carer " : "", last->carer);
    put_visits(p, series);
    tdm__small_multiples(&p->page.out, series, id);
    for (size_t i = series->visit_count - 1; i-- > 0;)
        put_change(p, series, number, i);
    tdm__put(&p->page.out, "</section>\n");
}

/* --- the page --- */

static const char *const change_style[] = {
    "ul.changes{margin:4px 0 12px;padding-left:22px}\n"
    "ul.changes li{margin:0 0 4px;max-width:76ch}\n"
    "ul.changes li.part{margin-left:18px}\n"
    "ul.items{columns:19em;padding-left:22px;font-size:14px}ul.items li{break-inside:avoid}\n"
    ".targets td.number+td,.targets th.number+th{padding-left:22px}\n"
    "p.sentence{font-size:17px}p.ids{color:#4a4f55;font-size:14px;margin:0 0 4px}\n"
    "@media (max-width:620px){.scroll table.visits,.scroll table.targets{min-width:520px}}\n"
    "@media print{section.series+section.series{break-before:page}h4{break-after:avoid}\n"
    "ul.changes li,p.sentence{break-inside:avoid}p.sentence{font-size:11pt}ul.items{font-size:8.5pt}}\n",
    NULL,
};

static void put_header(change_page *p)
{
    tdm__output *out = &p->page.out;
    tdm__put(
        out,
        "<a class=\"skip\" href=\"#main\">Skip to what changed</a>\n<header>\n<h1>What changed</h1>\n"
        "<div class=\"stance\"><p><strong>What this is.</strong> Each assessment beside the one before it. "
        "<strong>Better</strong> and <strong>worse</strong> are said only where the grades of single items "
        "bear it out.</p><p><strong>What this is not.</strong> No measure of how risky a child&#39;s life or "
        "a family is. What was not assessed is not known: it is never counted as fine.</p></div>\n");
    tdm__put(out, "<nav aria-label=\"Contents\"><ul>");
    for (size_t i = 0; i < p->series_count; i++) {
        const tdm_score *last = last_score(&p->series[i]);
        tdm__put(out, "<li><a href=\"#series-%d\">%h: child %h%r%h</a></li>", (int)i + 1,
                 last->instrument->texts[TDM__TEXT_TITLE], last->child,
                 last->carer.length > 0 ? ", carer " : "", last->carer);
    }
    tdm__put(out, "</ul></nav>\n</header>\n");
}

tdm_status tdm__report_comparisons(const tdm__series *series, size_t count, const tdm_allocator *allocator,
                                   tdm_sink sink, tdm_error *error)
{
    change_page p = {.series = series, .series_count = count};
    tdm__output *out = &p.page.out;
    tdm__output_init(out, allocator, sink);
    tdm__html_open(out);
    tdm__put(out, "What changed");
    tdm__html_opened(out, change_style);
    put_header(&p);
    tdm__put(out, "<main id=\"main\">\n");
    for (size_t i = 0; i < count && out->status == TDM_OK; i++)
        put_series(&p, i);
    tdm__put(out, "</main>\n<footer><p>Tidemark %z.</p></footer>\n</body>\n</html>\n", tdm_version());
    return tdm__output_end(out, error);
}
