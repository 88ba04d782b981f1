/*
 * store retain, store due: the day from which a child is to be deleted, given one by one or as a table, who
 * asks to keep one longer, and whose day has come. No period is known here: the day and its ground come from
 * the schedule of the council.
 */
#include "api/care.h"
#include "base/csv.h"
#include "guard/rights.h"
#include "report/view.h"
#include "store/retention.h"

#include <string.h>

#define GROUND_MAX_BYTES 200
#define TABLE_MAX_BYTES  (64 * 1024 * 1024)

/* What is said of one child; data NULL: nothing. */
typedef struct wanted {
    tdm_str child, until, reason, ground, hold;
    bool release;
} wanted;

typedef struct retaining {
    tdm__care care;
    tdm_str by;
    tdm__buffer table;
    const char *file;
    tdm__csv csv;
    int64_t children, unchanged, not_there;
} retaining;

/* --- one child --- */

static tdm_status fail_wanted(const retaining *r, tdm_status status, const char *message, tdm_error *error)
{
    if (!r->file)
        return tdm__fail(error, status, "%s", message);
    return tdm__fail_at(error, status == TDM_INVALID_ARG ? TDM_INVALID_INPUT : status,
                        (tdm_place){tdm__path_name(tdm__str(r->file)), r->csv.line, 0}, "%s", message);
}

static tdm_status check_wanted(const retaining *r, const wanted *w, tdm_error *error)
{
    tdm_day day;
    const char *wrong = NULL;
    if (w->until.length == 0 && w->hold.length == 0 && !w->release)
        wrong = "until: expected a day such as 2049-09-30, or who asks to keep the child (hold)";
    else if (w->until.length > 0 && !tdm_day_parse_iso(&day, w->until))
        wrong = "until: expected a day such as 2049-09-30";
    else if (w->until.length > 0 && !tdm__reason_counts(w->reason))
        wrong = "reason: expected 10 to 1000 bytes in words: why this day";
    else if (w->until.length > 0 && (w->ground.length == 0 || w->ground.length > GROUND_MAX_BYTES))
        wrong = "ground: name the rule that says so, in at most 200 bytes";
    else if (w->hold.length > 0 && !tdm__reason_counts(w->hold))
        wrong = "hold: expected 10 to 1000 bytes in words: who asks to keep the child, and why";
    else if (w->hold.length > 0 && w->release)
        wrong = "release: ends a hold; it is not given together with one";
    return wrong ? fail_wanted(r, TDM_INVALID_ARG, wrong, error) : TDM_OK;
}

/* What stands there, or nothing. */
static tdm_status find(tdm__stored_retention *out, retaining *r, tdm_str child, tdm_error *error)
{
    const tdm_str nothing = {"", 0};
    tdm_status status = tdm__work_retention(out, r->care.work, &r->care.arena, child, error);
    if (status != TDM_NOT_FOUND)
        return status;
    tdm__error_clear(error);
    *out = (tdm__stored_retention){.child = child,
                                   .until = TDM_DAY_NONE,
                                   .reason = nothing,
                                   .ground = nothing,
                                   .hold = nothing,
                                   .by = nothing};
    return TDM_OK;
}

static void apply(tdm__stored_retention *to, const wanted *w)
{
    if (w->until.length > 0) {
        tdm_day_parse_iso(&to->until, w->until);
        to->reason = w->reason;
        to->ground = w->ground;
    }
    if (w->hold.length > 0 || w->release)
        to->hold = w->release ? (tdm_str){"", 0} : w->hold;
}

static bool is_same(const tdm__stored_retention *a, const tdm__stored_retention *b)
{
    return a->until == b->until && tdm__str_equal(a->reason, b->reason) &&
           tdm__str_equal(a->ground, b->ground) && tdm__str_equal(a->hold, b->hold);
}

static tdm_status note(retaining *r, const wanted *w, tdm_error *error)
{
    char code[TDM__CODE_SIZE];
    tdm__text details;
    tdm__text_init(&details, &r->care.context->allocator);
    if (w->until.length > 0)
        tdm__text_printf(&details, "until %.*s; ground: %.*s; ", TDM_STR_ARGS(w->until),
                         TDM_STR_ARGS(w->ground));
    if (w->hold.length > 0)
        tdm__text_printf(&details, "held: %.*s; ", TDM_STR_ARGS(w->hold));
    tdm__text_printf(&details, "%sdecided by %.*s", w->release ? "released; " : "", TDM_STR_ARGS(r->by));
    tdm__child_code(code, r->care.service, w->child);
    tdm_status status = details.failed ? tdm__no_memory(error)
                                       : tdm__care_note(&r->care, "child", tdm__str(code), w->reason,
                                                        tdm__text_str(&details), error);
    tdm__text_free(&details);
    return status;
}

