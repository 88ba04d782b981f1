/*
 * Records of national forms to events (see national.h). A row of one episode has the key that the
 * census gives it, so that both make one event where they state the same facts.
 */
#include "ingest/national.h"

#include <string.h>

#include "ingest/facts.h"

typedef struct making {
    tdm__national *reading;
    const tdm__national_record *record;
    tdm_str child, reference, episode;
    bool comes[TDM__NATIONAL_EVENTS];
    uint64_t cells; /* of the event at hand */
} making;

void tdm__national_init(tdm__national *reading, tdm__return *file, tdm_str agency)
{
    *reading = (tdm__national){.file = file, .agency = agency};
    tdm__arena_init(&reading->scratch, file->allocator);
    tdm__arena_init(&reading->texts, file->allocator);
    tdm__draft_init(&reading->draft, file->collection->vocabulary, file->allocator, &reading->scratch);
}

void tdm__national_free(tdm__national *reading)
{
    tdm__draft_free(&reading->draft);
    tdm__arena_free(&reading->texts);
    tdm__arena_free(&reading->scratch);
}

/* Bits of the facts that an event of the form may be told with. */
static uint64_t facts_of(const tdm_vocabulary *vocabulary, const tdm__national_form *form, int32_t event)
{
    uint64_t facts = 0;
    for (size_t i = 0; i < form->field_count; i++) {
        const tdm__national_field *field = &form->fields[i];
        bool is_fact = field->use == TDM__USE_FACT &&
                       (field->event == event || (event == 0 && field->or_first));
        uint32_t fact = is_fact ? tdm__vocabulary_fact(vocabulary, tdm__str(field->fact)) : TDM_NO_INDEX;
        if (fact != TDM_NO_INDEX)
            facts |= UINT64_C(1) << fact;
    }
    return facts;
}

tdm_status tdm__national_source(tdm__national *reading, const tdm__national_form *const *forms, size_t count)
{
    const tdm_vocabulary *vocabulary = reading->file->collection->vocabulary;
    tdm__rows_from rows = {.agency = reading->agency};
    size_t room = count * TDM__NATIONAL_EVENTS + 1;
    uint32_t *carries = tdm__arena_array(&reading->file->arena, room, sizeof *carries);
    uint64_t *facts = tdm__arena_array(&reading->file->arena, room, sizeof *facts);
    if (!carries || !facts)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < count; i++)
        for (int e = 0; e < TDM__NATIONAL_EVENTS && forms[i]->events[e].kind; e++) {
            uint32_t kind = tdm__vocabulary_kind(vocabulary, tdm__str(forms[i]->events[e].kind));
            if (kind == TDM_NO_INDEX || kind == vocabulary->kind_other)
                continue;
            facts[rows.carry_count] = facts_of(vocabulary, forms[i], e);
            carries[rows.carry_count++] = kind;
        }
    rows.carries = carries;
    rows.carries_facts = facts;
    return tdm__return_source(&reading->source, reading->file, &rows);
}

/* --- values --- */

const tdm__word tdm__national_categories[] = {
    {"NEG", "neglect"},       {"PHY", "physical"},  {"SAB", "sexual"},
    {"EMO", "emotional"},     {"MUL", "multiple"},  {"Neglect", "neglect"},
    {"Physical", "physical"}, {"Sexual", "sexual"}, {"Emotional", "emotional"},
    {"Multiple", "multiple"}, {NULL, NULL},
};

const tdm__word tdm__national_sexes[] = {{"M", "M"}, {"F", "F"}, {"U", "U"}, {"I", "U"}, {NULL, NULL}};

/* An empty word: the reason opens or ends an episode within one stretch of care (a move, a new status). */
const tdm__word tdm__national_care_started[] = {{"S", "S"}, {"L", ""}, {"P", ""},   {"T", ""},
                                                {"B", ""},  {"U", ""}, {NULL, NULL}};
