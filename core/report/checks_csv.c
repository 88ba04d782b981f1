/*
 * Checks as CSV: a line a row of each finding, so that a spreadsheet can sort them.
 */
#include "report/checks.h"
#include "report/csv_cell.h"
#include "report/limits.h"
#include "report/output.h"

static void put_cell(tdm__output *out, tdm_str text)
{
    tdm__put_csv_cell(&out->text, text, ",");
}

static void put_row(tdm__output *out, const tdm_run *run, tdm_str child, const tdm__check_finding *finding,
                    uint32_t index)
{
    char id[TDM_HEX64_SIZE], room[TDM_DATE_TEXT_SIZE];
    tdm__event event = tdm__chronology_event(run->chronology, index);
    const tdm__source *source = tdm__chronology_source(run->chronology, event.source);
    tdm__chronology_event_id(id, run->chronology, index);
    put_cell(out, child);
    put_cell(out, tdm__str(tdm__check_at(finding->check)->id));
    put_cell(out, tdm__str(tdm__severity_code(run->checks[finding->check].severity)));
    put_cell(out, tdm__str(tdm_answer_code(finding->answer)));
    put_cell(out, tdm__str(finding->rule));
    put_cell(out, finding->sentence);
    put_cell(out, tdm__str(finding->doubt));
    put_cell(out, tdm__str(id));
    put_cell(out, tdm__chronology_occurred_text(room, run->chronology, index));
    put_cell(out, tdm__chronology_agency(run->chronology, event.agency));
    put_cell(out, tdm__event_kind(run, &event)->code);
    put_cell(out, source->name);
    put_cell(out, source->sheet);
    tdm__put(out, "%d\r\n", (int)event.row);
}

static void put_rest(tdm__output *out, tdm_str child, const tdm__check_rest *rest)
{
    put_cell(out, child);
    put_cell(out, tdm__str(tdm__check_at(rest->check)->id));
    tdm__put(out, ",,,%d more findings are not listed,,,,,,,,\r\n", (int)rest->count);
}

static void put_gap(tdm__output *out, tdm_str child, const tdm__check_gap *gap)
{
    put_cell(out, child);
    put_cell(out, tdm__str(tdm__check_at(gap->check)->id));
    tdm__put(out, ",not-assessed,,");
    put_cell(out, tdm__str(tdm__check_reason_words(gap->reason)));
    put_cell(out, tdm__str(tdm__check_reason_code(gap->reason)));
    tdm__put(out, ",,,,,,\r\n");
}

static void put_child(tdm__output *out, const tdm_run *run, const tdm__child_result *child)
{
    tdm_str id = tdm_chronology_child_id(run->chronology, child->child);
    for (size_t i = 0; i < child->checks.finding_count; i++) {
        const tdm__check_finding *finding = &child->checks.findings[i];
        for (uint32_t e = 0; e < finding->event_count; e++)
            put_row(out, run, id, finding, finding->events[e]);
    }
    for (size_t i = 0; i < child->checks.rest_count; i++)
        put_rest(out, id, &child->checks.rests[i]);
    for (size_t i = 0; i < child->checks.gap_count; i++)
        put_gap(out, id, &child->checks.gaps[i]);
}

tdm_status tdm__report_checks_csv(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                                  tdm_error *error)
{
    tdm__output out;
    (void)options;
    tdm__output_init(&out, &run->allocator, sink);
    tdm__put(&out,
             "child,check,severity,answer,national rule,sentence,doubt or reason,event,occurred,agency,kind,"
             "file,sheet,row\r\n");
    for (size_t i = 0; i < run->child_count && out.status == TDM_OK; i++)
        put_child(&out, run, &run->children[i]);
    tdm__missing_csv(&out.text, run->chronology, 14);
    return tdm__output_end(&out, error);
}