static tdm_status retain(retaining *r, const wanted *w, tdm_error *error)
{
    tdm__stored_retention before, after;
    tdm_status status = find(&before, r, w->child, error);
    if (status != TDM_OK)
        return status;
    after = before;
    apply(&after, w);
    if (w->release && before.hold.length == 0)
        return fail_wanted(r, TDM_NOT_FOUND, "nobody asks to keep this child", error);
    r->children++;
    if (is_same(&before, &after)) {
        r->unchanged++;
        return TDM_OK;
    }
    after.by = r->by;
    after.at = r->care.now;
    status = tdm__work_retain(r->care.work, &after, error);
    return status == TDM_OK ? note(r, w, error) : status;
}

static tdm_status retain_one(retaining *r, tdm_error *error)
{
    bool is_there;
    const tdm__care *care = &r->care;
    wanted w = {.child = tdm__care_said(care, "child"),
                .until = tdm__care_said(care, "until"),
                .reason = tdm__care_said(care, "reason"),
                .ground = tdm__care_said(care, "ground"),
                .hold = tdm__care_said(care, "hold"),
                .release = tdm__request_flag(care->request, "release")};
    tdm_status status = check_wanted(r, &w, error);
    if (status == TDM_OK)
        status = tdm__work_has_child(&is_there, care->work, w.child, error);
    if (status == TDM_OK && !is_there)
        status = tdm__fail(error, TDM_NOT_FOUND, "there is no such child in the store");
    return status == TDM_OK ? retain(r, &w, error) : status;
}

/* --- a table --- */

enum { CHILD, UNTIL, REASON, GROUND, HOLD, COLUMNS };
static const struct {
    const char *name;
    bool may_lack;
} headings[COLUMNS] = {
    [CHILD] = {"child", false},  [UNTIL] = {"until", false}, [REASON] = {"reason", false},
    [GROUND] = {"ground", true}, [HOLD] = {"hold", true},
};

static tdm_status next_row(retaining *r, bool *more, tdm_error *error)
{
    tdm_error inner; /* of the CSV, which knows no file */
    tdm__error_clear(&inner);
    tdm_status status = tdm__csv_next(&r->csv, more, &inner);
    return status == TDM_OK ? TDM_OK : fail_wanted(r, status, inner.message, error);
}

static tdm_status find_columns(retaining *r, size_t columns[COLUMNS], tdm_error *error)
{
    bool more;
    tdm_status status = next_row(r, &more, error);
    for (size_t i = 0; status == TDM_OK && i < COLUMNS; i++) {
        columns[i] = SIZE_MAX;
        for (size_t at = 0; more && at < r->csv.field_count; at++)
            if (tdm__str_equal(tdm__str_trimmed(r->csv.fields[at]), tdm__str(headings[i].name)))
                columns[i] = at;
        if (columns[i] == SIZE_MAX && !headings[i].may_lack)
            status = fail_wanted(
                r, TDM_INVALID_INPUT,
                "expected the columns child, until, reason, and where wanted ground and hold", error);
    }
    return status;
}

static tdm_str cell(const retaining *r, size_t column)
{
    return column < r->csv.field_count ? tdm__str_trimmed(r->csv.fields[column]) : (tdm_str){"", 0};
}

/* A child that the store does not have is counted: a schedule is of more than one system. */
static tdm_status retain_row(retaining *r, const size_t columns[COLUMNS], tdm_error *error)
{
    bool is_there;
    tdm_str ground = cell(r, columns[GROUND]);
    wanted w = {.child = cell(r, columns[CHILD]),
                .until = cell(r, columns[UNTIL]),
                .reason = cell(r, columns[REASON]),
                .ground = ground.length > 0 ? ground : tdm__care_said(&r->care, "ground"),
                .hold = cell(r, columns[HOLD])};
    if (w.child.length == 0)
        return fail_wanted(r, TDM_INVALID_INPUT, "child: expected the id of a child", error);
    tdm_status status = check_wanted(r, &w, error);
    if (status == TDM_OK)
        status = tdm__work_has_child(&is_there, r->care.work, w.child, error);
    if (status != TDM_OK)
        return status;
    r->not_there += !is_there;
    return is_there ? retain(r, &w, error) : TDM_OK;
}

static tdm_status retain_rows(retaining *r, tdm_error *error)
{
    size_t columns[COLUMNS];
    bool more = true;
    tdm_status status = find_columns(r, columns, error);
    while (status == TDM_OK && more) {
        status = next_row(r, &more, error);
        if (status == TDM_OK && more)
            status = retain_row(r, columns, error);
    }
    return status;
}

