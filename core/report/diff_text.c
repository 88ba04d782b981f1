/*
 * What changed, for a terminal and as CSV.
 */
#include "report/csv_cell.h"
#include "report/diff.h"
#include "report/terminal.h"
#include "report/view.h"

static const char *const change_words[] = {"added", "removed", "changed", "perhaps changed"};

/* The row that stands for a difference, and of which version it is. */
static tdm__event shown_row(const tdm__diff_report *report, const tdm__row_difference *row,
                            const tdm_chronology **of)
{
    bool there = row->before != TDM_NO_INDEX;
    *of = there ? report->rows->before : report->rows->after;
    return tdm__chronology_event(*of, there ? row->before : row->after);
}

/* --- text --- */

static void say_fields(tdm__terminal *t, const tdm__field_change *fields, size_t count, int indent)
{
    for (size_t i = 0; i < count; i++)
        tdm__say(t, TDM__PLAIN, indent, indent + 2, "%p: %p -> %p", fields[i].name,
                 fields[i].before.length > 0 ? fields[i].before : TDM_LIT("(not recorded)"),
                 fields[i].after.length > 0 ? fields[i].after : TDM_LIT("(not recorded)"));
}

static void say_row(tdm__terminal *t, const tdm__diff_report *report, const tdm__row_difference *row)
{
    char room[TDM_DATE_TEXT_SIZE];
    const tdm_chronology *of;
    tdm__event event = shown_row(report, row, &of);
    const tdm__source *source = tdm__chronology_source(of, event.source);
    tdm_date_words(room, event.occurred);
    tdm__say(t, TDM__PLAIN, 2, 6, "%r: %c, %p: %p (%p%r%p, row %d)", change_words[row->change], room,
             tdm__chronology_agency_title(of, event.agency),
             tdm__kind_title(&tdm__chronology_vocabulary(of)->kinds[event.kind]), source->name,
             source->sheet.length > 0 ? ", " : "", source->sheet, (int)event.row);
    say_fields(t, row->fields, row->field_count, 6);
}

static void say_child(tdm__terminal *t, const tdm__diff_report *report, const tdm__child_difference *child)
{
    tdm__blank_line(t);
    tdm__say(t, TDM__HEADING, 0, 2, "Child %p%r", child->id,
             !child->after    ? ", in the first only"
             : !child->before ? ", in the second only"
                              : "");
    say_fields(t, child->fields, child->field_count, 2);
    for (size_t i = 0; i < child->row_count; i++)
        say_row(t, report, &child->rows[i]);
    tdm__say(t, TDM__PLAIN, 2, 2, "%d %r the same.", (int)child->same,
             child->same == 1 ? "row is" : "rows are");
}

static void say_assessments(tdm__terminal *t, const tdm__diff_report *report)
{
    if (report->assessment_count == 0)
        return;
    tdm__blank_line(t);
    tdm__say(t, TDM__HEADING, 0, 0, "Assessments");
    for (size_t i = 0; i < report->assessment_count; i++) {
        const tdm__assessment_difference *one = &report->assessments[i];
        char day[TDM__WORDS_SIZE];
        tdm__day_words(day, one->date);
        tdm__say(t, TDM__PLAIN, 2, 6, "%r: child %p, %p, %c%r%p", change_words[one->change], one->child,
                 one->instrument, day, one->id.length > 0 ? ", " : "", one->id);
    }
}

static void say_counts(tdm__terminal *t, const tdm__diff_report *report)
{
    tdm__diff_counts counts = tdm__diff_count(report);
    tdm__say(t, TDM__HEADING, 0, 0, "What changed from the first to the second");
    tdm__say(t, TDM__PLAIN, 0, 0, "Rows: %d added, %d removed, %d changed, %d perhaps changed, %d the same.",
             (int)counts.of[TDM__ROW_ADDED], (int)counts.of[TDM__ROW_REMOVED],
             (int)counts.of[TDM__ROW_CHANGED], (int)counts.of[TDM__ROW_PERHAPS_CHANGED], (int)counts.same);
    if (counts.of[TDM__ROW_PERHAPS_CHANGED] > 0)
        tdm__say(
            t, TDM__PLAIN, 0, 0,
            "Perhaps changed: two rows of one agency, day and kind that nothing else ties to each other.");
    if (!tdm__diff_any(report))
        tdm__say(t, TDM__PLAIN, 0, 0, "No difference.");
}

tdm_status tdm__report_diff_text(const tdm__diff_report *report, const tdm__report_options *options,
                                 tdm_sink sink, tdm_error *error)
{
    tdm__terminal terminal;
    tdm__report_options chosen = tdm__report_options_of(options);
    tdm__terminal_init(&terminal, report->allocator, sink, chosen.width, chosen.colour);
    say_counts(&terminal, report);
    for (size_t i = 0; i < report->rows->child_count && terminal.out.status == TDM_OK; i++) {
        const tdm__child_difference *child = &report->rows->children[i];
        if (child->row_count > 0 || child->field_count > 0 || child->before != child->after)
            say_child(&terminal, report, child);
    }
    say_assessments(&terminal, report);
    return tdm__terminal_end(&terminal, error);
}

