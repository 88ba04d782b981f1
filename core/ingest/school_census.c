/*
 * Two files of the school census as CSV: exclusions, each an event; and sessions by reason, of which
 * those of one pupil at one school are one summary of a term. The files of sessions have no date: the
 * term comes from what the case folder declares, else from the file's name, else it is not known.
 */
#include "ingest/school_census.h"

#include <stdio.h>
#include <string.h>

static const char summary_kind[] = "attendance-summary";

/* --- headings --- */

enum { SESSION_CHILD, SESSION_SCHOOL, SESSION_COUNT, SESSION_REASON, SESSION_POSSIBLE };

static const char *const session_columns[] = {
    "pupilonrolltableid",
    "nativeid",
    "sessions",
    "attendancereason",
    "termlysessionspossible",
    "termlysessiondetailsonrolltableid",
    "termlysessiondetailsonrollorderseqcolumn",
    "sourceid",
};
#define SESSION_COLUMNS (sizeof session_columns / sizeof session_columns[0])

enum { EXCLUSION_SESSIONS = 6, EXCLUSION_REASON = 7, EXCLUSION_REASONS = 3 };

static const tdm__national_field exclusion_columns[] = {
    {.name = "pupilonrolltableid", .use = TDM__USE_CHILD},
    {.name = "termlyexclusionsonrolltableid", .use = TDM__USE_REFERENCE},
    {.name = "nativeid"},
    {.name = "termlyexclusionsonrollorderseqcolumn"},
    {.name = "sourceid"},
    {.name = "startdate", .use = TDM__USE_DATE},
    [EXCLUSION_SESSIONS] = {.name = "sessions", .use = TDM__USE_FACT, .fact = "sessions"},
    [EXCLUSION_REASON] = {.name = "reason1", .use = TDM__USE_FIELD, .field = TDM__FIELD_TEXT},
    {.name = "reason2"},
    {.name = "reason3"},
    {.name = "category", .use = TDM__USE_FACT, .fact = "permanent", .words = tdm__exclusion_permanent},
    {.name = "senprovision"},
};
#define EXCLUSION_COLUMNS (sizeof exclusion_columns / sizeof exclusion_columns[0])

static const tdm__national_form exclusions = {
    .name = "exclusions",
    .fields = exclusion_columns,
    .field_count = EXCLUSION_COLUMNS,
    .events = {{"exclusion", TDM__WHEN_ALWAYS, NULL}},
};

static const tdm__national_form summaries = {
    .name = "sessions",
    .events = {{summary_kind, TDM__WHEN_ALWAYS, NULL}},
};

static bool is_heading(tdm_str heading, const void *payload)
{
    const tdm__word word[] = {{payload, ""}, {NULL, NULL}};
    return tdm__word_for(word, heading, false).data != NULL;
}

static bool has_headings(tdm_str content, const char *first, const char *second)
{
    size_t cells;
    return tdm__national_headings(&cells, content, is_heading, first) == 1 &&
           tdm__national_headings(&cells, content, is_heading, second) == 1;
}

static bool is_sessions(tdm_str content)
{
    return has_headings(content, "attendancereason", "sessions");
}

static bool is_exclusions(tdm_str content)
{
    return has_headings(content, "startdate", "category") && has_headings(content, "reason1", "sessions");
}

bool tdm__school_census_recognised(tdm_str content)
{
    return has_headings(content, "pupilonrolltableid", "sessions") &&
           (is_sessions(content) || is_exclusions(content));
}

/* --- the reading --- */

typedef struct session_row {
    tdm_str code;
    int64_t sessions; /* -1: not given */
    uint32_t next;    /* of the same pupil; TDM_NO_INDEX: none */
} session_row;

typedef struct pupil {
    tdm_str child, school;
    int32_t row;
    uint32_t first, last;
    int64_t missed;
    bool is_absent;   /* a code of absence stands among the rows */
    bool is_doubtful; /* so that what was missed is no number */
    int64_t possible; /* -1: not given */
    bool possible_differs;
} pupil;

typedef struct school_census {
    tdm__national national;
    tdm__return *file;
    tdm_date term;
    tdm_str term_written; /* "": not from the name */
    int32_t school_year;
    tdm__dictionary pupil_keys;
    tdm__text key;
    pupil *pupils;
    size_t pupil_capacity;
    session_row *rows;
    size_t row_count, row_capacity;
    tdm_str values[TDM__NATIONAL_FIELDS_MAX];
} school_census;

