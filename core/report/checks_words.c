/*
 * What all forms of the checks have in common: the marks of a finding, what could not be made over all
 * children, the lines of the quality report.
 */
#include "report/checks.h"

#include <stdio.h>

void tdm__check_marks(char out[TDM__CHECK_MARKS_SIZE], const tdm_run *run, const tdm__check_finding *finding)
{
    const char *severity = tdm__severity_code(run->checks[finding->check].severity);
    snprintf(out, TDM__CHECK_MARKS_SIZE, "%s%s%s%s", severity,
             finding->answer == TDM_POSSIBLE ? ", possible" : "", finding->rule[0] ? ", national rule " : "",
             finding->rule);
}

int64_t tdm__count_check_findings(const tdm_run *run)
{
    int64_t count = 0;
    for (size_t i = 0; i < run->child_count; i++)
        count += (int64_t)run->children[i].checks.finding_count;
    return count;
}

tdm_status tdm__count_check_gaps(tdm__check_gap_count **out, size_t *count, const tdm_run *run,
                                 tdm__arena *arena)
{
    size_t checks = tdm__check_count(), reasons = tdm__check_reason_count();
    int64_t *children = tdm__arena_array(arena, checks * reasons, sizeof *children);
    *count = 0;
    *out = tdm__arena_array(arena, checks * reasons, sizeof **out);
    if (!children || !*out)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < run->child_count; i++) {
        const tdm__child_checks *of = &run->children[i].checks;
        for (size_t g = 0; g < of->gap_count; g++)
            children[of->gaps[g].check * reasons + of->gaps[g].reason]++;
    }
    for (size_t i = 0; i < checks * reasons; i++)
        if (children[i] > 0)
            (*out)[(*count)++] = (tdm__check_gap_count){(uint32_t)(i / reasons), (uint32_t)(i % reasons),
                                                        children[i]};
    return TDM_OK;
}

/* --- quality --- */

typedef struct lining {
    tdm__quality_line *lines;
    size_t count;
    tdm__text text;
    tdm__arena *arena;
    bool failed;
} lining;

static void end_line(lining *l, tdm__quality_line line)
{
    line.words = tdm__arena_copy(l->arena, tdm__text_str(&l->text));
    l->failed = l->failed || l->text.failed || !line.words.data;
    l->lines[l->count++] = line;
    tdm__text_clear(&l->text);
}

/* Half-up to one decimal, from whole numbers. */
static void say_percent(tdm__text *text, int64_t part, int64_t whole)
{
    int64_t tenths = (part * 2000 + whole) / (whole * 2);
    tdm__text_printf(text, " (%lld.%lld %%)", (long long)(tenths / 10), (long long)(tenths % 10));
}

static void say_share(lining *l, int64_t part, int64_t whole)
{
    tdm__text_printf(&l->text, "%lld of %lld", (long long)part, (long long)whole);
    if (whole > 0)
        say_percent(&l->text, part, whole);
}

static void share(lining *l, const char *code, const char *title, const char *definition, int64_t part,
                  int64_t whole)
{
    say_share(l, part, whole);
    end_line(l, (tdm__quality_line){code, title, definition, part, whole, {"", 0}});
}

static void yes_no(lining *l, const char *code, const char *title, const char *definition, int64_t yes,
                   int64_t no, int64_t rows)
{
    tdm__text_printf(&l->text, "yes %lld, no %lld, not recorded %lld, of %lld", (long long)yes, (long long)no,
                     (long long)(rows - yes - no), (long long)rows);
    end_line(l, (tdm__quality_line){code, title, definition, -1, -1, {"", 0}});
}

static void say_age(tdm__text *text, int32_t months)
{
    bool before = months < 0;
    int32_t whole = before ? -1 - months : months;
    if (before && whole == 0)
        tdm__text_puts(text, "less than a month before the birth");
    else
        tdm__text_printf(text, "%d %s %s the birth", (int)whole, whole == 1 ? "month" : "months",
                         before ? "before" : "after");
}

static void start_line(lining *l, const tdm__quality *q)
{
    static const char *const definition =
        "first day on which the first dated entry can lie, against the date of birth, in completed months";
    if (q->children == 1) {
        if (q->start_months == INT32_MIN)
            tdm__text_puts(&l->text, "not known: no dated entry, or no date of birth");
        else
            say_age(&l->text, q->start_months);
    } else {
        tdm__text_printf(
            &l->text,
            "of %lld children: before the birth %lld, in the first year %lld, later %lld, not known %lld",
            (long long)q->children, (long long)q->starts_before_birth, (long long)q->starts_first_year,
            (long long)q->starts_later, (long long)q->starts_unknown);
    }
    end_line(l, (tdm__quality_line){"history-starts", "History starts", definition, -1, -1, {"", 0}});
}

