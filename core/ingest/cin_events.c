/*
 * Records of the census to events: one function a record, in a table. The national collection has no
 * recorded days, so none is set. Reading XML is cin_census.c's business.
 */
#include "ingest/cin.h"

#include <string.h>

#define EXPECTED_DAYS_MAX 366 /* between birth and expected birth, beyond any pregnancy */

static const char agency_code[] = "childrens-social-care";

/* Kinds that a census can hold, each with its facts. */
static const struct {
    const char *kind;
    const char *facts[3];
} kinds[] = {
    {"referral", {"referral_source", "primary_need", "no_further_action"}},
    {"case-closure", {"closure_reason"}},
    {"assessment-start", {NULL}},
    {"assessment-end", {"factors"}},
    {"cin-plan-start", {NULL}},
    {"cin-plan-end", {NULL}},
    {"s47-start", {NULL}},
    {"icpc", {"due", "not_required"}},
    {"cp-plan-start", {"category", "previous_plans"}},
    {"cp-plan-end", {"category"}},
    {"cp-review", {NULL}},
};

static uint64_t facts_of(const tdm_vocabulary *vocabulary, const char *const keys[3])
{
    uint64_t facts = 0;
    for (int i = 0; i < 3 && keys[i]; i++) {
        uint32_t fact = tdm__vocabulary_fact(vocabulary, tdm__str(keys[i]));
        facts |= fact != TDM_NO_INDEX ? UINT64_C(1) << fact : 0;
    }
    return facts;
}

tdm_status tdm__cin_source(tdm__cin *cin)
{
    uint32_t carries[sizeof kinds / sizeof kinds[0]];
    uint64_t facts[sizeof kinds / sizeof kinds[0]];
    const tdm_vocabulary *vocabulary = cin->file->collection->vocabulary;
    tdm__rows_from rows = {.agency = tdm__str(agency_code), .carries = carries, .carries_facts = facts};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        uint32_t kind = tdm__vocabulary_kind(vocabulary, tdm__str(kinds[i].kind));
        if (kind == TDM_NO_INDEX)
            continue;
        facts[rows.carry_count] = facts_of(vocabulary, kinds[i].facts);
        carries[rows.carry_count++] = kind;
    }
    return tdm__return_source(&cin->source, cin->file, &rows);
}

/* --- diagnostics --- */

static tdm_status note_field(tdm__cin *cin, const tdm__cin_record *record, int32_t field,
                             tdm__severity severity, const char *code, const char *words)
{
    int32_t line = record->lines[field] > 0 ? record->lines[field] : record->line;
    return tdm__note(cin->file, severity, code, line, tdm__str(tdm__cin_field_name(record->type, field)),
                     "%s", words);
}

static tdm_status read_day(tdm_date *out, tdm__cin *cin, const tdm__cin_record *record, int32_t field)
{
    if (tdm_date_parse(out, NULL, record->fields[field], NULL) == TDM_OK)
        return TDM_OK;
    *out = (tdm_date){TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0};
    return note_field(cin, record, field, TDM__WARNING, "date-not-read",
                      "no date that can be read; it is left out");
}

static bool is_exact(tdm_date date)
{
    return date.from == date.to;
}

/* --- the header --- */

tdm_status tdm__cin_header(tdm__cin *cin)
{
    tdm_date reference;
    int64_t year;
    int32_t reference_year, month, day;
    const tdm__cin_record *header = &cin->header;
    tdm_status status = read_day(&reference, cin, header, TDM__HEADER_REFERENCE);
    if (status != TDM_OK || header->fields[TDM__HEADER_REFERENCE].length == 0 || !is_exact(reference))
        return status;
    cin->reference_day = reference.from;
    tdm_day_to_civil(reference.from, &reference_year, &month, &day);
    if (header->fields[TDM__HEADER_YEAR].length > 0 &&
        (!tdm__str_to_int64(&year, header->fields[TDM__HEADER_YEAR]) || year != reference_year))
        status = note_field(cin, header, TDM__HEADER_YEAR, TDM__WARNING, "year-differs",
                            "the year of the collection is not that of its reference date");
    return status;
}