const tdm__word tdm__national_care_ended[] = {{"E", "E"}, {"X1", ""}, {NULL, NULL}};

static bool same_letter(char theirs, char theirs_too)
{
    char a = theirs >= 'A' && theirs <= 'Z' ? (char)(theirs - 'A' + 'a') : theirs;
    char b = theirs_too >= 'A' && theirs_too <= 'Z' ? (char)(theirs_too - 'A' + 'a') : theirs_too;
    return a == b;
}

tdm_str tdm__word_for(const tdm__word *words, tdm_str value, bool part)
{
    for (const tdm__word *word = words; word->theirs; word++) {
        size_t length = strlen(word->theirs), same = 0;
        if (value.length < length || (!part && value.length != length))
            continue;
        while (same < length && same_letter(word->theirs[same], value.data[same]))
            same++;
        if (same == length)
            return tdm__str(word->ours);
    }
    return (tdm_str){NULL, 0};
}

static tdm_date_rules rules_of(const tdm__national *reading, size_t field)
{
    tdm_date_rules rules = reading->file->collection->dates;
    if (field < TDM__NATIONAL_FIELDS_MAX && reading->doubtful[field])
        rules.order = TDM_ORDER_UNKNOWN;
    return rules;
}

bool tdm__national_date(tdm_date *out, int32_t *minute, const tdm__national *reading, size_t field,
                        tdm_str value)
{
    tdm_date_rules rules = rules_of(reading, field);
    bool read = tdm_date_parse(out, minute, value, &rules) == TDM_OK;
    if (*minute == 0)
        *minute = -1;
    return read;
}

tdm_str tdm__national_day_text(tdm__arena *arena, const tdm__national *reading, size_t field, tdm_str value)
{
    char room[TDM_DATE_TEXT_SIZE];
    tdm_date date;
    int32_t minute;
    if (value.length == 0 || !tdm__national_date(&date, &minute, reading, field, value) ||
        date.from != date.to || date.flags != 0)
        return tdm__arena_copy(arena, value);
    tdm_date_format(room, date);
    return tdm__arena_copy(arena, tdm__str(room));
}

bool tdm__national_holds_dates(const tdm__national *reading, const tdm__national_field *field)
{
    const tdm_vocabulary *vocabulary = reading->draft.vocabulary;
    uint32_t fact = field->use == TDM__USE_FACT ? tdm__vocabulary_fact(vocabulary, tdm__str(field->fact))
                                                : TDM_NO_INDEX;
    return field->use == TDM__USE_DATE || field->use == TDM__USE_ANCHOR ||
           (field->use == TDM__USE_FIELD && field->field == TDM__FIELD_ENDED) ||
           (fact != TDM_NO_INDEX && vocabulary->facts[fact].type == TDM__FACT_DATE);
}

static tdm_str value_of(const making *m, tdm__national_use use, int32_t event)
{
    const tdm__national_form *form = m->record->form;
    for (size_t i = 0; i < form->field_count; i++)
        if (form->fields[i].use == use && form->fields[i].event == event)
            return m->record->values[i];
    return (tdm_str){NULL, 0};
}

static size_t date_field(const tdm__national_form *form, int32_t event)
{
    for (size_t i = 0; i < form->field_count; i++)
        if (form->fields[i].use == TDM__USE_DATE && form->fields[i].event == event)
            return i;
    return event > 0 ? date_field(form, 0) : form->field_count;
}

static tdm_str date_of(const making *m, int32_t event)
{
    size_t at = date_field(m->record->form, event);
    return at < m->record->form->field_count ? m->record->values[at] : (tdm_str){NULL, 0};
}

static int32_t row_of(const making *m, size_t field)
{
    bool own = m->record->rows && field < m->record->form->field_count && m->record->rows[field] > 0;
    return own ? m->record->rows[field] : m->record->row;
}

static tdm_str column_of(const making *m, size_t field)
{
    const tdm__national_form *form = m->record->form;
    return field < form->field_count ? tdm__str(form->fields[field].name) : (tdm_str){NULL, 0};
}

