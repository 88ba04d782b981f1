/*
 * Totals over runs and over files of totals (see findings.h). Lists are kept in an order that does not depend
 * on how the children were shared out.
 */
#include "report/findings.h"

#include "report/checks.h"
#include "report/view.h"

#include "json/json.h"

#include <string.h>

void tdm__totals_init(tdm__totals *totals, const tdm_allocator *allocator)
{
    *totals = (tdm__totals){.children = 0};
    tdm__arena_init(&totals->arena, allocator);
}

void tdm__totals_free(tdm__totals *totals)
{
    const tdm_allocator *allocator = totals->arena.allocator;
    if (!allocator)
        return;
    tdm__free(allocator, totals->indicators.items);
    tdm__free(allocator, totals->checks.items);
    tdm__free(allocator, totals->accounts);
    tdm__free(allocator, totals->told);
    tdm__arena_free(&totals->arena);
    *totals = (tdm__totals){.children = 0};
}

/* --- lists --- */

static int compare_tally(const tdm__tally *tally, tdm_str id, tdm_str reason)
{
    int order = tdm__str_compare(tally->id, id);
    return order != 0 ? order : tdm__str_compare(tally->reason, reason);
}

static tdm_status add_tally(tdm__totals *totals, tdm__tallies *list, tdm_str id, tdm_str reason,
                            int64_t children)
{
    size_t at = 0;
    while (at < list->count && compare_tally(&list->items[at], id, reason) < 0)
        at++;
    if (at < list->count && compare_tally(&list->items[at], id, reason) == 0) {
        list->items[at].children += children;
        return TDM_OK;
    }
    tdm__tally *grown = tdm__grown(totals->arena.allocator, list->items, &list->capacity, list->count + 1,
                                   sizeof *grown);
    if (!grown)
        return TDM_NO_MEMORY;
    list->items = grown;
    tdm__tally tally = {tdm__arena_copy(&totals->arena, id), tdm__arena_copy(&totals->arena, reason),
                        children};
    if (!tally.id.data || !tally.reason.data)
        return TDM_NO_MEMORY;
    memmove(grown + at + 1, grown + at, (list->count - at) * sizeof *grown);
    grown[at] = tally;
    list->count++;
    return TDM_OK;
}

static tdm_status add_account(tdm__totals *totals, const tdm__account *account)
{
    for (size_t i = 0; i < totals->account_count; i++) {
        tdm__account *known = &totals->accounts[i];
        if (!tdm__str_equal(known->file, account->file))
            continue;
        known->rows += account->rows;
        known->read += account->read;
        known->set_aside += account->set_aside;
        return TDM_OK;
    }
    tdm__account *grown = tdm__grown(totals->arena.allocator, totals->accounts, &totals->account_capacity,
                                     totals->account_count + 1, sizeof *grown);
    if (!grown)
        return TDM_NO_MEMORY;
    totals->accounts = grown;
    tdm__account copy = *account;
    copy.file = tdm__arena_copy(&totals->arena, account->file);
    copy.sheet = TDM_LIT("");
    if (!copy.file.data)
        return TDM_NO_MEMORY;
    totals->accounts[totals->account_count++] = copy;
    return TDM_OK;
}

/* The entry of a code, made where there is none. NULL: no memory. */
static tdm__told *told_of(tdm__totals *totals, tdm_str code, tdm_str severity)
{
    size_t at = 0;
    while (at < totals->told_count && tdm__str_compare(totals->told[at].code, code) < 0)
        at++;
    if (at < totals->told_count && tdm__str_equal(totals->told[at].code, code))
        return &totals->told[at];
    tdm__told *grown = tdm__grown(totals->arena.allocator, totals->told, &totals->told_capacity,
                                  totals->told_count + 1, sizeof *grown);
    if (!grown)
        return NULL;
    totals->told = grown;
    tdm__told told = {.code = tdm__arena_copy(&totals->arena, code),
                      .severity = tdm__arena_copy(&totals->arena, severity)};
    if (!told.code.data || !told.severity.data)
        return NULL;
    memmove(grown + at + 1, grown + at, (totals->told_count - at) * sizeof *grown);
    grown[at] = told;
    totals->told_count++;
    return &grown[at];
}