/* --- one event --- */

static tdm_status begin(tdm__cin *cin, const char *kind, const tdm__cin_record *row,
                        const tdm__cin_record *record, int32_t date_field)
{
    tdm__draft *draft = &cin->draft;
    tdm_str date = record->fields[date_field];
    tdm__how how = {.field = TDM__FIELD_OCCURRED, .fact = TDM_NO_INDEX};
    int32_t line = record->lines[date_field] > 0 ? record->lines[date_field] : record->line;
    tdm_str column = tdm__str(tdm__cin_field_name(record->type, date_field));
    tdm__arena_reset(&cin->scratch);
    tdm__draft_clear(draft);
    draft->child = cin->records[0].fields[TDM__CHILD_ID];
    draft->event.agency = tdm__str(agency_code);
    draft->event.source = cin->source;
    draft->event.row = (uint32_t)row->line;
    uint32_t code = tdm__vocabulary_kind(draft->vocabulary, tdm__str(kind));
    draft->event.kind = code == TDM_NO_INDEX ? draft->vocabulary->kind_other : code;
    draft->event.row_key = tdm__cells_hash(tdm__cells_hash(0, tdm__str(kind)), draft->child);
    draft->event.row_key = tdm__cells_hash(draft->event.row_key, date);
    if (date.length == 0)
        return note_field(cin, record, date_field, TDM__WARNING, "date-missing",
                          "the record lacks this date; its event is kept as undated");
    tdm__problem problem = tdm__draft_read(draft, &how, date);
    tdm_status status = tdm__note_problem(cin->file, problem, line, column, date);
    if (status == TDM_OK && problem == TDM__FINE && cin->reference_day != TDM_DAY_NONE &&
        draft->event.occurred.from > cin->reference_day)
        status = note_field(cin, record, date_field, TDM__WARNING, "after-reference-date",
                            "later than the reference date of the census; it is kept");
    return status;
}

/* A flag is written in two ways, and the entry is the same. */
static tdm_str cell_of(const tdm__draft *draft, uint32_t fact, tdm_str value)
{
    if (fact == TDM_NO_INDEX || draft->vocabulary->facts[fact].type != TDM__FACT_YES_NO)
        return value;
    if (tdm__str_equal(value, TDM_LIT("1")))
        return TDM_LIT("true");
    return tdm__str_equal(value, TDM_LIT("0")) ? TDM_LIT("false") : value;
}

static tdm_status add_fact(tdm__cin *cin, const char *key, const tdm__cin_record *record, int32_t field)
{
    tdm__draft *draft = &cin->draft;
    tdm_str value = record->fields[field];
    tdm__how how = {.field = TDM__FIELD_FACT, .fact_key = tdm__str(key)};
    if (value.length == 0)
        return TDM_OK;
    how.fact = tdm__vocabulary_fact(draft->vocabulary, how.fact_key);
    draft->event.row_key = tdm__cells_hash(draft->event.row_key, cell_of(draft, how.fact, value));
    tdm__problem problem = tdm__draft_read(draft, &how, value);
    return tdm__note_problem(cin->file, problem, record->lines[field],
                             tdm__str(tdm__cin_field_name(record->type, field)), value);
}

typedef struct category {
    const char *theirs, *ours;
} category;

static const category categories[] = {
    {"NEG", "neglect"}, {"PHY", "physical"}, {"SAB", "sexual"}, {"EMO", "emotional"}, {"MUL", "multiple"},
};

static tdm_status add_category(tdm__cin *cin, const tdm__cin_record *record, int32_t field)
{
    tdm__cin_record ours = *record;
    for (size_t i = 0; i < sizeof categories / sizeof categories[0]; i++)
        if (tdm__str_equal(record->fields[field], tdm__str(categories[i].theirs)))
            ours.fields[field] = tdm__str(categories[i].ours);
    return add_fact(cin, "category", &ours, field);
}