/* "133.0" is 133: what wrote the file counts half days as fractions. */
static tdm_str whole_of(tdm_str number)
{
    tdm_str whole = number;
    size_t point = 0;
    while (point < number.length && number.data[point] != '.')
        point++;
    for (size_t i = point + 1; i < number.length; i++)
        if (number.data[i] != '0')
            return number;
    whole.length = point;
    return whole;
}

static tdm_status set_aside(school_census *s, int32_t row, const char *code, const char *words)
{
    return tdm__note(s->file, TDM__ERROR, code, row, TDM_LIT("pupilonrolltableid"), "%s", words);
}

/* --- exclusions --- */

static const char *exclusion_column(const void *payload, size_t at)
{
    (void)payload;
    return exclusion_columns[at].name;
}

static bool exclusion_holds_dates(const void *payload, size_t at)
{
    const school_census *s = payload;
    return tdm__national_holds_dates(&s->national, &exclusion_columns[at]);
}

static tdm_status put_reason(school_census *s, tdm__text *words, size_t at, int32_t row)
{
    tdm_str code = s->values[at];
    if (code.length == 0)
        return TDM_OK;
    tdm_str ours = tdm__word_for(tdm__exclusion_reasons, code, false);
    if (words->length > 0)
        tdm__text_puts(words, "; ");
    tdm__text_add(words, ours.data ? ours : code);
    if (ours.data)
        return TDM_OK;
    return tdm__note_once(s->file, TDM__WARNING, "code-unknown", row, tdm__str(exclusion_columns[at].name),
                          code, "none of the reasons of the census; it is kept as it is");
}

static tdm_status exclusion_row(bool *landed, void *payload, const tdm_str *values, int32_t row)
{
    school_census *s = payload;
    tdm__text words;
    tdm_status status = TDM_OK;
    memcpy(s->values, values, EXCLUSION_COLUMNS * sizeof *values);
    s->values[EXCLUSION_SESSIONS] = whole_of(s->values[EXCLUSION_SESSIONS]);
    tdm__text_init(&words, s->file->allocator);
    for (size_t i = 0; i < EXCLUSION_REASONS && status == TDM_OK; i++)
        status = put_reason(s, &words, EXCLUSION_REASON + i, row);
    s->values[EXCLUSION_REASON] = tdm__text_str(&words);
    tdm__national_record record = {.form = &exclusions, .row = row, .values = s->values};
    if (status == TDM_OK)
        status = words.failed ? TDM_NO_MEMORY : tdm__national_add(landed, &s->national, &record);
    tdm__text_free(&words);
    return status;
}

/* --- the term --- */

typedef struct term {
    const char *name;
    int32_t from_month, to_month, to_day; /* as wide as terms are anywhere, since Easter moves */
} term;

static const term terms[] = {{"autumn", 9, 12, 31}, {"spring", 1, 4, 30}, {"summer", 4, 8, 31}};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A year of four digits standing alone; 0: none. */
static int32_t year_in(tdm_str name)
{
    for (size_t i = 0; i + 4 <= name.length; i++) {
        bool alone = (i == 0 || !is_digit(name.data[i - 1])) &&
                     (i + 4 == name.length || !is_digit(name.data[i + 4]));
        int32_t year = 0;
        for (size_t k = 0; k < 4 && is_digit(name.data[i + k]); k++)
            year = year * 10 + (name.data[i + k] - '0');
        if (alone && year >= 1990 && year <= 2100)
            return year;
    }
    return 0;
}

static const term *term_in(tdm_str name)
{
    for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++)
        for (size_t at = 0; at < name.length; at++) {
            const tdm__word word[] = {{terms[i].name, ""}, {NULL, NULL}};
            if (tdm__word_for(word, (tdm_str){name.data + at, name.length - at}, true).data)
                return &terms[i];
        }
    return NULL;
}

static tdm_status term_of_name(school_census *s)
{
    char room[40];
    tdm_str name = s->file->name;
    for (size_t i = name.length; i > 0; i--)
        if (name.data[i - 1] == '/') {
            name = (tdm_str){name.data + i, name.length - i};
            break;
        }
    int32_t year = year_in(name);
    const term *found = term_in(name);
    if (year == 0 || !found)
        return tdm__note(s->file, TDM__WARNING, "date-missing", 0, TDM_LIT(""),
                         "neither the file nor its name nor a declared period says which term this is; its "
                         "rows are kept as undated");
    tdm_day_from_civil(&s->term.from, year, found->from_month, 1);
    tdm_day_from_civil(&s->term.to, year, found->to_month, found->to_day);
    snprintf(room, sizeof room, "%s term %d", found->name, (int)year);
    s->term_written = tdm__arena_copy(&s->file->arena, tdm__str(room));
    if (!s->term_written.data)
        return TDM_NO_MEMORY;
    return tdm__note(s->file, TDM__INFORMATION, "term-from-name", 0, TDM_LIT(""),
                     "the rows have no date; they are of some day of the term that the file's name gives");
}