/* A place is a row: what is told of all rows together, such as how many, is another text in each part. */
static tdm_status add_place(tdm__totals *totals, tdm__told *told, const tdm__told_place *place)
{
    if (place->row == 0 || told->first_count == TDM__TOLD_SHOWN)
        return TDM_OK;
    tdm__told_place copy = {tdm__arena_copy(&totals->arena, place->file), place->row,
                            tdm__arena_copy(&totals->arena, place->column),
                            tdm__arena_copy(&totals->arena, place->message)};
    if (!copy.file.data || !copy.column.data || !copy.message.data)
        return TDM_NO_MEMORY;
    told->first[told->first_count++] = copy;
    return TDM_OK;
}

/* --- of a run --- */

static tdm_status describe(tdm__totals *totals, const tdm_run *run)
{
    char day[TDM_DATE_TEXT_SIZE];
    if (totals->policy_hash.length > 0)
        return TDM_OK;
    tdm_date_format(day, (tdm_date){run->as_of, run->as_of, 0});
    totals->as_of = tdm__arena_copy(&totals->arena, tdm__str(day));
    totals->policy_hash = tdm__arena_copy(&totals->arena, tdm__str(run->policy_hash));
    return totals->as_of.data && totals->policy_hash.data ? TDM_OK : TDM_NO_MEMORY;
}

static void count_prompts(tdm__totals *totals, const tdm_run *run, const tdm__report_options *options)
{
    tdm__report_options chosen = tdm__report_options_of(options);
    for (size_t c = 0; c < run->child_count; c++) {
        const tdm__child_result *child = &run->children[c];
        int64_t before = totals->met + totals->possible;
        for (size_t i = 0; i < child->prompt_count; i++)
            if (tdm__prompt_shown(&child->prompts[i], &chosen))
                (*(child->prompts[i].answer == TDM_MET ? &totals->met : &totals->possible))++;
        totals->with_prompts += totals->met + totals->possible > before;
    }
    totals->children += (int64_t)run->child_count;
}

static tdm_status count_not_assessed(tdm__totals *totals, const tdm_run *run, tdm__arena *arena)
{
    tdm__reason_count *reasons;
    tdm__check_gap_count *gaps;
    size_t count;
    tdm_status status = tdm__count_reasons(&reasons, &count, run, arena);
    for (size_t i = 0; status == TDM_OK && i < count; i++)
        status = add_tally(totals, &totals->indicators, run->indicators[reasons[i].indicator].indicator->id,
                           reasons[i].reason, reasons[i].children);
    if (status == TDM_OK)
        status = tdm__count_check_gaps(&gaps, &count, run, arena);
    for (size_t i = 0; status == TDM_OK && i < count; i++)
        status = add_tally(totals, &totals->checks, tdm__str(tdm__check_at(gaps[i].check)->id),
                           tdm__str(tdm__check_reason_code(gaps[i].reason)), gaps[i].children);
    return status;
}

static tdm_status add_diagnostics(tdm__totals *totals, const tdm__diagnostics *list)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < list->count; i++) {
        const tdm__diagnostic *one = &list->items[i];
        tdm__told_place place = {one->file, one->row, one->column, one->message};
        tdm__told *told = told_of(totals, tdm__str(one->code), tdm__str(tdm__severity_code(one->severity)));
        status = told ? add_place(totals, told, &place) : TDM_NO_MEMORY;
        if (told)
            told->count += one->times;
    }
    return status;
}

tdm_status tdm__totals_add(tdm__totals *totals, const tdm_run *run, const tdm__report_options *options)
{
    tdm__arena arena;
    tdm__arena_init(&arena, totals->arena.allocator);
    tdm_status status = describe(totals, run);
    count_prompts(totals, run, options);
    if (status == TDM_OK)
        status = count_not_assessed(totals, run, &arena);
    if (status == TDM_OK)
        status = add_diagnostics(totals, run->diagnostics);
    for (size_t i = 0; status == TDM_OK && i < run->account_count; i++)
        status = add_account(totals, &run->accounts[i]);
    tdm__arena_free(&arena);
    return status;
}

/* --- of a line --- */