/*
 * The same start told in two years' returns gives the same name, so that an end that only the later
 * one knows is tied to it.
 */
static tdm_status name_episode(tdm_str *out, tdm__cin *cin, const char *name, tdm_str started)
{
    char room[TDM_HEX64_SIZE];
    uint64_t key, cells = tdm__cells_hash(0, TDM_LIT("episode"));
    cells = tdm__cells_hash(tdm__cells_hash(cells, tdm__str(name)), cin->records[0].fields[TDM__CHILD_ID]);
    tdm_status status = tdm__row_key_of_cells(&key, &cin->file->keys, tdm__cells_hash(cells, started));
    tdm__hex64(room, key);
    if (status == TDM_OK)
        *out = tdm__arena_copy(&cin->texts, tdm__str(room));
    return status == TDM_OK && !out->data ? TDM_NO_MEMORY : status;
}

static tdm_status finish(tdm__cin *cin, tdm_str episode)
{
    bool landed;
    tdm__event_input *event = &cin->draft.event;
    event->strings[TDM__EPISODE] = episode;
    tdm_status status = tdm__row_key_of_cells(&event->row_key, &cin->file->keys, event->row_key);
    return status == TDM_OK ? tdm__draft_add(&landed, cin->file, &cin->draft) : status;
}

static tdm_status check_order(tdm__cin *cin, const tdm__cin_record *record, int32_t first, int32_t last)
{
    tdm_date start, end;
    if (record->fields[first].length == 0 || record->fields[last].length == 0 ||
        tdm_date_parse(&start, NULL, record->fields[first], NULL) != TDM_OK ||
        tdm_date_parse(&end, NULL, record->fields[last], NULL) != TDM_OK || end.to >= start.from)
        return TDM_OK;
    return note_field(cin, record, last, TDM__WARNING, "ends-before-start",
                      "the end lies before the start; both dates are kept");
}

/* An event whose kind and date say it all. */
static tdm_status add_plain(tdm__cin *cin, const char *kind, const tdm__cin_record *row,
                            const tdm__cin_record *record, int32_t date_field, tdm_str episode)
{
    tdm_status status = begin(cin, kind, row, record, date_field);
    return status == TDM_OK ? finish(cin, episode) : status;
}

/* --- one record --- */

static bool section_47_holds(const tdm__cin *cin, uint32_t details, tdm_str conference)
{
    for (size_t i = 0; i < cin->record_count; i++)
        if (cin->records[i].type == TDM__CIN_SECTION_47 && cin->records[i].parent == details &&
            tdm__str_equal(cin->records[i].fields[TDM__S47_CONFERENCE], conference))
            return true;
    return false;
}

static tdm_status add_closure(tdm__cin *cin, const tdm__cin_record *r, tdm_str episode)
{
    if (r->fields[TDM__DETAILS_CLOSED].length == 0 && r->fields[TDM__DETAILS_REASON].length == 0)
        return TDM_OK;
    tdm_status status = begin(cin, "case-closure", r, r, TDM__DETAILS_CLOSED);
    if (status == TDM_OK)
        status = add_fact(cin, "closure_reason", r, TDM__DETAILS_REASON);
    if (status == TDM_OK)
        status = finish(cin, episode);
    if (status == TDM_OK)
        status = check_order(cin, r, TDM__DETAILS_REFERRED, TDM__DETAILS_CLOSED);
    return status;
}

static bool says_yes(tdm_str value)
{
    return tdm__str_equal(value, TDM_LIT("1")) || tdm__str_equal(value, TDM_LIT("true"));
}

