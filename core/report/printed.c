/*
 * What every chronology on paper shares; printed.h says what that is.
 */
#include "report/printed.h"

#include "report/age.h"
#include "report/limits.h"
#include "report/replaced.h"

const char *const tdm__chronology_stance[] = {
    "What this is. The rows of each return about these children in the order of their dates, in the words in "
    "which "
    "they were recorded.",
    "What this is not. No assessment, and no measure of risk. What does not stand here was not recorded; "
    "that is no "
    "sign that it did not happen.",
    NULL,
};

/* --- columns and cells --- */

void tdm__printed_columns(tdm__printed *out)
{
    *out = (tdm__printed){0};
    for (const tdm__cell_column *column = tdm__chronology_columns; column->heading; column++) {
        if (column->share <= 0 || out->count == TDM__PRINTED_COLUMNS)
            continue;
        if (column->share > (out->count > 0 ? out->columns[out->text]->share : 0))
            out->text = out->count;
        out->columns[out->count++] = column;
        out->shares += column->share;
    }
}

void tdm__put_own_lines(tdm__text *out, tdm_str text)
{
    for (size_t at = 0; at < text.length; at++) {
        char c = text.data[at];
        if (c == '\r' && at + 1 < text.length && text.data[at + 1] == '\n')
            continue;
        tdm__text_char(out, c == '\r' ? '\n' : c);
    }
}

static void put_replaced(tdm__text *out, const tdm_run *run, const tdm__event *event)
{
    tdm__text words;
    tdm__text_init(&words, out->allocator);
    tdm__put_replaced(&words, run, event);
    if (words.length > 0)
        tdm__text_char(out, '\n');
    tdm__put_own_lines(out, tdm__text_str(&words));
    out->failed = out->failed || words.failed;
    tdm__text_free(&words);
}

static void put_limits(tdm__text *out, const tdm_run *run, const tdm__event *event)
{
    tdm__text words;
    tdm__text_init(&words, out->allocator);
    tdm__put_limits(&words, run, event);
    if (words.length > 0)
        tdm__text_char(out, '\n');
    tdm__put_own_lines(out, tdm__text_str(&words));
    out->failed = out->failed || words.failed;
    tdm__text_free(&words);
}

/* The date in words; as it was written where that says more than a day; how old the child was. */
static void put_date(tdm__text *out, const tdm_run *run, const tdm__event *event)
{
    char words[TDM_DATE_TEXT_SIZE], age[TDM__AGE_WORDS_SIZE];
    tdm_str written = tdm__chronology_string(run->chronology, event->index, TDM__OCCURRED_AS_WRITTEN);
    bool day = event->occurred.from == event->occurred.to && !(event->occurred.flags & TDM_DATE_UNCERTAIN);
    tdm_date_words(words, event->occurred);
    tdm__text_puts(out, words);
    if (!day && written.length > 0) {
        tdm__text_puts(out, "\nas written: ");
        tdm__put_own_lines(out, written);
    }
    tdm__age_line(age, run->chronology, event);
    if (age[0])
        tdm__text_char(out, '\n');
    tdm__text_puts(out, age);
    put_replaced(out, run, event);
    put_limits(out, run, event);
    if (tdm__event_is_later(run, event))
        tdm__text_puts(out, "\nafter the as-of day");
}

/* One after another into `room`, so that an empty one leaves no line. */
static void put_in_the_text(tdm__text *out, const tdm_run *run, const tdm__event *event)
{
    for (const tdm__cell_column *column = tdm__chronology_columns; column->heading; column++) {
        if (column->share != TDM__IN_THE_TEXT)
            continue;
        size_t before = out->length;
        if (before > 0)
            tdm__text_char(out, '\n');
        tdm__text_printf(out, "%s: ", column->heading);
        size_t start = out->length;
        column->put(out, run, event);
        if (out->length == start && !out->failed) {
            out->length = before;
            out->data[before] = '\0';
        }
    }
}

void tdm__printed_cell(tdm__text *out, const tdm_run *run, const tdm__event *event,
                       const tdm__printed *printed, size_t column)
{
    tdm__text raw;
    if (printed->columns[column]->role == TDM__CELL_DATE) {
        put_date(out, run, event);
        return;
    }
    tdm__text_init(&raw, out->allocator);
    printed->columns[column]->put(&raw, run, event);
    if (column == printed->text)
        put_in_the_text(&raw, run, event);
    tdm__put_own_lines(out, tdm__text_str(&raw));
    out->failed = out->failed || raw.failed;
    tdm__text_free(&raw);
}

/* --- colours --- */

/* Black letters on the darkest of these have a contrast of over twelve to one. */
const char *const tdm__tints[TDM__TINTS] = {
    "DBE7F6", "FCE5CD", "DDF0DA", "F6DCE6", "E6DFF3", "FFF4C4",
    "D5F0EE", "EFE3D6", "E4EAD0", "F9DAD4", "DCDFE4", "E9F4FB",
};

static uint32_t rank_of(const tdm_run *run, uint32_t agency)
{
    return tdm__vocabulary_agency(tdm__chronology_vocabulary(run->chronology),
                                  tdm__chronology_agency(run->chronology, agency));
}