static tdm_status find_term(school_census *s)
{
    const tdm__declared *declared = &s->file->declared;
    tdm_status status = TDM_OK;
    s->term = (tdm_date){TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0};
    s->school_year = TDM__NO_SCHOOL_YEAR;
    if (declared->cover_count == 1) {
        s->term.from = declared->covers[0].from;
        s->term.to = declared->covers[0].to;
    } else {
        status = term_of_name(s);
    }
    if (s->term.from > TDM_DAY_BEFORE_ALL) {
        int32_t year, month, day;
        tdm_day_to_civil(s->term.from, &year, &month, &day);
        s->school_year = month >= 8 ? year : year - 1;
    }
    return status;
}

/* --- sessions --- */

static const char *session_column(const void *payload, size_t at)
{
    (void)payload;
    return session_columns[at];
}

static tdm_status pupil_of(uint32_t *out, school_census *s, const tdm_str *values, int32_t row)
{
    size_t before = s->pupil_keys.count;
    tdm__text_clear(&s->key);
    tdm__text_add(&s->key, values[SESSION_CHILD]);
    tdm__text_char(&s->key, '\n');
    tdm__text_add(&s->key, values[SESSION_SCHOOL]);
    if (s->key.failed)
        return TDM_NO_MEMORY;
    tdm_status status = tdm__dictionary_add(out, &s->pupil_keys, tdm__text_str(&s->key));
    if (status != TDM_OK || s->pupil_keys.count == before)
        return status;
    pupil *grown = tdm__grown(s->file->allocator, s->pupils, &s->pupil_capacity, s->pupil_keys.count,
                              sizeof *grown);
    if (!grown)
        return TDM_NO_MEMORY;
    tdm_str key = tdm__dictionary_at(&s->pupil_keys, *out);
    tdm_str child = {key.data, values[SESSION_CHILD].length};
    s->pupils = grown;
    s->pupils[*out] = (pupil){.child = child,
                              .school = {key.data + child.length + 1, values[SESSION_SCHOOL].length},
                              .row = row,
                              .first = TDM_NO_INDEX,
                              .last = TDM_NO_INDEX,
                              .possible = -1};
    return TDM_OK;
}

static tdm_status read_number(int64_t *out, school_census *s, const tdm_str *values, size_t at, int32_t row)
{
    tdm_str value = whole_of(values[at]);
    bool read = tdm__str_to_int64(out, value) && *out >= 0 && *out <= INT32_MAX;
    if (!read)
        *out = -1;
    if (value.length == 0 && at == SESSION_COUNT)
        return tdm__note(s->file, TDM__WARNING, "sessions-missing", row, tdm__str(session_columns[at]),
                         "no number of sessions stands here; what the pupil missed is not known");
    if (value.length > 0 && !read)
        return tdm__note(s->file, TDM__WARNING, "fact-not-read", row, tdm__str(session_columns[at]),
                         "not of the form that this fact has; it is left out");
    return TDM_OK;
}

static tdm_status note_code(school_census *s, tdm_str code, int32_t row, bool of_other_years)
{
    const tdm_str column = TDM_LIT("attendancereason");
    if (code.length == 0)
        return tdm__note(s->file, TDM__WARNING, "code-missing", row, column,
                         "no reason stands here; what the pupil missed is not known");
    if (of_other_years)
        return tdm__note_once(s->file, TDM__WARNING, "code-of-other-years", row, column, code,
                              "a code of the register in other years; it is read as it was meant then");
    return tdm__note_once(s->file, TDM__WARNING, "code-unknown", row, column, code,
                          "no code of the register; whether its sessions were missed is not known");
}

/* A row of the pupil. Sessions with a code or without a number that cannot be read make the sum no number. */
static tdm_status add_session_row(school_census *s, pupil *p, tdm_str code, int64_t sessions, int32_t row)
{
    bool of_other_years;
    session_row *grown = tdm__grown(s->file->allocator, s->rows, &s->row_capacity, s->row_count + 1,
                                    sizeof *grown);
    if (!grown)
        return TDM_NO_MEMORY;
    s->rows = grown;
    tdm_str kept = tdm__arena_copy(&s->file->arena, code);
    if (!kept.data)
        return TDM_NO_MEMORY;
    s->rows[s->row_count] = (session_row){kept, sessions, TDM_NO_INDEX};
    if (p->last == TDM_NO_INDEX)
        p->first = (uint32_t)s->row_count;
    else
        s->rows[p->last].next = (uint32_t)s->row_count;
    p->last = (uint32_t)s->row_count++;
    tdm__attendance means = tdm__attendance_of(&of_other_years, code, s->school_year);
    p->is_absent |= means == TDM__ATTENDANCE_ABSENT;
    p->is_doubtful |= means == TDM__ATTENDANCE_UNKNOWN || (means == TDM__ATTENDANCE_ABSENT && sessions < 0);
    if (means == TDM__ATTENDANCE_ABSENT && sessions > 0)
        p->missed += sessions;
    return means == TDM__ATTENDANCE_UNKNOWN || of_other_years ? note_code(s, code, row, of_other_years)
                                                              : TDM_OK;
}