/* --- which events there are --- */

static bool is_told(const making *m, int32_t event)
{
    const tdm__national_form *form = m->record->form;
    for (size_t i = 0; i < form->field_count; i++)
        if (form->fields[i].event == event && form->fields[i].use >= TDM__USE_FIELD &&
            m->record->values[i].length > 0)
            return true;
    return false;
}

/* A blank reason lets the first event stand: that something began is not taken away for want of a code. */
static bool is_held_back(const making *m, int32_t event)
{
    const tdm__national_form *form = m->record->form;
    for (size_t i = 0; i < form->field_count; i++) {
        tdm_str value = m->record->values[i];
        if (form->fields[i].use != TDM__USE_ONLY || form->fields[i].event != event)
            continue;
        if (value.length == 0 ? event > 0 : tdm__word_for(form->fields[i].words, value, true).length == 0)
            return true;
    }
    return false;
}

static bool comes(const making *m, int32_t event)
{
    bool dated = date_of(m, event).length > 0;
    switch (m->record->form->events[event].when) {
    case TDM__WHEN_ALWAYS:
        return !is_held_back(m, event);
    case TDM__WHEN_DATED:
        return dated && !is_held_back(m, event);
    case TDM__WHEN_TOLD:
        return dated || is_told(m, event);
    case TDM__WHEN_NO_OTHER:
        break;
    }
    for (int32_t before = 0; before < event; before++)
        if (m->comes[before])
            return false;
    return dated;
}

/* --- one event --- */

static tdm_status read_date(making *m, int32_t event)
{
    tdm_date date;
    int32_t minute;
    tdm__national *reading = m->reading;
    tdm__draft *draft = &reading->draft;
    size_t at = date_field(m->record->form, event);
    tdm_date_rules rules = rules_of(reading, at);
    tdm_str written = date_of(m, event);
    tdm__how how = {.field = TDM__FIELD_OCCURRED, .fact = TDM_NO_INDEX, .rules = &rules};
    tdm_str day = tdm__national_day_text(&reading->scratch, reading, at, written);
    if (!day.data)
        return TDM_NO_MEMORY;
    m->cells = tdm__cells_hash(m->cells, day);
    if (written.length == 0)
        return tdm__note(reading->file, TDM__WARNING, "date-missing", row_of(m, at), column_of(m, at),
                         "the record lacks this date; its event is kept as undated");
    tdm__problem problem = tdm__draft_read(draft, &how, written);
    if (problem != TDM__FINE)
        return tdm__note_problem(reading->file, problem, row_of(m, at), column_of(m, at), written);
    tdm__national_date(&date, &minute, reading, at, written);
    draft->event.minute = minute;
    /* A day of a database differs from ours by its clock alone. */
    if (date.from == date.to && tdm__str_starts(written, day))
        draft->event.strings[TDM__OCCURRED_AS_WRITTEN] = (tdm_str){NULL, 0};
    return TDM_OK;
}

/* As the census has it, whatever this form calls it. */
static tdm_str cell_of_fact(const tdm__draft *draft, const tdm__how *how, tdm_str value)
{
    if (how->fact == TDM_NO_INDEX || draft->fact_count == 0)
        return value;
    tdm_str canonical = draft->facts[draft->fact_count - 1].value;
    switch (draft->vocabulary->facts[how->fact].type) {
    case TDM__FACT_YES_NO:
        return tdm__str_equal(canonical, TDM_LIT("yes")) ? TDM_LIT("true") : TDM_LIT("false");
    case TDM__FACT_DATE:
        return canonical;
    case TDM__FACT_CODE:
    case TDM__FACT_COUNT:
    case TDM__FACT_TIME:
    case TDM__FACT_LIST:
    case TDM__FACT_TEXT_CODE:
        break;
    }
    return value;
}