size_t tdm__agency_tint(const tdm_run *run, uint32_t agency)
{
    uint32_t rank = rank_of(run, agency);
    size_t before = 0;
    if (rank == TDM_NO_INDEX)
        return TDM__NO_TINT;
    for (uint32_t other = 0; other < tdm__chronology_agency_count(run->chronology); other++)
        before += rank_of(run, other) < rank ? 1 : 0;
    return before % TDM__TINTS;
}

/* --- which rows --- */

bool tdm__event_is_significant(const tdm_run *run, const tdm__event *event)
{
    return event->significance == TDM__HIGH || event->significance == TDM__MEDIUM ||
           tdm__event_is_concern(run, event);
}

bool tdm__event_shown(const tdm_run *run, const tdm__event *event, const tdm__report_options *options)
{
    return !options->significant ||
           (tdm__event_is_significant(run, event) && !tdm__event_is_replaced(run, event));
}

typedef struct counting {
    tdm__row_counts counts;
    const tdm__report_options *options;
} counting;

static tdm_status count_row(const tdm_run *run, const tdm__event *event, void *payload)
{
    counting *to = payload;
    bool undated = tdm__event_is_undated(event);
    if (!tdm__event_shown(run, event, to->options)) {
        to->counts.left_out++;
        return TDM_OK;
    }
    to->counts.all++;
    to->counts.undated += undated ? 1 : 0;
    to->counts.dated += undated ? 0 : 1;
    to->counts.doubtful += !undated && event->occurred.from != event->occurred.to ? 1 : 0;
    to->counts.later += tdm__event_is_later(run, event) ? 1 : 0;
    to->counts.replaced += tdm__event_is_replaced(run, event) ? 1 : 0;
    return TDM_OK;
}

tdm__row_counts tdm__count_rows(const tdm_run *run, size_t position, const tdm__report_options *options)
{
    counting to = {.options = options};
    tdm__each_row(run, position, count_row, &to);
    return to.counts;
}

static void put_count(tdm__text *out, size_t count, const char *words)
{
    tdm__text_int(out, (int64_t)count);
    tdm__text_puts(out, words);
}

void tdm__put_row_counts(tdm__text *out, const tdm__row_counts *counts)
{
    put_count(out, counts->all, counts->all == 1 ? " row: " : " rows: ");
    put_count(out, counts->dated, " with a date, ");
    put_count(out, counts->doubtful, " of them doubtful; ");
    put_count(out, counts->undated, " without any date; ");
    put_count(out, counts->later, " after the as-of day.");
    if (counts->replaced == 0)
        return;
    tdm__text_char(out, ' ');
    put_count(out, counts->replaced, " replaced or withdrawn by a later return, and marked so.");
}

typedef struct agency_count {
    uint32_t agency;
    size_t left_out;
    const tdm__report_options *options;
} agency_count;

static tdm_status count_left_out(const tdm_run *run, const tdm__event *event, void *payload)
{
    agency_count *to = payload;
    if (event->agency == to->agency && !tdm__event_shown(run, event, to->options))
        to->left_out++;
    return TDM_OK;
}

void tdm__put_left_out(tdm__text *out, const tdm_run *run, size_t position,
                       const tdm__report_options *options)
{
    tdm__row_counts counts = tdm__count_rows(run, position, options);
    bool any = false;
    if (!options->significant)
        return;
    tdm__text_puts(out,
                   "Significant rows only: those of a concern, and others rated high or medium. Left out: ");
    put_count(out, counts.left_out, " of ");
    put_count(out, counts.left_out + counts.all, " rows");
    for (uint32_t agency = 0; agency < tdm__chronology_agency_count(run->chronology); agency++) {
        agency_count one = {agency, 0, options};
        tdm__each_row(run, position, count_left_out, &one);
        if (one.left_out == 0)
            continue;
        tdm__text_puts(out, any ? ", " : " (");
        tdm__put_own_lines(out, tdm__chronology_agency_title(run->chronology, agency));
        tdm__text_char(out, ' ');
        put_count(out, one.left_out, "");
        any = true;
    }
    tdm__text_puts(out, any ? "). The full chronology holds them." : ".");
}

void tdm__put_case(tdm__text *out, const tdm_run *run)
{
    char as_of[TDM__WORDS_SIZE];
    tdm__day_words(as_of, run->as_of);
    if (run->case_id.length > 0) {
        tdm__text_puts(out, "Case ");
        tdm__put_own_lines(out, run->case_id);
        tdm__text_puts(out, ", ");
    }
    tdm__text_printf(out, "%s %s", run->case_id.length > 0 ? "as of" : "As of", as_of);
    size_t before = out->length;
    tdm__text_puts(out, ". ");
    size_t start = out->length;
    tdm__put_missing(out, run->chronology);
    /* Whoever writes this ends it with a full stop of their own. */
    out->length = out->failed ? out->length : out->length > start ? out->length - 1 : before;
    if (!out->failed)
        out->data[out->length] = '\0';
}
