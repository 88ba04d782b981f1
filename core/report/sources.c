/*
 * Rows seen, read and set aside of each input, and each diagnostic with its place.
 */
#include "report/sources.h"

#include "report/alike.h"
#include "report/csv_cell.h"
#include "report/event_json.h"
#include "report/json_members.h"
#include "report/replaced.h"

#include <stdio.h>

/* --- JSON --- */

static void put_diagnostic(tdm__json_writer *json, const tdm__diagnostic *one)
{
    tdm__json_open_object(json);
    tdm__json_text_member(json, "file", one->file);
    tdm__json_int_member(json, "row", one->row);
    tdm__json_text_member(json, "column", one->column);
    tdm__json_text_member(json, "code", tdm__str(one->code));
    tdm__json_text_member(json, "severity", tdm__str(tdm__severity_code(one->severity)));
    tdm__json_text_member(json, "message", one->message);
    tdm__json_close_object(json);
}

static void put_account(tdm__json_writer *json, const tdm__account *account)
{
    tdm__json_open_object(json);
    tdm__json_text_member(json, "file", account->file);
    tdm__json_string_member(json, "sheet", account->sheet);
    tdm__json_int_member(json, "rows", account->rows);
    tdm__json_int_member(json, "read", account->read);
    tdm__json_int_member(json, "set_aside", account->set_aside);
    tdm__json_close_object(json);
}

static void put_corrections(tdm__json_writer *json, const tdm_run *run)
{
    tdm__arena arena;
    tdm__corrections *counts;
    bool any;
    tdm__arena_init(&arena, &run->allocator);
    tdm_status status = tdm__count_corrections(&counts, &any, run->chronology, &arena);
    if (status != TDM_OK && json->status == TDM_OK)
        json->status = status;
    if (any)
        tdm__json_open_list(json, "corrections");
    for (uint32_t i = 0; any && i < tdm__chronology_source_count(run->chronology); i++) {
        const tdm__source *source = tdm__chronology_source(run->chronology, i);
        if (counts[i].corrected + counts[i].withdrawn == 0)
            continue;
        tdm__json_open_object(json);
        tdm__json_text_member(json, "file", source->name);
        tdm__json_string_member(json, "sheet", source->sheet);
        tdm__json_day_or_null(json, "received", source->received);
        tdm__json_int_member(json, "corrected", counts[i].corrected);
        tdm__json_int_member(json, "withdrawn", counts[i].withdrawn);
        tdm__json_close_object(json);
    }
    if (any)
        tdm__json_close_array(json);
    tdm__arena_free(&arena);
}

void tdm__put_sources(tdm__json_writer *json, const tdm_run *run)
{
    tdm__json_put_name(json, "diagnostics");
    tdm__json_open_array(json);
    for (size_t i = 0; run->diagnostics && i < run->diagnostics->count; i++)
        put_diagnostic(json, &run->diagnostics->items[i]);
    tdm__json_close_array(json);
    tdm__json_put_name(json, "accounting");
    tdm__json_open_array(json);
    for (size_t i = 0; i < run->account_count; i++)
        put_account(json, &run->accounts[i]);
    tdm__json_close_array(json);
    put_corrections(json, run);
}

tdm_status tdm__report_sources_json(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                                    tdm_error *error)
{
    tdm__json_writer json;
    (void)options;
    tdm__json_writer_init(&json, &run->allocator, sink, 2);
    tdm__json_open_object(&json);
    tdm__put_sources(&json, run);
    tdm__alike_json(&json, run);
    tdm__json_close_object(&json);
    return tdm__json_report_end(&json, sink, "the list", error);
}

/* --- text --- */

static void say_diagnostics(tdm__terminal *t, const tdm_run *run)
{
    const tdm__diagnostics *list = run->diagnostics;
    if (!list || list->count == 0)
        return;
    tdm__blank_line(t);
    tdm__say(t, TDM__HEADING, 0, 0, "Doubtful or not usable");
    for (size_t i = 0; i < list->count; i++) {
        const tdm__diagnostic *one = &list->items[i];
        char row[24] = "";
        if (one->row > 0)
            snprintf(row, sizeof row, ":%d", (int)one->row);
        /* What no file is at fault for is said of all of them. */
        tdm_str file = one->file.length > 0 ? one->file : TDM_LIT("all inputs");
        tdm__say(t, TDM__PLAIN, 2, 4, "%p%c%c%p%c%c: %p (%c)", file, row, one->column.length > 0 ? " [" : "",
                 one->column, one->column.length > 0 ? "] " : " ", tdm__severity_code(one->severity),
                 one->message, one->code);
    }
}