static tdm_status add_details(tdm__cin *cin, uint32_t number)
{
    const tdm__cin_record *r = &cin->records[number];
    tdm_str episode = {NULL, 0}, conference = r->fields[TDM__DETAILS_CONFERENCE];
    tdm_status status = TDM_OK;
    /* No further action without a closure: no case was opened. */
    if (!says_yes(r->fields[TDM__DETAILS_NO_ACTION]) || r->fields[TDM__DETAILS_CLOSED].length > 0)
        status = name_episode(&episode, cin, "case", r->fields[TDM__DETAILS_REFERRED]);
    if (status == TDM_OK)
        status = begin(cin, "referral", r, r, TDM__DETAILS_REFERRED);
    if (status == TDM_OK)
        status = add_fact(cin, "referral_source", r, TDM__DETAILS_SOURCE);
    if (status == TDM_OK)
        status = add_fact(cin, "primary_need", r, TDM__DETAILS_NEED);
    if (status == TDM_OK)
        status = add_fact(cin, "no_further_action", r, TDM__DETAILS_NO_ACTION);
    if (status == TDM_OK)
        status = finish(cin, episode);
    if (status == TDM_OK)
        status = add_closure(cin, r, episode);
    /* The census tells a conference twice when an enquiry led to it. */
    if (status == TDM_OK && conference.length > 0 && !section_47_holds(cin, number, conference))
        status = add_plain(cin, "icpc", r, r, TDM__DETAILS_CONFERENCE, (tdm_str){NULL, 0});
    return status;
}

static tdm_status add_assessment(tdm__cin *cin, uint32_t number)
{
    const tdm__cin_record *r = &cin->records[number];
    tdm_str episode;
    bool ended = r->fields[TDM__ASSESSMENT_AUTHORISED].length > 0;
    tdm_status status = name_episode(&episode, cin, "assessment", r->fields[TDM__ASSESSMENT_STARTED]);
    if (status == TDM_OK)
        status = begin(cin, "assessment-start", r, r, TDM__ASSESSMENT_STARTED);
    /* Factors belong to the end; while there is none, they are kept with the start. */
    if (status == TDM_OK && !ended)
        status = add_fact(cin, "factors", r, TDM__ASSESSMENT_FACTORS);
    if (status == TDM_OK)
        status = finish(cin, episode);
    if (status == TDM_OK && ended && r->fields[TDM__ASSESSMENT_FACTORS].length == 0)
        status = note_field(cin, r, TDM__ASSESSMENT_FACTORS, TDM__INFORMATION, "factors-missing",
                            "the assessment was authorised and names no factors");
    if (status != TDM_OK || !ended)
        return status;
    status = begin(cin, "assessment-end", r, r, TDM__ASSESSMENT_AUTHORISED);
    if (status == TDM_OK)
        status = add_fact(cin, "factors", r, TDM__ASSESSMENT_FACTORS);
    if (status == TDM_OK)
        status = finish(cin, episode);
    if (status == TDM_OK)
        status = check_order(cin, r, TDM__ASSESSMENT_STARTED, TDM__ASSESSMENT_AUTHORISED);
    return status;
}

static tdm_status add_plan(tdm__cin *cin, uint32_t number)
{
    const tdm__cin_record *r = &cin->records[number];
    tdm_str episode;
    tdm_status status = name_episode(&episode, cin, "cin-plan", r->fields[TDM__PLAN_STARTED]);
    if (status == TDM_OK)
        status = add_plain(cin, "cin-plan-start", r, r, TDM__PLAN_STARTED, episode);
    if (status == TDM_OK && r->fields[TDM__PLAN_ENDED].length > 0)
        status = add_plain(cin, "cin-plan-end", r, r, TDM__PLAN_ENDED, episode);
    if (status == TDM_OK)
        status = check_order(cin, r, TDM__PLAN_STARTED, TDM__PLAN_ENDED);
    return status;
}

static tdm_status add_section_47(tdm__cin *cin, uint32_t number)
{
    const tdm__cin_record *r = &cin->records[number];
    tdm_str episode;
    tdm_status status = name_episode(&episode, cin, "s47", r->fields[TDM__S47_STARTED]);
    if (status == TDM_OK)
        status = add_plain(cin, "s47-start", r, r, TDM__S47_STARTED, episode);
    if (status != TDM_OK || r->fields[TDM__S47_CONFERENCE].length == 0)
        return status;
    status = begin(cin, "icpc", r, r, TDM__S47_CONFERENCE);
    if (status == TDM_OK)
        status = add_fact(cin, "due", r, TDM__S47_TARGET);
    if (status == TDM_OK)
        status = add_fact(cin, "not_required", r, TDM__S47_NOT_REQUIRED);
    if (status == TDM_OK)
        status = finish(cin, (tdm_str){NULL, 0});
    if (status == TDM_OK)
        status = check_order(cin, r, TDM__S47_STARTED, TDM__S47_CONFERENCE);
    return status;
}