static void keep_possible(pupil *p, int64_t possible)
{
    p->possible_differs |= p->possible >= 0 && possible >= 0 && p->possible != possible;
    if (p->possible < 0)
        p->possible = possible;
}

static tdm_status session_row_read(bool *landed, void *payload, const tdm_str *values, int32_t row)
{
    school_census *s = payload;
    uint32_t number;
    int64_t sessions, possible;
    const tdm__roster *roster = s->file->roster;
    tdm_str child = values[SESSION_CHILD];
    if (child.length == 0)
        return set_aside(s, row, "child-missing", "the row names no child; it is set aside");
    if (roster && tdm__roster_find(roster, s->national.agency, child) == TDM_NO_INDEX)
        return set_aside(s, row, "child-unknown",
                         "the row names a child that case.json does not know; it is set aside");
    tdm_status status = pupil_of(&number, s, values, row);
    if (status == TDM_OK)
        status = read_number(&sessions, s, values, SESSION_COUNT, row);
    if (status == TDM_OK)
        status = read_number(&possible, s, values, SESSION_POSSIBLE, row);
    if (status == TDM_OK)
        status = add_session_row(s, &s->pupils[number], values[SESSION_REASON], sessions, row);
    if (status != TDM_OK)
        return status;
    keep_possible(&s->pupils[number], possible);
    *landed = true;
    return TDM_OK;
}

/* --- summaries --- */

static tdm_status put_fact(school_census *s, const char *key, int64_t number)
{
    char room[24];
    tdm__draft *draft = &s->national.draft;
    tdm__how how = {.field = TDM__FIELD_FACT, .fact_key = tdm__str(key)};
    how.fact = tdm__vocabulary_fact(draft->vocabulary, how.fact_key);
    snprintf(room, sizeof room, "%lld", (long long)number);
    tdm_str text = tdm__arena_copy(draft->scratch, tdm__str(room));
    if (!text.data)
        return TDM_NO_MEMORY;
    draft->event.row_key = tdm__cells_hash(draft->event.row_key, text);
    return tdm__note_problem(s->file, tdm__draft_read(draft, &how, text), 0, tdm__str(key), text);
}

/* Half days of all weeks that the term touches; 0: it is not known. */
static int64_t sessions_at_most(const school_census *s)
{
    if (s->term.from <= TDM_DAY_BEFORE_ALL || s->term.to >= TDM_DAY_AFTER_ALL)
        return 0;
    return (((int64_t)s->term.to - s->term.from + 1) / 7 + 1) * 10;
}

/* "C 125, G not given": the sessions as the rows have them. */
static tdm_status put_codes(school_census *s, const pupil *p)
{
    tdm__text text;
    tdm__draft *draft = &s->national.draft;
    tdm__text_init(&text, s->file->allocator);
    tdm__text_puts(&text, "sessions by code of the register: ");
    for (uint32_t i = p->first; i != TDM_NO_INDEX; i = s->rows[i].next) {
        const session_row *row = &s->rows[i];
        tdm__text_add(&text, row->code.length > 0 ? row->code : TDM_LIT("no code"));
        if (row->sessions < 0)
            tdm__text_puts(&text, " not given");
        else
            tdm__text_printf(&text, " %lld", (long long)row->sessions);
        if (row->next != TDM_NO_INDEX)
            tdm__text_puts(&text, ", ");
    }
    tdm_str copy = text.failed ? (tdm_str){NULL, 0} : tdm__arena_copy(draft->scratch, tdm__text_str(&text));
    tdm__text_free(&text);
    draft->event.strings[TDM__TEXT] = copy;
    draft->event.row_key = tdm__cells_hash(draft->event.row_key, copy);
    return copy.data ? TDM_OK : TDM_NO_MEMORY;
}