static tdm_status note_codes(bool *told, making *m, size_t at, tdm_str value)
{
    const tdm__national_field *field = &m->record->form->fields[at];
    tdm_status status = TDM_OK;
    *told = false;
    while (value.length > 0 && status == TDM_OK) {
        tdm_str item = tdm__str_trimmed(tdm__str_split(&value, ' '));
        if (item.length == 0 || tdm__cin_code_is_known(field->code_of, field->code_field, item))
            continue;
        *told = true;
        status = tdm__note_once(m->reading->file, TDM__WARNING, "code-unknown", row_of(m, at),
                                column_of(m, at), item, "none of the national codes; it is kept as it is");
    }
    return status;
}

static tdm_status our_word(tdm_str *value, bool *told, making *m, size_t at)
{
    const tdm__national_field *field = &m->record->form->fields[at];
    *told = false;
    if (!field->words)
        return note_codes(told, m, at, *value);
    tdm_str ours = tdm__word_for(field->words, *value, false);
    if (ours.data) {
        *value = ours;
        return TDM_OK;
    }
    *told = true;
    return tdm__note_once(m->reading->file, TDM__WARNING, "code-unknown", row_of(m, at), column_of(m, at),
                          *value, "none of the codes that this can have");
}

static tdm_status read_value(making *m, size_t at)
{
    bool told = false;
    const tdm__national_field *field = &m->record->form->fields[at];
    tdm__national *reading = m->reading;
    tdm_str value = m->record->values[at];
    tdm_date_rules rules = rules_of(reading, at);
    tdm__how how = {.field = field->use == TDM__USE_FACT ? TDM__FIELD_FACT : field->field,
                    .fact = TDM_NO_INDEX,
                    .rules = &rules};
    tdm_status status = field->use == TDM__USE_OUTCOME ? tdm__national_outcome(&value, reading, value)
                                                       : our_word(&value, &told, m, at);
    /* An empty word of ours: this code says nothing. */
    if (status != TDM_OK || value.length == 0)
        return status;
    if (field->use == TDM__USE_FACT) {
        how.fact_key = tdm__str(field->fact);
        how.fact = tdm__vocabulary_fact(reading->draft.vocabulary, how.fact_key);
    }
    size_t facts_before = reading->draft.fact_count;
    tdm__problem problem = tdm__draft_read(&reading->draft, &how, value);
    bool kept = reading->draft.fact_count > facts_before;
    if (field->use == TDM__USE_FACT)
        m->cells = tdm__cells_hash(m->cells, kept ? cell_of_fact(&reading->draft, &how, value) : value);
    else if (!m->record->form->keyed_as_census)
        m->cells = tdm__cells_hash(m->cells, value);
    if (problem == TDM__PROBLEM_FACT_CODE && told)
        return TDM_OK;
    return tdm__note_problem(reading->file, problem, row_of(m, at), column_of(m, at), value);
}

static tdm_status read_values(making *m, int32_t event)
{
    const tdm__national_form *form = m->record->form;
    tdm_status status = TDM_OK;
    for (size_t i = 0; i < form->field_count && status == TDM_OK; i++) {
        const tdm__national_field *field = &form->fields[i];
        bool here = field->event == event || (event == 0 && field->or_first && !m->comes[field->event]);
        if (here && field->use >= TDM__USE_FIELD && m->record->values[i].length > 0)
            status = read_value(m, i);
    }
    return status;
}

/* A reference is that of a row in its own table: with the kind before it, it names one thing. */
static tdm_status key_of(making *m, const char *kind)
{
    tdm__text text;
    tdm__return *file = m->reading->file;
    uint64_t *key = &m->reading->draft.event.row_key;
    if (m->record->form->keyed_as_census || m->reference.length == 0)
        return tdm__row_key_of_cells(key, &file->keys, m->cells);
    tdm__text_init(&text, file->allocator);
    tdm__text_puts(&text, kind);
    tdm__text_char(&text, '\n');
    tdm__text_add(&text, m->reference);
    tdm__row_identity row = {tdm__text_str(&text), m->child, m->cells};
    tdm_status status = text.failed ? TDM_NO_MEMORY : tdm__row_key(key, &file->keys, &row);
    tdm__text_free(&text);
    return status;
}