/* --- CSV --- */

/* A line a field; one without where there is none. */
static void put_fields(tdm__output *out, const tdm__text *start, const tdm__field_change *fields,
                       size_t count)
{
    for (size_t i = 0; i < count; i++) {
        tdm__text_add(&out->text, tdm__text_str(start));
        tdm__put_csv_cell(&out->text, fields[i].name, ",");
        tdm__put_csv_cell(&out->text, fields[i].before, ",");
        tdm__put_csv_cell(&out->text, fields[i].after, "");
        tdm__put(out, "\r\n");
    }
    if (count == 0) {
        tdm__text_add(&out->text, tdm__text_str(start));
        tdm__put(out, ",,\r\n");
    }
    if (start->failed)
        out->text.failed = true;
}

static void put_id(tdm__text *out, const tdm_chronology *of, uint32_t event)
{
    char id[TDM_HEX64_SIZE] = "";
    if (event != TDM_NO_INDEX)
        tdm__chronology_event_id(id, of, event);
    tdm__text_puts(out, id);
    tdm__text_char(out, ',');
}

/* The cells that each line of a row begins with. */
static void put_row_start(tdm__text *start, const tdm__diff_report *report, tdm_str child,
                          const tdm__row_difference *row)
{
    char day[TDM_DATE_TEXT_SIZE];
    const tdm_chronology *of;
    tdm__event event = shown_row(report, row, &of);
    tdm_date_format(day, event.occurred);
    tdm__text_clear(start);
    tdm__put_csv_cell(start, child, ",");
    tdm__put_csv_cell(start, tdm__str(tdm__row_change_code(row->change)), ",");
    put_id(start, report->rows->before, row->before);
    put_id(start, report->rows->after, row->after);
    tdm__put_csv_cell(start, tdm__str(day), ",");
    tdm__put_csv_cell(start, tdm__chronology_agency(of, event.agency), ",");
    tdm__put_csv_cell(start, tdm__chronology_vocabulary(of)->kinds[event.kind].code, ",");
}

static void put_child(tdm__output *out, tdm__text *start, const tdm__diff_report *report,
                      const tdm__child_difference *child)
{
    if (child->field_count > 0 || child->before != child->after) {
        tdm__text_clear(start);
        tdm__put_csv_cell(start, child->id, ",");
        tdm__text_puts(start, !child->after ? "removed" : !child->before ? "added" : "changed");
        tdm__text_puts(start, ",,,,,child,");
        put_fields(out, start, child->fields, child->field_count);
    }
    for (size_t i = 0; i < child->row_count; i++) {
        put_row_start(start, report, child->id, &child->rows[i]);
        put_fields(out, start, child->rows[i].fields, child->rows[i].field_count);
    }
}

static void put_assessment(tdm__output *out, tdm__text *start, const tdm__assessment_difference *one)
{
    char day[TDM_DATE_TEXT_SIZE];
    tdm__day_iso(day, one->date);
    tdm__text_clear(start);
    tdm__put_csv_cell(start, one->child, ",");
    tdm__put_csv_cell(start, tdm__str(tdm__row_change_code(one->change)), ",");
    tdm__put_csv_cell(start, one->change == TDM__ROW_ADDED ? TDM_LIT("") : one->id, ",");
    tdm__put_csv_cell(start, one->change == TDM__ROW_REMOVED ? TDM_LIT("") : one->id, ",");
    tdm__put_csv_cell(start, tdm__str(day), ",,");
    tdm__put_csv_cell(start, TDM_LIT("assessment"), ",");
    tdm__put_csv_cell(start, TDM_LIT("instrument"), ",");
    tdm__put_csv_cell(start, one->change == TDM__ROW_ADDED ? TDM_LIT("") : one->instrument, ",");
    tdm__put_csv_cell(start, one->change == TDM__ROW_REMOVED ? TDM_LIT("") : one->instrument, "");
    tdm__text_add(&out->text, tdm__text_str(start));
    tdm__put(out, "\r\n");
    if (start->failed)
        out->text.failed = true;
}

tdm_status tdm__report_diff_csv(const tdm__diff_report *report, const tdm__report_options *options,
                                tdm_sink sink, tdm_error *error)
{
    tdm__output out;
    tdm__text start;
    (void)options;
    tdm__output_init(&out, report->allocator, sink);
    tdm__text_init(&start, report->allocator);
    tdm__put(&out, "child,change,before,after,occurred,agency,kind,field,was,is\r\n");
    for (size_t i = 0; i < report->rows->child_count; i++)
        put_child(&out, &start, report, &report->rows->children[i]);
    for (size_t i = 0; i < report->assessment_count; i++)
        put_assessment(&out, &start, &report->assessments[i]);
    tdm__text_free(&start);
    return tdm__output_end(&out, error);
}