static tdm_status add_protection_plan(tdm__cin *cin, uint32_t number)
{
    const tdm__cin_record *r = &cin->records[number];
    tdm_str episode;
    tdm_status status = name_episode(&episode, cin, "cp-plan", r->fields[TDM__CPP_STARTED]);
    if (status == TDM_OK)
        status = begin(cin, "cp-plan-start", r, r, TDM__CPP_STARTED);
    if (status == TDM_OK)
        status = add_category(cin, r, TDM__CPP_INITIAL);
    if (status == TDM_OK)
        status = add_fact(cin, "previous_plans", r, TDM__CPP_PREVIOUS);
    if (status == TDM_OK)
        status = finish(cin, episode);
    if (status != TDM_OK || r->fields[TDM__CPP_ENDED].length == 0)
        return status;
    status = begin(cin, "cp-plan-end", r, r, TDM__CPP_ENDED);
    if (status == TDM_OK)
        status = add_category(cin, r, TDM__CPP_LATEST);
    if (status == TDM_OK)
        status = finish(cin, episode);
    if (status == TDM_OK)
        status = check_order(cin, r, TDM__CPP_STARTED, TDM__CPP_ENDED);
    return status;
}

static tdm_status add_reviews(tdm__cin *cin, uint32_t number)
{
    for (size_t i = number + 1; i < cin->record_count; i++)
        if (cin->records[i].type == TDM__CIN_REVIEW_DATE && cin->records[i].parent == number)
            return TDM_OK;
    cin->file->set_aside++;
    cin->file->read--;
    return tdm__note(cin->file, TDM__WARNING, "row-without-event", cin->records[number].line,
                     TDM_LIT("Reviews"), "no review date stands here; it is set aside");
}

static tdm_status add_review_date(tdm__cin *cin, uint32_t number)
{
    const tdm__cin_record *r = &cin->records[number];
    return add_plain(cin, "cp-review", &cin->records[r->parent], r, TDM__REVIEW_ON, (tdm_str){NULL, 0});
}

typedef tdm_status (*record_reader)(tdm__cin *cin, uint32_t number);

static const record_reader record_readers[TDM__CIN_TYPES] = {
    [TDM__CIN_DETAILS] = add_details,
    [TDM__CIN_ASSESSMENT] = add_assessment,
    [TDM__CIN_PLAN] = add_plan,
    [TDM__CIN_SECTION_47] = add_section_47,
    [TDM__CIN_PROTECTION_PLAN] = add_protection_plan,
    [TDM__CIN_REVIEWS] = add_reviews,
    [TDM__CIN_REVIEW_DATE] = add_review_date,
};

/* --- the child --- */

/* Letters since 2023 (Sex), figures before (GenderCurrent). */
static const category sexes[] = {{"M", "M"}, {"F", "F"}, {"U", "U"}, {"1", "M"},
                                 {"2", "F"}, {"0", "U"}, {"9", "U"}};

static tdm_status read_sex(tdm_str *out, tdm__cin *cin, const tdm__cin_record *child)
{
    int32_t field = child->fields[TDM__CHILD_SEX].length > 0 ? TDM__CHILD_SEX : TDM__CHILD_GENDER;
    tdm_str value = child->fields[field];
    *out = (tdm_str){NULL, 0};
    for (size_t i = 0; i < sizeof sexes / sizeof sexes[0]; i++)
        if (tdm__str_equal(value, tdm__str(sexes[i].theirs)))
            *out = tdm__str(sexes[i].ours);
    if (value.length > 0 && out->length == 0)
        return note_field(cin, child, field, TDM__WARNING, "code-unknown",
                          "none of the codes of the census; it is left out");
    if (field == TDM__CHILD_SEX && value.length > 0 && value.data[0] >= '0' && value.data[0] <= '9')
        return note_field(cin, child, field, TDM__WARNING, "code-of-other-years",
                          "a code that GenderCurrent had in earlier years; it is read as that");
    return TDM_OK;
}