static int64_t number_of(const tdm__json_value *object, const char *name)
{
    int64_t number;
    return tdm__json_int64(&number, tdm__json_member(object, name)) ? number : 0;
}

static tdm_str text_of(const tdm__json_value *object, const char *name)
{
    return tdm__json_string(tdm__json_member(object, name));
}

static tdm_status read_tallies(tdm__totals *totals, tdm__tallies *list, const tdm__json_value *rows,
                               const char *of)
{
    tdm_status status = TDM_OK;
    for (const tdm__json_value *row = tdm__json_first(rows); row && status == TDM_OK;
         row = tdm__json_next(row))
        status = add_tally(totals, list, text_of(row, of), text_of(row, "reason"),
                           number_of(row, "children"));
    return status;
}

static tdm_status read_told(tdm__totals *totals, const tdm__json_value *row)
{
    tdm_status status = TDM_OK;
    tdm__told *told = told_of(totals, text_of(row, "code"), text_of(row, "severity"));
    if (!told)
        return TDM_NO_MEMORY;
    told->count += number_of(row, "count");
    const tdm__json_value *first = tdm__json_first(tdm__json_member(row, "first"));
    for (; first && status == TDM_OK; first = tdm__json_next(first)) {
        int64_t line = number_of(first, "row");
        tdm__told_place place = {text_of(first, "file"), line > 0 && line <= INT32_MAX ? (int32_t)line : 0,
                                 text_of(first, "column"), text_of(first, "message")};
        status = add_place(totals, told, &place);
    }
    return status;
}

static tdm_status read_lists(tdm__totals *totals, const tdm__json_value *root)
{
    tdm_status status = read_tallies(totals, &totals->indicators, tdm__json_member(root, "not_assessed"),
                                     "indicator");
    if (status == TDM_OK)
        status = read_tallies(totals, &totals->checks, tdm__json_member(root, "checks_not_assessed"),
                              "check");
    const tdm__json_value *row = tdm__json_first(tdm__json_member(root, "diagnostics"));
    for (; row && status == TDM_OK; row = tdm__json_next(row))
        status = read_told(totals, row);
    row = tdm__json_first(tdm__json_member(root, "accounting"));
    for (; row && status == TDM_OK; row = tdm__json_next(row))
        status = add_account(totals, &(tdm__account){.file = text_of(row, "file"),
                                                     .rows = number_of(row, "rows"),
                                                     .read = number_of(row, "read"),
                                                     .set_aside = number_of(row, "set_aside")});
    return status;
}

static tdm_status read_root(tdm__totals *totals, const tdm__json *document, tdm_error *error)
{
    const tdm__json_value *root = tdm__json_root(document);
    tdm_str as_of = text_of(root, "as_of"), policy = text_of(root, "policy");
    if (!tdm__str_equal(text_of(root, "type"), TDM_LIT("totals")) || policy.length == 0)
        return tdm__json_fail(document, root, error,
                              "expected an object whose \"type\" is totals, as review --grouped --accounting "
                              "writes it");
    if (totals->policy_hash.length > 0 &&
        (!tdm__str_equal(totals->policy_hash, policy) || !tdm__str_equal(totals->as_of, as_of))) {
        tdm__json_fail(document, root, error,
                       "of another day or another policy than the file before: these do not add up");
        return error ? (error->status = TDM_CONFLICT) : TDM_CONFLICT;
    }
    totals->as_of = tdm__arena_copy(&totals->arena, as_of);
    totals->policy_hash = tdm__arena_copy(&totals->arena, policy);
    if (!totals->as_of.data || !totals->policy_hash.data)
        return TDM_NO_MEMORY;
    totals->children += number_of(root, "children");
    totals->with_prompts += number_of(root, "children_with_prompts");
    totals->met += number_of(root, "met");
    totals->possible += number_of(root, "possible");
    return read_lists(totals, root);
}

tdm_status tdm__totals_read(tdm__totals *totals, tdm_str json, tdm_str name, tdm_error *error)
{
    tdm__json *document;
    tdm_status status = tdm__json_parse(&document, totals->arena.allocator, json, name, error);
    if (status == TDM_OK)
        status = read_root(totals, document, error);
    tdm__json_free(document);
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
}