static tdm_status check_order(making *m, int32_t event)
{
    tdm_date start, end;
    int32_t minute;
    size_t at = date_field(m->record->form, event);
    if (event == 0 || at == date_field(m->record->form, 0) || date_of(m, 0).length == 0 ||
        date_of(m, event).length == 0 ||
        !tdm__national_date(&start, &minute, m->reading, date_field(m->record->form, 0), date_of(m, 0)) ||
        !tdm__national_date(&end, &minute, m->reading, at, date_of(m, event)) || end.to >= start.from)
        return TDM_OK;
    return tdm__note(m->reading->file, TDM__WARNING, "ends-before-start", row_of(m, at), column_of(m, at),
                     "the end lies before the start; both dates are kept");
}

static tdm_status add_event(bool *landed, making *m, int32_t event)
{
    const tdm__national_event *what = &m->record->form->events[event];
    tdm__national *reading = m->reading;
    tdm__draft *draft = &reading->draft;
    const tdm_vocabulary *vocabulary = draft->vocabulary;
    tdm__arena_reset(&reading->scratch);
    tdm__draft_clear(draft);
    uint32_t kind = tdm__vocabulary_kind(vocabulary, tdm__str(what->kind));
    draft->event.kind = kind == TDM_NO_INDEX ? vocabulary->kind_other : kind;
    draft->child = m->child;
    draft->event.agency = reading->agency;
    draft->event.source = reading->source;
    draft->event.row = (uint32_t)m->record->row;
    m->cells = tdm__cells_hash(tdm__cells_hash(0, tdm__str(what->kind)), m->child);
    tdm_status status = read_date(m, event);
    if (status == TDM_OK)
        status = read_values(m, event);
    if (status != TDM_OK)
        return status;
    draft->event.strings[TDM__REFERENCE] = m->reference;
    if (what->as_written)
        draft->event.strings[TDM__KIND_AS_WRITTEN] = tdm__str(what->as_written);
    if (vocabulary->kinds[draft->event.kind].opens != TDM_NO_EPISODE ||
        vocabulary->kinds[draft->event.kind].closes != TDM_NO_EPISODE)
        draft->event.strings[TDM__EPISODE] = m->episode;
    status = key_of(m, what->kind);
    if (status == TDM_OK)
        status = tdm__draft_add(landed, reading->file, draft);
    return status == TDM_OK ? check_order(m, event) : status;
}

/* --- one record --- */

static bool opens_nothing(const making *m)
{
    const tdm__national_form *form = m->record->form;
    if (!form->not_opened_by || date_of(m, 1).length > 0)
        return false;
    for (size_t i = 0; i < form->field_count; i++)
        if (form->fields[i].use == TDM__USE_FACT && strcmp(form->fields[i].fact, form->not_opened_by) == 0)
            return tdm__yes_no_of(m->record->values[i]) == TDM__YES;
    return false;
}

/*
 * By child and day of its start, as the census names it; two of one day by their order. Several records
 * of one stretch (an anchor) share its name.
 */