static tdm_status retain_table(retaining *r, tdm_error *error)
{
    size_t bad;
    const tdm_allocator *allocator = &r->care.context->allocator;
    tdm_status status = tdm__file_read(&r->table, allocator, NULL, r->file, TABLE_MAX_BYTES, error);
    if (status != TDM_OK)
        return status;
    tdm_str text = {r->table.data, r->table.length};
    if (tdm__str_starts(text, TDM_LIT("\xef\xbb\xbf")))
        text = (tdm_str){text.data + 3, text.length - 3};
    if (!tdm__utf8_valid(text, &bad))
        return fail_wanted(r, TDM_ENCODING, "expected text in UTF-8", error);
    tdm__csv_init(&r->csv, allocator, text, tdm__csv_guess_delimiter(text));
    return retain_rows(r, error);
}

/* --- the whole of it --- */

static tdm_status check_request(retaining *r, tdm_error *error)
{
    const tdm__care *care = &r->care;
    bool one = tdm__care_said(care, "child").data != NULL;
    r->by = tdm__str(tdm__request_value(care->request, "by"));
    r->file = tdm__request_value(care->request, "file");
    if (one == (r->file != NULL))
        return tdm__fail(error, TDM_INVALID_ARG, "child: name a child, or a table of many with --file");
    if (r->file && (tdm__care_said(care, "until").data || tdm__care_said(care, "reason").data ||
                    tdm__care_said(care, "hold").data || tdm__request_flag(care->request, "release")))
        return tdm__fail(error, TDM_INVALID_ARG, "file: days, reasons and holds are those of its rows");
    return r->by.length == 0 || r->by.length > TDM__BY_MAX_BYTES
               ? tdm__fail(error, TDM_INVALID_ARG, "by: name who decided it")
               : TDM_OK;
}

static tdm_status put_retained(const retaining *r, tdm_sink sink)
{
    tdm__answer answer;
    tdm__answer_begin(&answer, r->care.request, sink);
    if (answer.as_json) {
        tdm__json_open_object(&answer.json);
        tdm__json_put_name(&answer.json, "children");
        tdm__json_put_int(&answer.json, r->children);
        tdm__json_put_name(&answer.json, "unchanged");
        tdm__json_put_int(&answer.json, r->unchanged);
        tdm__json_put_name(&answer.json, "not_there");
        tdm__json_put_int(&answer.json, r->not_there);
        tdm__json_close_object(&answer.json);
    } else {
        tdm__text_printf(&answer.text, "%lld child%s, %lld as before\n", (long long)r->children,
                         r->children == 1 ? "" : "ren", (long long)r->unchanged);
        if (r->not_there > 0)
            tdm__text_printf(&answer.text, "%lld row%s of children that the store does not have\n",
                             (long long)r->not_there, r->not_there == 1 ? " is" : "s are");
    }
    return tdm__answer_end(&answer, TDM_OK);
}

/* All rows of a table or none: what is half there would be taken for done. */
tdm_status tdm__op_store_retain(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                tdm_error *error)
{
    retaining r = {.children = 0};
    tdm_status status = tdm__care_open(&r.care, request, true, error);
    if (status == TDM_OK)
        status = check_request(&r, error);
    if (status == TDM_OK)
        status = tdm__care_write(&r.care, error);
    if (status == TDM_OK)
        status = r.file ? retain_table(&r, error) : retain_one(&r, error);
    if (status == TDM_OK)
        status = tdm__care_commit(&r.care, error);
    if (status == TDM_OK) {
        outcome->trouble = r.not_there > 0;
        status = put_retained(&r, sink);
    }
    if (r.csv.allocator)
        tdm__csv_free(&r.csv);
    tdm__free(&request->context->allocator, r.table.data);
    return tdm__care_end(&r.care, status);
}

/* --- whose day has come --- */

static const struct {
    const char *name, *words;
    size_t offset;
} counts[] = {
    {"entries", "entries", offsetof(tdm__stored_due, entries)},
    {"assessments", "assessments", offsetof(tdm__stored_due, assessments)},
    {"open_drafts", "open drafts", offsetof(tdm__stored_due, open_drafts)},
    {"open_prompts", "open prompts", offsetof(tdm__stored_due, open_prompts)},
    {"allocations", "allocations", offsetof(tdm__stored_due, allocations)},
    {"openings", "openings", offsetof(tdm__stored_due, openings)},
    {"siblings", "siblings that stay", offsetof(tdm__stored_due, siblings)},
    {"returns", "returns that wait and have its id", offsetof(tdm__stored_due, returns)},
};

static int64_t count_at(const tdm__stored_due *due, size_t row)
{
    return *(const int64_t *)(const void *)((const char *)due + counts[row].offset);
}