static tdm_status check_child_dates(tdm__cin *cin, const tdm__cin_record *child, tdm__child_input *input)
{
    tdm_status status = TDM_OK;
    bool born_known = input->born.from > TDM_DAY_BEFORE_ALL;
    if (born_known && input->expected.from > TDM_DAY_BEFORE_ALL &&
        (input->expected.to < input->born.from - EXPECTED_DAYS_MAX ||
         input->expected.from > input->born.to + EXPECTED_DAYS_MAX)) {
        input->expected = (tdm_date){TDM_DAY_BEFORE_ALL, TDM_DAY_AFTER_ALL, 0};
        status = note_field(cin, child, TDM__CHILD_EXPECTED, TDM__WARNING, "date-impossible",
                            "more than a year from the date of birth; it is left out");
    }
    if (status == TDM_OK && born_known && input->died.from > TDM_DAY_BEFORE_ALL &&
        input->died.to < input->born.from)
        status = note_field(cin, child, TDM__CHILD_DIED, TDM__WARNING, "date-impossible",
                            "death lies before birth; both dates are kept");
    return status;
}

static tdm_status add_child(tdm__cin *cin, tdm_str id)
{
    const tdm__cin_record *child = &cin->records[0];
    tdm__child_input input = {.id = id};
    tdm_status status = read_day(&input.born, cin, child, TDM__CHILD_BORN);
    if (status == TDM_OK)
        status = read_day(&input.expected, cin, child, TDM__CHILD_EXPECTED);
    if (status == TDM_OK)
        status = read_day(&input.died, cin, child, TDM__CHILD_DIED);
    if (status == TDM_OK)
        status = read_sex(&input.sex, cin, child);
    if (status == TDM_OK)
        status = check_child_dates(cin, child, &input);
    if (status == TDM_OK)
        status = tdm__return_child(cin->file, &input, child->line);
    return status;
}

static int64_t count_rows(const tdm__cin *cin)
{
    int64_t rows = 0;
    for (size_t i = 0; i < cin->record_count; i++)
        rows += cin->records[i].type <= TDM__CIN_REVIEWS;
    return rows;
}

/* The whole child is set aside, and said so once. */
static tdm_status set_child_aside(tdm__cin *cin, const char *code, const char *words)
{
    cin->file->set_aside += count_rows(cin);
    return tdm__note(cin->file, TDM__ERROR, code, cin->records[0].line, TDM_LIT("LAchildID"), "%s", words);
}

tdm_status tdm__cin_child(tdm__cin *cin)
{
    tdm_str id = cin->records[0].fields[TDM__CHILD_ID];
    const tdm__roster *roster = cin->file->roster;
    if (id.length == 0)
        return set_child_aside(cin, "child-missing", "the child has no id; all of its rows are set aside");
    uint32_t known = roster ? tdm__roster_find(roster, tdm__str(agency_code), id) : 0;
    if (known == TDM_NO_INDEX)
        return set_child_aside(cin, "child-unknown",
                               "case.json does not know this child; all of its rows are set aside");
    tdm_str child = roster ? roster->ids[known] : id;
    tdm_status status = roster ? TDM_OK : tdm__return_child_id(&child, cin->file, tdm__str(agency_code), id);
    if (status == TDM_OK)
        status = add_child(cin, child);
    cin->file->read += count_rows(cin);
    for (uint32_t i = 0; i < cin->record_count && status == TDM_OK; i++)
        if (record_readers[cin->records[i].type])
            status = record_readers[cin->records[i].type](cin, i);
    return status;
}