static void account_cells(tdm_str cells[5], const tdm__account *account, char rooms[3][24])
{
    snprintf(rooms[0], 24, "%lld", (long long)account->rows);
    snprintf(rooms[1], 24, "%lld", (long long)account->read);
    snprintf(rooms[2], 24, "%lld", (long long)account->set_aside);
    cells[0] = account->file;
    cells[1] = account->sheet;
    for (int i = 0; i < 3; i++)
        cells[i + 2] = tdm__str(rooms[i]);
}

static void say_accounts(tdm__terminal *t, const tdm_run *run)
{
    const tdm_str heading[5] = {TDM_LIT("input"), TDM_LIT("sheet"), TDM_LIT("rows"), TDM_LIT("read"),
                                TDM_LIT("set aside")};
    tdm__columns columns = {.count = 5, .indent = 2, .right = {false, false, true, true, true}};
    char rooms[3][24];
    tdm_str cells[5];
    if (run->account_count == 0)
        return;
    tdm__blank_line(t);
    tdm__say(t, TDM__HEADING, 0, 0, "Rows of each input");
    tdm__columns_measure(&columns, t, heading);
    for (size_t i = 0; i < run->account_count; i++) {
        account_cells(cells, &run->accounts[i], rooms);
        tdm__columns_measure(&columns, t, cells);
    }
    tdm__columns_write(&columns, t, heading);
    for (size_t i = 0; i < run->account_count; i++) {
        account_cells(cells, &run->accounts[i], rooms);
        tdm__columns_write(&columns, t, cells);
    }
}

static void say_corrections(tdm__terminal *t, const tdm_run *run)
{
    tdm__arena arena;
    tdm__corrections *counts;
    bool any;
    tdm__arena_init(&arena, &run->allocator);
    if (tdm__count_corrections(&counts, &any, run->chronology, &arena) != TDM_OK)
        t->out.status = TDM_NO_MEMORY;
    if (any) {
        tdm__blank_line(t);
        tdm__say(t, TDM__HEADING, 0, 0, "Rows of earlier returns that a later one replaces");
    }
    for (uint32_t i = 0; any && i < tdm__chronology_source_count(run->chronology); i++) {
        const tdm__source *source = tdm__chronology_source(run->chronology, i);
        char received[TDM_DATE_TEXT_SIZE];
        tdm__day_iso(received, source->received);
        if (counts[i].corrected + counts[i].withdrawn > 0)
            tdm__say(t, TDM__PLAIN, 2, 4, "%p%r%p%r, received %c: %d corrected, %d withdrawn", source->name,
                     source->sheet.length > 0 ? " (" : "", source->sheet, source->sheet.length > 0 ? ")" : "",
                     received[0] ? received : "on a day that is not known", (int)counts[i].corrected,
                     (int)counts[i].withdrawn);
    }
    tdm__arena_free(&arena);
}

void tdm__say_sources(tdm__terminal *terminal, const tdm_run *run)
{
    say_diagnostics(terminal, run);
    say_accounts(terminal, run);
    say_corrections(terminal, run);
}

tdm_status tdm__report_sources_text(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                                    tdm_error *error)
{
    tdm__terminal terminal;
    tdm__report_options chosen = tdm__report_options_of(options);
    tdm__terminal_init(&terminal, &run->allocator, sink, chosen.width, chosen.colour);
    say_accounts(&terminal, run);
    say_corrections(&terminal, run);
    tdm__say_alike(&terminal, run);
    say_diagnostics(&terminal, run);
    return tdm__terminal_end(&terminal, error);
}

/* --- CSV: the accounts alone --- */

tdm_status tdm__report_sources_csv(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                                   tdm_error *error)
{
    tdm__output out;
    (void)options;
    tdm__output_init(&out, &run->allocator, sink);
    tdm__put(&out, "input,sheet,rows,read,set aside\r\n");
    for (size_t i = 0; i < run->account_count; i++) {
        const tdm__account *account = &run->accounts[i];
        tdm__put_csv_cell(&out.text, account->file, ",");
        tdm__put_csv_cell(&out.text, account->sheet, ",");
        tdm__text_printf(&out.text, "%lld,%lld,%lld", (long long)account->rows, (long long)account->read,
                         (long long)account->set_aside);
        tdm__put(&out, "\r\n");
    }
    return tdm__output_end(&out, error);
}