static tdm_status put_numbers(school_census *s, const pupil *p)
{
    bool missed_known = p->is_absent && !p->is_doubtful;
    bool possible_known = p->possible >= 0 && !p->possible_differs;
    tdm_status status = TDM_OK;
    if (p->possible_differs)
        status =
            tdm__note(s->file, TDM__WARNING, "possible-differs", p->row, TDM_LIT("termlysessionspossible"),
                      "rows of one pupil give different numbers of possible sessions; they are left out");
    if (status == TDM_OK && missed_known)
        status = put_fact(s, "sessions_missed", p->missed);
    if (status == TDM_OK && possible_known)
        status = put_fact(s, "sessions_possible", p->possible);
    int64_t most = possible_known ? p->possible : sessions_at_most(s);
    if (status == TDM_OK && missed_known && (possible_known || most > 0) && p->missed > most)
        status = tdm__note(s->file, TDM__WARNING, "more-missed-than-possible", p->row, TDM_LIT("sessions"),
                           "more sessions were missed than the pupil or the term had; the number is kept");
    return status;
}

static tdm_status add_summary(school_census *s, const pupil *p)
{
    bool landed;
    char day[TDM_DATE_TEXT_SIZE];
    tdm__draft *draft = &s->national.draft;
    tdm__arena_reset(&s->national.scratch);
    tdm__draft_clear(draft);
    uint32_t kind = tdm__vocabulary_kind(draft->vocabulary, tdm__str(summary_kind));
    draft->event.kind = kind == TDM_NO_INDEX ? draft->vocabulary->kind_other : kind;
    draft->child = p->child;
    draft->event.agency = s->national.agency;
    draft->event.source = s->national.source;
    draft->event.row = (uint32_t)p->row;
    draft->event.occurred = s->term;
    draft->event.strings[TDM__OCCURRED_AS_WRITTEN] = s->term_written;
    tdm_date_format(day, s->term);
    uint64_t cells = tdm__cells_hash(tdm__cells_hash(0, tdm__str(summary_kind)), p->child);
    draft->event.row_key = tdm__cells_hash(tdm__cells_hash(cells, p->school), tdm__str(day));
    tdm_status status = put_codes(s, p);
    if (status == TDM_OK)
        status = put_numbers(s, p);
    if (status == TDM_OK)
        status = tdm__row_key_of_cells(&draft->event.row_key, &s->file->keys, draft->event.row_key);
    return status == TDM_OK ? tdm__draft_add(&landed, s->file, draft) : status;
}

static tdm_status read_sessions(school_census *s, tdm_error *error)
{
    const tdm__national_rows rows = {
        .name_count = SESSION_COLUMNS, .name = session_column, .row = session_row_read, .payload = s};
    tdm_status status = find_term(s);
    if (status == TDM_OK)
        status = tdm__national_walk(s->file, &rows, error);
    for (size_t i = 0; i < s->pupil_keys.count && status == TDM_OK; i++)
        status = add_summary(s, &s->pupils[i]);
    return status;
}

/* --- the file --- */

static tdm_status read_file(school_census *s, tdm_error *error)
{
    bool sessions = is_sessions(s->file->content);
    const tdm__national_form *form = sessions ? &summaries : &exclusions;
    const tdm__national_rows rows = {.name_count = EXCLUSION_COLUMNS,
                                     .name = exclusion_column,
                                     .row = exclusion_row,
                                     .payload = s,
                                     .holds_dates = exclusion_holds_dates,
                                     .rules = &s->file->collection->dates,
                                     .doubtful = s->national.doubtful};
    tdm_status status = tdm__national_source(&s->national, &form, 1);
    if (status != TDM_OK)
        return status;
    return sessions ? read_sessions(s, error) : tdm__national_walk(s->file, &rows, error);
}

tdm_status tdm__read_school_census(tdm__return *file, tdm_error *error)
{
    school_census s = {.file = file};
    tdm_status status = tdm__decode(file, (tdm_str){NULL, 0}, error);
    if (status != TDM_OK)
        return status;
    if (!tdm__school_census_recognised(file->content))
        return tdm__fail_at(error, TDM_INVALID_INPUT, (tdm_place){file->name, 1, 0},
                            "the heading is that of neither sessions nor exclusions of the school census");
    tdm__dictionary_init(&s.pupil_keys, file->allocator);
    tdm__text_init(&s.key, file->allocator);
    tdm__national_init(&s.national, file, file->agency.length > 0 ? file->agency : TDM_LIT("school"));
    status = read_file(&s, error);
    tdm__national_free(&s.national);
    tdm__text_free(&s.key);
    tdm__dictionary_free(&s.pupil_keys);
    tdm__free(file->allocator, s.pupils);
    tdm__free(file->allocator, s.rows);
    return status;
}
