/*
 * The cumulative picture in the page of a review: the figure under the picture of the child, the same
 * numbers by year as a table, and once a page what they mean.
 */
#include "report/cumulative.h"

#include <stdio.h>

/* The level of response on a day, in words; "" outside the steps. */
static void put_level_on(tdm__page *page, const tdm__child_result *child, tdm_day day)
{
    for (size_t i = 0; i < child->level_count; i++) {
        const tdm__level_step *step = &child->levels[i];
        if (day < step->from || day > step->to)
            continue;
        tdm__put(&page->out, "%d %z", (int)step->level.certain, tdm__level_words[step->level.certain]);
        if (step->level.certain != step->level.possible)
            tdm__put(&page->out, ", possibly %d %z", (int)step->level.possible,
                     tdm__level_words[step->level.possible]);
    }
}

/* The sum at the end of a year, and whether it is above the threshold. */
static void put_rise(tdm__page *page, const tdm__cumulative *c, tdm_day last)
{
    const tdm__cusum_series *rise = &c->lines[TDM__CUMULATIVE_ALL].rise;
    const tdm__cusum_period *period = NULL;
    char sum[TDM__BOUNDS_WORDS_SIZE];
    for (uint32_t i = (uint32_t)c->settings.rise.baseline; i < rise->count; i++)
        if (rise->items[i].from <= last)
            period = &rise->items[i];
    if (!period) {
        tdm__put(&page->out, "<td>%z</td>", rise->count > 0 ? "baseline" : "not assessed");
        return;
    }
    tdm__milli_bounds_words(sum, period->sum_milli);
    tdm__put(&page->out, "<td>%z, %z</td>", sum,
             period->above == TDM_MET        ? "above"
             : period->above == TDM_POSSIBLE ? "possibly above"
                                             : "not above");
}

/* The loads at the end of a year, and the rise. */
static void put_loads(tdm__page *page, const tdm__cumulative *c, tdm_day last)
{
    const tdm__cumulative_line *all = &c->lines[TDM__CUMULATIVE_ALL];
    char load[TDM__BOUNDS_WORDS_SIZE], faded[TDM__BOUNDS_WORDS_SIZE];
    for (uint32_t i = 0; i < c->period_count; i++) {
        if (all->periods[i].to != last)
            continue;
        tdm__load_words(load, all->periods[i].load_milli);
        tdm__milli_bounds_words(faded, all->periods[i].faded_milli);
        tdm__put(&page->out, "<td class=\"number\">%z</td><td class=\"number\">%z</td>", load, faded);
    }
    put_rise(page, c, last);
}

/* Lines that some concern is in; the page says in words which themes none states. */
static bool has_column(const tdm__cumulative *c, size_t line)
{
    return line == TDM__CUMULATIVE_ALL || c->lines[line].total.possible > 0;
}

static void put_table(tdm__page *page, size_t position, const tdm__cumulative *c)
{
    const char *headings[TDM__CUMULATIVE_LINES + 6] = {"Year"};
    char numbers[TDM__CUMULATIVE_LINES][TDM__WORDS_SIZE];
    size_t count = 1;
    for (size_t line = 0; line < TDM__CUMULATIVE_LINES; line++) {
        if (!has_column(c, line))
            continue;
        snprintf(numbers[line], TDM__WORDS_SIZE, "#%s", tdm__cumulative_title(line));
        headings[count++] = numbers[line];
    }
    headings[count++] = "#So far";
    headings[count++] = "#With fading";
    headings[count++] = "Rise (CUSUM)";
    headings[count++] = "Level of response";
    tdm__put(&page->out, "<p class=\"note\">By year; the last four columns are as at its end.</p>\n");
    tdm__html_table(page, "cumulative", TDM_LIT("How much was recorded, by year"), headings);
    for (uint32_t year = 0; year < c->year_count; year++) {
        tdm_day last = c->year_starts[year + 1] - 1;
        int32_t number, month, day;
        tdm_day_to_civil(c->year_starts[year], &number, &month, &day);
        last = last < page->run->as_of ? last : page->run->as_of;
        tdm__put(&page->out, "<tr><th scope=\"row\">%d</th>", (int)number);
        for (size_t line = 0; line < TDM__CUMULATIVE_LINES; line++) {
            if (!has_column(c, line))
                continue;
            char words[TDM__BOUNDS_WORDS_SIZE];
            tdm__bounds_words(words, c->lines[line].years[year]);
            tdm__put(&page->out, "<td class=\"number\">%z</td>", words);
        }
        put_loads(page, c, last);
        tdm__put(&page->out, "<td>");
        put_level_on(page, &page->run->children[position], last);
        tdm__put(&page->out, "</td></tr>\n");
    }
    tdm__html_table_end(page);
}