static void put_due_json(tdm__json_writer *json, const tdm__stored_due *due, tdm_str code)
{
    char day[TDM_DATE_TEXT_SIZE];
    const tdm__stored_retention *kept = &due->retention;
    tdm__day_iso(day, kept->until);
    tdm__json_open_object(json);
    tdm__answer_member(json, "child", kept->child);
    tdm__answer_member(json, "code", code);
    tdm__answer_member(json, "until", tdm__str(day));
    tdm__answer_member(json, "reason", kept->reason);
    tdm__answer_member(json, "ground", kept->ground);
    tdm__answer_member(json, "hold", kept->hold);
    tdm__answer_member(json, "by", kept->by);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        tdm__json_put_name(json, counts[i].name);
        tdm__json_put_int(json, count_at(due, i));
    }
    tdm__json_close_object(json);
}

static void put_due_text(tdm__text *text, const tdm__stored_due *due, tdm_str code)
{
    char day[TDM_DATE_TEXT_SIZE];
    const tdm__stored_retention *kept = &due->retention;
    tdm__day_iso(day, kept->until);
    tdm__text_printf(text, "%.*s  %.*s  %s  %.*s: %.*s\n", TDM_STR_ARGS(kept->child), TDM_STR_ARGS(code), day,
                     TDM_STR_ARGS(kept->ground), TDM_STR_ARGS(kept->reason));
    if (kept->hold.length > 0)
        tdm__text_printf(text, "   held: %.*s\n", TDM_STR_ARGS(kept->hold));
    tdm__text_puts(text, "  ");
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        tdm__text_printf(text, "%s %s %lld", i ? "," : "", counts[i].words, (long long)count_at(due, i));
    tdm__text_char(text, '\n');
}

static void put_totals_json(tdm__json_writer *json, const tdm__stored_dues *dues, const char *day)
{
    const struct {
        const char *name;
        int64_t count;
    } totals[] = {{"children", dues->children},
                  {"due", (int64_t)dues->count},
                  {"held", dues->held},
                  {"undated", dues->undated},
                  {"returns_waiting", dues->waiting}};
    tdm__answer_member(json, "day", tdm__str(day));
    for (size_t i = 0; i < sizeof totals / sizeof *totals; i++) {
        tdm__json_put_name(json, totals[i].name);
        tdm__json_put_int(json, totals[i].count);
    }
}

static void put_totals_text(tdm__text *text, const tdm__stored_dues *dues, const char *day)
{
    tdm__text_printf(text, "due by %s: %llu of %lld children; %lld held, %lld without a date\n", day,
                     (unsigned long long)dues->count, (long long)dues->children, (long long)dues->held,
                     (long long)dues->undated);
    if (dues->waiting > 0)
        tdm__text_printf(text, "%lld return%s to be looked at and may be about any of them\n",
                         (long long)dues->waiting, dues->waiting == 1 ? " waits" : "s wait");
}

static tdm_status list_due(tdm__care *care, tdm_sink sink, tdm_error *error)
{
    char day[TDM_DATE_TEXT_SIZE];
    tdm__answer answer;
    tdm__stored_dues dues;
    tdm_day by = care->today;
    const char *asked = tdm__request_value(care->request, "by");
    if (asked && !tdm_day_parse_iso(&by, tdm__str(asked)))
        return tdm__fail(error, TDM_INVALID_ARG, "by: expected a day such as 2049-09-30");
    tdm_status status = tdm__work_dues(&dues, care->work, &care->arena, by, care->now, error);
    if (status != TDM_OK)
        return status;
    tdm__day_iso(day, by);
    tdm__answer_begin(&answer, care->request, sink);
    if (answer.as_json) {
        tdm__json_open_object(&answer.json);
        put_totals_json(&answer.json, &dues, day);
        tdm__json_put_name(&answer.json, "items");
        tdm__json_open_array(&answer.json);
    } else {
        put_totals_text(&answer.text, &dues, day);
    }
    for (size_t i = 0; i < dues.count; i++) {
        char code[TDM__CODE_SIZE] = "";
        if (care->service->ring)
            tdm__child_code(code, care->service, dues.items[i].retention.child);
        if (answer.as_json)
            put_due_json(&answer.json, &dues.items[i], tdm__str(code));
        else
            put_due_text(&answer.text, &dues.items[i], tdm__str(code));
    }
    if (answer.as_json) {
        tdm__json_close_array(&answer.json);
        tdm__json_close_object(&answer.json);
    }
    return tdm__answer_end(&answer, TDM_OK);
}

tdm_status tdm__op_store_due(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                             tdm_error *error)
{
    (void)outcome;
    return tdm__care_reading(request, list_due, sink, error);
}
