/*
 * A policy for a terminal and as CSV.
 */
#include "report/csv_cell.h"
#include "report/policy.h"
#include "report/terminal.h"
#include "report/view.h"

#include <string.h>

static const struct {
    const char *section, *heading;
} headings[] = {
    {"policy", "The policy"},
    {"dates", "Approximate dates"},
    {"indicators", "Indicators"},
    {"composites", "Composites: this and that within a period"},
    {"caps", "Caps: prompts of a group shown at a glance"},
    {"checks", "Checks of the record"},
    {"instruments", "Instruments"},
    {"measures", "Measures of the scorecard"},
};

static const char *heading_of(const char *section)
{
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
        if (strcmp(headings[i].section, section) == 0)
            return headings[i].heading;
    return section;
}

static tdm__terminal open_terminal(const tdm_allocator *allocator, const tdm__report_options *options,
                                   tdm_sink sink)
{
    tdm__terminal terminal;
    tdm__report_options chosen = tdm__report_options_of(options);
    tdm__terminal_init(&terminal, allocator, sink, chosen.width, chosen.colour);
    return terminal;
}

/* The heading of a section where it begins, and the id where one begins. */
static void say_place(tdm__terminal *t, const tdm__policy_value *before, const tdm__policy_value *value)
{
    bool opens = !before || strcmp(before->section, value->section) != 0;
    if (opens) {
        tdm__blank_line(t);
        tdm__say(t, TDM__HEADING, 0, 0, "%r", heading_of(value->section));
    }
    if (value->id.length > 0 && (opens || !tdm__str_equal(before->id, value->id)))
        tdm__say(t, TDM__PLAIN, 2, 4, "%p", value->id);
}

/* --- in force --- */

static void say_files(tdm__terminal *t, const tdm__policy_values *policy, const char *before)
{
    tdm__say(t, TDM__HEADING, 0, 2, "%r%p", before, policy->title);
    for (size_t i = 0; i < policy->file_count; i++)
        tdm__say(t, TDM__PLAIN, 2, 4, "%p", policy->files[i].name);
}

static void say_value(tdm__terminal *t, const tdm__policy_value *value)
{
    bool offered = value->offered.length > 0, rests = value->standing.length > 0;
    tdm__say(t, TDM__PLAIN, value->id.length > 0 ? 4 : 2, 8, "%p = %p, set by %p%r%p%r%p", value->name,
             value->value, value->from, rests ? "; rests on " : "", value->standing,
             offered ? "; offered: " : "", value->offered);
}

tdm_status tdm__report_policy_text(const tdm__policy_values *values, const tdm__report_options *options,
                                   tdm_sink sink, tdm_error *error)
{
    tdm__terminal terminal = open_terminal(values->allocator, options, sink);
    say_files(&terminal, values, "Policy: ");
    for (size_t i = 0; i < values->count && terminal.out.status == TDM_OK; i++) {
        const tdm__policy_value *value = &values->items[i];
        say_place(&terminal, i > 0 ? value - 1 : NULL, value);
        say_value(&terminal, value);
    }
    return tdm__terminal_end(&terminal, error);
}

tdm_status tdm__report_policy_csv(const tdm__policy_values *values, const tdm__report_options *options,
                                  tdm_sink sink, tdm_error *error)
{
    tdm__output out;
    (void)options;
    tdm__output_init(&out, values->allocator, sink);
    tdm__put(&out, "section,id,name,value,from,standing,offered\r\n");
    for (size_t i = 0; i < values->count; i++) {
        const tdm__policy_value *value = &values->items[i];
        const tdm_str cells[] = {
            tdm__str(value->section), value->id,     value->name, value->value, value->from,
            value->standing,          value->offered};
        size_t count = sizeof cells / sizeof *cells;
        for (size_t c = 0; c < count; c++)
            tdm__put_csv_cell(&out.text, cells[c], c + 1 < count ? "," : "");
        tdm__put(&out, "\r\n");
    }
    return tdm__output_end(&out, error);
}

/* --- two policies --- */

static void say_side(tdm__terminal *t, const char *which, const tdm__policy_value *value)
{
    if (value)
        tdm__say(t, TDM__PLAIN, 6, 10, "%r: %p, set by %p", which, value->value, value->from);
    else
        tdm__say(t, TDM__PLAIN, 6, 10, "%r: not there", which);
}

tdm_status tdm__report_policy_diff_text(const tdm__policy_diff_report *report,
                                        const tdm__report_options *options, tdm_sink sink, tdm_error *error)
{
    tdm__terminal terminal = open_terminal(report->a->allocator, options, sink);
    const tdm__policy_value *before = NULL;
    say_files(&terminal, report->a, "A: ");
    say_files(&terminal, report->b, "B: ");
    if (report->count == 0)
        tdm__say(&terminal, TDM__PLAIN, 0, 0, "No difference.");
    for (size_t i = 0; i < report->count && terminal.out.status == TDM_OK; i++) {
        const tdm__policy_difference *one = &report->items[i];
        const tdm__policy_value *value = one->a ? one->a : one->b;
        say_place(&terminal, before, value);
        tdm__say(&terminal, TDM__PLAIN, 4, 6, "%p", value->name);
        say_side(&terminal, "A", one->a);
        say_side(&terminal, "B", one->b);
        before = value;
    }
    return tdm__terminal_end(&terminal, error);
}

/* --- checked --- */

static void say_remark(tdm__terminal *t, const tdm__policy_remark *remark)
{
    const tdm__policy_value *value = remark->value;
    bool off = strcmp(remark->code, "switched-off") == 0;
    tdm__say(t, TDM__PLAIN, 2, 4, "%p: %p%r%p%r", value->from, value->id, value->id.length > 0 ? " " : "",
             off ? TDM_LIT("") : value->name, off ? "is switched off" : " says what holds without it");
}

tdm_status tdm__report_policy_checked_text(const tdm__policy_checked *items, size_t count,
                                           const tdm_allocator *allocator, const tdm__report_options *options,
                                           tdm_sink sink, tdm_error *error)
{
    tdm__terminal terminal = open_terminal(allocator, options, sink);
    for (size_t i = 0; i < count; i++) {
        const tdm__policy_checked *one = &items[i];
        tdm__say(&terminal, TDM__PLAIN, 0, 2, "%p: fine; %d %r set, %d %r with what it includes%r", one->name,
                 (int)one->set, one->set == 1 ? "value" : "values", (int)one->file_count,
                 one->file_count == 1 ? "file" : "files", one->remark_count > 0 ? "; to look at:" : "");
        for (size_t k = 0; k < one->remark_count; k++)
            say_remark(&terminal, &one->remarks[k]);
    }
    return tdm__terminal_end(&terminal, error);
}