static tdm_status name_episode(making *m)
{
    char room[TDM_HEX64_SIZE];
    const tdm__national_form *form = m->record->form;
    tdm_str anchor = m->record->anchor.length > 0 ? m->record->anchor : value_of(m, TDM__USE_ANCHOR, 0);
    tdm_str started = anchor.length > 0 ? anchor : date_of(m, 0);
    size_t at = anchor.length > 0 ? TDM__NO_FIELD : date_field(form, 0);
    tdm_status status = TDM_OK;
    if (!form->episode || opens_nothing(m))
        return TDM_OK;
    bool by_reference = !form->keyed_as_census && anchor.length == 0 && m->reference.length > 0;
    tdm_str name = by_reference ? m->reference
                                : tdm__national_day_text(&m->reading->texts, m->reading, at, started);
    if (!name.data)
        return TDM_NO_MEMORY;
    uint64_t cells = tdm__cells_hash(tdm__cells_hash(0, TDM_LIT("episode")), tdm__str(form->episode));
    uint64_t key = tdm__cells_hash(tdm__cells_hash(cells, m->child), name);
    if (!by_reference && anchor.length == 0)
        status = tdm__row_key_of_cells(&key, &m->reading->file->keys, key);
    tdm__hex64(room, key);
    m->episode = tdm__arena_copy(&m->reading->texts, tdm__str(room));
    return status == TDM_OK && !m->episode.data ? TDM_NO_MEMORY : status;
}

/* A day whose reason is missing or not known begins or ends nothing: that is told. */
static tdm_status note_reasons(making *m)
{
    const tdm__national_form *form = m->record->form;
    tdm_status status = TDM_OK;
    for (size_t i = 0; i < form->field_count && status == TDM_OK; i++) {
        tdm_str value = m->record->values[i];
        const tdm__national_field *field = &form->fields[i];
        if (field->use != TDM__USE_ONLY || date_of(m, field->event).length == 0)
            continue;
        if (value.length == 0)
            status =
                tdm__note(m->reading->file, TDM__WARNING, "code-missing", row_of(m, i), column_of(m, i),
                          "no reason stands beside the day; a day of start is taken as the start, one of "
                          "an end as no end");
        else if (!tdm__word_for(field->words, value, true).data)
            status = tdm__note_once(m->reading->file, TDM__WARNING, "code-unknown", row_of(m, i),
                                    column_of(m, i), value,
                                    "none of the codes that this can have; its day is taken as no start or "
                                    "end");
    }
    return status;
}

static tdm_status add_events(bool *landed, making *m)
{
    const tdm__national_form *form = m->record->form;
    tdm_status status = name_episode(m);
    for (int32_t e = 0; e < TDM__NATIONAL_EVENTS && form->events[e].kind; e++)
        m->comes[e] = comes(m, e);
    for (int32_t e = 0; e < TDM__NATIONAL_EVENTS && form->events[e].kind && status == TDM_OK; e++) {
        bool event_landed = false;
        if (m->comes[e])
            status = add_event(&event_landed, m, e);
        *landed |= event_landed;
    }
    if (status == TDM_OK)
        status = note_reasons(m);
    for (int e = 0; e < TDM__NATIONAL_EVENTS; e++)
        if (m->comes[e])
            return status;
    if (status != TDM_OK)
        return status;
    size_t at = date_field(form, 0);
    return tdm__note(m->reading->file, TDM__WARNING, "row-without-event", m->record->row, column_of(m, at),
                     "no date of anything that happened stands here; it is set aside");
}

static tdm_status note_child(const making *m, const char *code, const char *words)
{
    return tdm__note(m->reading->file, TDM__ERROR, code, m->record->row, TDM_LIT(""), "%s", words);
}

tdm_status tdm__national_add(bool *landed, tdm__national *reading, const tdm__national_record *record)
{
    const tdm__roster *roster = reading->file->roster;
    making m = {.reading = reading, .record = record, .child = record->child};
    *landed = false;
    tdm__arena_reset(&reading->texts);
    if (m.child.length == 0)
        m.child = value_of(&m, TDM__USE_CHILD, 0);
    m.reference = value_of(&m, TDM__USE_REFERENCE, 0);
    if (m.child.length == 0)
        return note_child(&m, "child-missing", "the row names no child; it is set aside");
    if (roster && tdm__roster_find(roster, reading->agency, m.child) == TDM_NO_INDEX)
        return note_child(&m, "child-unknown",
                          "the row names a child that case.json does not know; it is set aside");
    return add_events(landed, &m);
}