/* Which themes nobody stated, and how many concerns state none: nothing stated is not nothing there. */
static void put_themes(tdm__page *page, const tdm__cumulative *c)
{
    char words[TDM__BOUNDS_WORDS_SIZE];
    bool any = false;
    if (c->lines[TDM__CUMULATIVE_ALL].total.possible == 0) {
        tdm__put(&page->out, "<p>No dated entry is a concern. That is no finding that all is well.</p>\n");
        return;
    }
    tdm__put(&page->out, "<p>");
    for (size_t line = TDM__CUMULATIVE_FIRST_THEME; line < TDM__CUMULATIVE_OTHER; line++)
        if (c->lines[line].total.possible == 0) {
            tdm__put(&page->out, "%r%z", any ? ", " : "Themes of neglect that no concern states: ",
                     tdm__theme_code((uint32_t)line - TDM__CUMULATIVE_FIRST_THEME));
            any = true;
        }
    tdm__bounds_words(words, c->lines[TDM__CUMULATIVE_NOT_STATED].total);
    tdm__put(&page->out, "%r", any ? ". " : "");
    if (c->lines[TDM__CUMULATIVE_NOT_STATED].total.possible > 0)
        tdm__put(&page->out, "Concerns that state no theme, and may have been about any: %z.", words);
    tdm__put(&page->out, "</p>\n");
}

static tdm_status put_figure(tdm__page *page, size_t position, const tdm__cumulative *c)
{
    char rise[TDM__RISE_WORDS_SIZE];
    tdm_status status = TDM_OK;
    tdm__rise_words(rise, c);
    tdm__put(&page->out,
             "<h3>How much was recorded</h3>\n<p>%z</p>\n<p>%z. <a href=\"#cumulative\">What the numbers "
             "mean</a></p>\n",
             tdm__cumulative_caution, rise);
    if (c->undated > 0)
        tdm__put(&page->out, "<p>%d %r of concern without a date %r in none of these numbers.</p>\n",
                 (int)c->undated, c->undated == 1 ? "entry" : "entries", c->undated == 1 ? "is" : "are");
    put_themes(page, c);
    tdm__put(&page->out,
             "<figure>\n<figcaption>Concerns a quarter by theme, all on one scale; how much has built up; "
             "whether it rose; and the level of response.</figcaption>\n");
    for (size_t i = 0; i < TDM__SHAPES && status == TDM_OK; i++)
        status = tdm__picture_cumulative(page, position, c, &tdm__shapes[i]);
    tdm__put(&page->out, "</figure>\n");
    return status;
}

tdm_status tdm__html_cumulative(tdm__page *page, size_t position)
{
    tdm__arena arena;
    tdm__cumulative cumulative;
    tdm__arena_init(&arena, &page->run->allocator);
    tdm_status status = tdm__cumulative_of(&cumulative, &arena, page->run,
                                           page->run->children[position].child);
    if (status == TDM_OK && cumulative.period_count > 0) {
        status = put_figure(page, position, &cumulative);
        put_table(page, position, &cumulative);
    }
    tdm__arena_free(&arena);
    return status;
}

void tdm__html_cumulative_definitions(tdm__page *page)
{
    tdm__cumulative_definition definitions[TDM__CUMULATIVE_DEFINITIONS];
    tdm__cumulative_define(definitions, page->run);
    tdm__put(&page->out,
             "<section><h2 id=\"cumulative\">What the numbers of how much was recorded mean</h2>\n"
             "<dl class=\"facts\">");
    for (int i = 0; i < TDM__CUMULATIVE_DEFINITIONS; i++)
        tdm__put(&page->out, "<dt>%z</dt><dd>%z</dd>\n", definitions[i].term, definitions[i].words);
    tdm__put(&page->out, "</dl></section>\n");
}