static void lag_line(lining *l, const tdm__quality *q)
{
    if (q->lag_rows == 0)
        tdm__text_puts(&l->text, "not known: no entry with an exact day says when it was recorded");
    else
        tdm__text_printf(&l->text, "median %d days, 90th percentile %s%d days, of %lld entries",
                         (int)q->lag_median, q->lag_over ? "more than " : "",
                         (int)(q->lag_over ? TDM__QUALITY_LAG_MAX : q->lag_p90), (long long)q->lag_rows);
    end_line(l, (tdm__quality_line){
                    "recording-lag",
                    "Recording lag",
                    "days from the day an entry occurred to the day it was recorded, of entries with an "
                    "exact day and a day of recording that is not before it; by nearest rank",
                    -1,
                    -1,
                    {"", 0}});
}

static void balance_line(lining *l, const tdm__quality *q)
{
    tdm__text_printf(&l->text, "concern %lld, neutral %lld, strength %lld, not stated %lld, of %lld",
                     (long long)q->concern, (long long)q->neutral, (long long)q->strength,
                     (long long)q->not_stated, (long long)q->rows);
    end_line(l, (tdm__quality_line){"balance",
                                    "Balance",
                                    "entries by the polarity that they state, of all entries",
                                    -1,
                                    -1,
                                    {"", 0}});
}

static void density_line(lining *l, const tdm__quality *q)
{
    for (size_t i = 0; i < q->year_count; i++)
        tdm__text_printf(&l->text, "%s%d: %lld", i > 0 ? ", " : "", (int)q->years[i].year,
                         (long long)q->years[i].rows);
    if (q->year_count == 0)
        tdm__text_puts(&l->text, "no entry that lies in one year for certain");
    end_line(l, (tdm__quality_line){
                    "density",
                    "Entries a year",
                    "entries that lie in the calendar year for certain; one that may lie in two years "
                    "is counted in neither",
                    -1,
                    -1,
                    {"", 0}});
}

static void silence_line(lining *l, const tdm__quality *q)
{
    for (size_t i = 0; i < q->silence_count; i++)
        tdm__text_printf(&l->text, "%s%.*s %lld of %lld months", i > 0 ? "; " : "",
                         TDM_STR_ARGS(q->silences[i].agency), (long long)q->silences[i].silent,
                         (long long)q->silences[i].covered);
    if (q->silence_count == 0)
        tdm__text_puts(&l->text, "not known: no return declares the time that it covers");
    end_line(l, (tdm__quality_line){
                    "silence",
                    "Months without an entry",
                    "calendar months that an agency's returns cover whole, since the birth and up to the "
                    "as-of day, less those in which it says that it was not involved; and those of them "
                    "in which no entry of it can lie",
                    -1,
                    -1,
                    {"", 0}});
}

tdm_status tdm__quality_lines(tdm__quality_line **out, size_t *count, const tdm__quality *q,
                              tdm__arena *arena)
{
    lining l = {.lines = tdm__arena_array(arena, 16, sizeof *l.lines), .arena = arena};
    *out = l.lines;
    *count = 0;
    if (!l.lines)
        return TDM_NO_MEMORY;
    tdm__text_init(&l.text, arena->allocator);
    start_line(&l, q);
    share(&l, "concerns-with-action", "Concerns with an action recorded",
          "entries of concern that say what was done, of all entries of concern", q->concerns_with_action,
          q->concerns);
    yes_no(&l, "child-seen", "Child seen",
           "entries by whether they say that the child was seen, of all entries", q->seen_yes, q->seen_no,
           q->rows);
    yes_no(&l, "child-heard", "Child heard",
           "entries by whether they say that the child was heard, of all entries", q->heard_yes, q->heard_no,
           q->rows);
    share(&l, "source-given", "Source given",
          "entries that name the document that they come from, of all entries", q->with_source, q->rows);
    lag_line(&l, q);
    balance_line(&l, q);
    density_line(&l, q);
    share(&l, "undated", "Without any date", "entries without any date, of all entries", q->undated, q->rows);
    silence_line(&l, q);
    tdm__text_free(&l.text);
    *count = l.count;
    return l.failed ? TDM_NO_MEMORY : TDM_OK;
}
