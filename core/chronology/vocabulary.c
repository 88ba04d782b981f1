/*
 * Reading the three tables of the vocabulary. What a kind means to a rule is decided elsewhere.
 */
#include "chronology/vocabulary.h"

#include "base/csv.h"

static const char *const theme_codes[] = {
    "physical",      "educational",    "emotional", "medical",       "supervisory",
    "environmental", "domestic-abuse", "substance", "mental-health", "exploitation",
};

uint32_t tdm__theme_count(void)
{
    return (uint32_t)(sizeof theme_codes / sizeof *theme_codes);
}

const char *tdm__theme_code(uint32_t theme)
{
    return theme < tdm__theme_count() ? theme_codes[theme] : "";
}

int32_t tdm__theme_find(tdm_str code)
{
    for (uint32_t i = 0; i < tdm__theme_count(); i++)
        if (tdm__str_equal(code, tdm__str(theme_codes[i])))
            return (int32_t)i;
    return -1;
}

static const char *const fact_types[] = {"code", "yes-no", "count", "date", "time", "list", "text-code"};

/* One table being read: its name for errors, its columns found by heading. */
typedef struct table {
    const char *name;
    const char *const *headings;
    size_t heading_count;
    tdm__csv csv;
    size_t column[11];
    tdm_error *error;
} table;

static tdm_status fail_row(const table *t, const char *expected)
{
    return tdm__fail_at(t->error, TDM_INVALID_INPUT, (tdm_place){tdm__str(t->name), t->csv.line, 0}, "%s",
                        expected);
}

static tdm_status next_row(table *t, bool *more)
{
    tdm_error details = {0};
    tdm_status status = tdm__csv_next(&t->csv, more, &details);
    return status == TDM_OK ? status
                            : tdm__fail_at(t->error, status, (tdm_place){tdm__str(t->name), details.line, 0},
                                           "%s", details.message);
}

static tdm_status open_table(table *t, const tdm_allocator *allocator, tdm_str text)
{
    bool more;
    tdm__csv_init(&t->csv, allocator, text, ',');
    tdm_status status = next_row(t, &more);
    if (status != TDM_OK)
        return status;
    for (size_t i = 0; i < t->heading_count; i++) {
        size_t at = 0;
        while (more && at < t->csv.field_count &&
               !tdm__str_equal(t->csv.fields[at], tdm__str(t->headings[i])))
            at++;
        if (!more || at == t->csv.field_count)
            return fail_row(t, "a heading of the vocabulary table is missing");
        t->column[i] = at;
    }
    return TDM_OK;
}

static tdm_str cell(const table *t, size_t heading)
{
    size_t at = t->column[heading];
    return at < t->csv.field_count ? tdm__str_trimmed(t->csv.fields[at]) : (tdm_str){"", 0};
}

/* Adds the code of a row that must be new; *grown makes room for one more item. */
static tdm_status add_code(tdm__dictionary *codes, tdm_str code, const table *t)
{
    uint32_t index;
    size_t before = codes->count;
    if (code.length == 0)
        return fail_row(t, "expected a code in the first column");
    tdm_status status = tdm__dictionary_add(&index, codes, code);
    if (status != TDM_OK)
        return tdm__no_memory(t->error);
    return codes->count == before ? fail_row(t, "this code stands in the table twice") : TDM_OK;
}

static tdm_status read_facts(tdm_vocabulary *v, tdm_str text, tdm_error *error)
{
    static const char *const headings[] = {"key", "type", "unit", "codes"};
    table t = {.name = "vocabulary/facts.csv", .headings = headings, .heading_count = 4, .error = error};
    bool more = true;
    tdm_status status = open_table(&t, &v->allocator, text);
    v->facts = status == TDM_OK ? tdm__arena_array(&v->arena, TDM_FACTS_MAX, sizeof *v->facts) : NULL;
    if (status == TDM_OK && !v->facts)
        status = tdm__no_memory(error);
    while (status == TDM_OK && (status = next_row(&t, &more)) == TDM_OK && more) {
        size_t type = 0, types = sizeof fact_types / sizeof *fact_types;
        while (type < types && !tdm__str_equal(cell(&t, 1), tdm__str(fact_types[type])))
            type++;
        if (type == types)
            status = fail_row(&t, "expected a type: code, yes-no, count, date, time, list or text-code");
        else if (v->fact_count == TDM_FACTS_MAX)
            status = fail_row(&t, "more than 64 facts");
        else
            status = add_code(&v->fact_keys, cell(&t, 0), &t);
        if (status != TDM_OK)
            break;
        tdm__fact fact = {tdm__arena_copy(&v->arena, cell(&t, 0)), (tdm__fact_type)type,
                          tdm__arena_copy(&v->arena, cell(&t, 2)), tdm__arena_copy(&v->arena, cell(&t, 3))};
        if (!fact.key.data || !fact.unit.data || !fact.codes.data)
            status = tdm__no_memory(error);
        if (tdm__str_equal(fact.key, TDM_LIT(TDM__LIMITED_TO)) ||
            tdm__str_equal(fact.key, TDM_LIT(TDM__SHARING_BASIS)))
            v->sharing_facts |= UINT64_C(1) << v->fact_count;
        v->facts[v->fact_count++] = fact;
    }
    tdm__csv_free(&t.csv);
    return status;
}

static tdm_status read_agencies(tdm_vocabulary *v, tdm_str text, tdm_error *error)
{
    static const char *const headings[] = {"code", "title", "group"};
    table t = {.name = "vocabulary/agencies.csv", .headings = headings, .heading_count = 3, .error = error};
    size_t capacity = 0;
    bool more = true;
    tdm_status status = open_table(&t, &v->allocator, text);
    while (status == TDM_OK && (status = next_row(&t, &more)) == TDM_OK && more) {
        tdm__agency *grown = tdm__grown(&v->allocator, v->agencies, &capacity, v->agency_count + 1,
                                        sizeof *grown);
        if (!grown) {
            status = tdm__no_memory(error);
            break;
        }
        v->agencies = grown;
        status = add_code(&v->agency_codes, cell(&t, 0), &t);
        if (status != TDM_OK)
            break;
        tdm__agency agency = {tdm__arena_copy(&v->arena, cell(&t, 0)),
                              tdm__arena_copy(&v->arena, cell(&t, 1)),
                              tdm__arena_copy(&v->arena, cell(&t, 2))};
        if (!agency.code.data || !agency.title.data || !agency.group.data)
            status = tdm__no_memory(error);
        v->agencies[v->agency_count++] = agency;
    }
    tdm__csv_free(&t.csv);
    return status;
}

enum {
    KIND_CODE,
    KIND_TITLE,
    KIND_OPENS,
    KIND_CLOSES,
    KIND_ENDS,
    KIND_WHILE_OPEN,
    KIND_LADDER,
    KIND_CONCERN,
    KIND_FACTS,
    KIND_TOLERANCE,
    KIND_INCIDENT_GROUP
};

/* Index of an episode name, made when it is new; TDM_NO_EPISODE for an empty cell. */
static tdm_status episode_index(int32_t *out, tdm_vocabulary *v, const table *t, tdm_str name)
{
    uint32_t index;
    *out = TDM_NO_EPISODE;
    if (name.length == 0)
        return TDM_OK;
    if (tdm__dictionary_add(&index, &v->episode_names, name) != TDM_OK)
        return tdm__no_memory(t->error);
    if (index >= 64)
        return fail_row(t, "more than 64 names of episodes");
    *out = (int32_t)index;
    return TDM_OK;
}

static tdm_status episodes_ended(uint64_t *out, tdm_vocabulary *v, const table *t, tdm_str names)
{
    *out = 0;
    while (names.length > 0) {
        int32_t index;
        tdm_status status = episode_index(&index, v, t, tdm__str_split(&names, ' '));
        if (status != TDM_OK)
            return status;
        if (index != TDM_NO_EPISODE)
            *out |= (uint64_t)1 << index;
    }
    return TDM_OK;
}

static tdm_status facts_of_kind(uint64_t *out, const tdm_vocabulary *v, const table *t, tdm_str keys)
{
    *out = 0;
    while (keys.length > 0) {
        tdm_str key = tdm__str_split(&keys, ' ');
        uint32_t fact = key.length > 0 ? tdm__dictionary_find(&v->fact_keys, key) : 0;
        if (fact == TDM_NO_INDEX)
            return fail_row(t, "a fact that facts.csv does not have");
        if (key.length > 0)
            *out |= (uint64_t)1 << fact;
    }
    return TDM_OK;
}

/* An empty cell gives -1. */
static tdm_status small_number(int32_t *out, const table *t, tdm_str text, int64_t max, const char *expected)
{
    int64_t number;
    *out = -1;
    if (text.length == 0)
        return TDM_OK;
    if (!tdm__str_to_int64(&number, text) || number < 0 || number > max)
        return fail_row(t, expected);
    *out = (int32_t)number;
    return TDM_OK;
}

/* Which entries of two agencies may tell one incident, and how far apart their days may lie. */
static tdm_status read_incident_group(tdm__kind *kind, tdm_vocabulary *v, const table *t)
{
    tdm_str group = cell(t, KIND_INCIDENT_GROUP);
    kind->incident_group = TDM_NO_INDEX;
    tdm_status status = small_number(&kind->tolerance_days, t, cell(t, KIND_TOLERANCE),
                                     TDM_TOLERANCE_DAYS_MAX, "expected a tolerance from 0 to 7 days");
    if (status != TDM_OK)
        return status;
    if (group.length == 0)
        return kind->tolerance_days < 0 ? TDM_OK : fail_row(t, "a tolerance without an incident group");
    if (kind->tolerance_days < 0)
        kind->tolerance_days = 0;
    status = tdm__dictionary_add(&kind->incident_group, &v->incident_groups, group);
    return status == TDM_OK ? status : tdm__no_memory(t->error);
}

static tdm_status read_kind(tdm__kind *kind, tdm_vocabulary *v, const table *t)
{
    tdm_status status = episode_index(&kind->opens, v, t, cell(t, KIND_OPENS));
    if (status == TDM_OK)
        status = episode_index(&kind->closes, v, t, cell(t, KIND_CLOSES));
    if (status == TDM_OK)
        status = episodes_ended(&kind->ends, v, t, cell(t, KIND_ENDS));
    if (status == TDM_OK)
        status = small_number(&kind->ladder, t, cell(t, KIND_LADDER), TDM_LADDER_MAX,
                              "expected a level of response from 0 to 7");
    if (status == TDM_OK)
        status = facts_of_kind(&kind->facts, v, t, cell(t, KIND_FACTS));
    if (status == TDM_OK)
        status = read_incident_group(kind, v, t);
    if (status != TDM_OK)
        return status;
    kind->concern = tdm__str_equal(cell(t, KIND_CONCERN), TDM_LIT("yes"));
    kind->strength = tdm__str_equal(cell(t, KIND_CONCERN), TDM_LIT("strength"));
    kind->joins = tdm__str_equal(cell(t, KIND_WHILE_OPEN), TDM_LIT("joins"));
    kind->code = tdm__arena_copy(&v->arena, cell(t, KIND_CODE));
    kind->title = tdm__arena_copy(&v->arena, cell(t, KIND_TITLE));
    return kind->code.data && kind->title.data ? TDM_OK : tdm__no_memory(t->error);
}

static tdm_status read_kinds(tdm_vocabulary *v, tdm_str text, tdm_error *error)
{
    static const char *const headings[] = {"code",  "title",          "opens",         "closes",
                                           "ends",  "while_open",     "ladder",        "concern",
                                           "facts", "tolerance_days", "incident_group"};
    table t = {.name = "vocabulary/kinds.csv",
               .headings = headings,
               .heading_count = sizeof headings / sizeof *headings,
               .error = error};
    size_t capacity = 0;
    bool more = true;
    tdm_status status = open_table(&t, &v->allocator, text);
    while (status == TDM_OK && (status = next_row(&t, &more)) == TDM_OK && more) {
        if (v->kind_count == TDM_KINDS_MAX) {
            status = fail_row(&t, "more than 1,024 kinds");
            break;
        }
        tdm__kind *grown = tdm__grown(&v->allocator, v->kinds, &capacity, v->kind_count + 1, sizeof *grown);
        if (!grown) {
            status = tdm__no_memory(error);
            break;
        }
        v->kinds = grown;
        v->kinds[v->kind_count] = (tdm__kind){0};
        status = add_code(&v->kind_codes, cell(&t, KIND_CODE), &t);
        if (status == TDM_OK)
            status = read_kind(&v->kinds[v->kind_count++], v, &t);
    }
    tdm__csv_free(&t.csv);
    if (status != TDM_OK)
        return status;
    v->kind_other = tdm__dictionary_find(&v->kind_codes, TDM_LIT("other"));
    return v->kind_other == TDM_NO_INDEX ? fail_row(&t, "the kind 'other' is missing") : TDM_OK;
}

tdm_status tdm_vocabulary_parse(tdm_vocabulary **out, const tdm_allocator *allocator, tdm_str kinds,
                                tdm_str facts, tdm_str agencies, tdm_error *error)
{
    *out = NULL;
    tdm_vocabulary *v = tdm__alloc_zeroed(allocator, 1, sizeof *v);
    if (!v)
        return tdm__no_memory(error);
    v->allocator = *allocator;
    tdm__arena_init(&v->arena, &v->allocator);
    tdm__dictionary_init(&v->kind_codes, &v->allocator);
    tdm__dictionary_init(&v->fact_keys, &v->allocator);
    tdm__dictionary_init(&v->agency_codes, &v->allocator);
    tdm__dictionary_init(&v->episode_names, &v->allocator);
    tdm__dictionary_init(&v->incident_groups, &v->allocator);
    tdm_status status = read_facts(v, facts, error);
    if (status == TDM_OK)
        status = read_agencies(v, agencies, error);
    if (status == TDM_OK)
        status = read_kinds(v, kinds, error);
    if (status != TDM_OK) {
        tdm_vocabulary_free(v);
        return status;
    }
    *out = v;
    return TDM_OK;
}

void tdm_vocabulary_free(tdm_vocabulary *v)
{
    if (!v)
        return;
    tdm_allocator allocator = v->allocator;
    tdm__dictionary_free(&v->kind_codes);
    tdm__dictionary_free(&v->fact_keys);
    tdm__dictionary_free(&v->agency_codes);
    tdm__dictionary_free(&v->episode_names);
    tdm__dictionary_free(&v->incident_groups);
    tdm__free(&allocator, v->kinds);
    tdm__free(&allocator, v->agencies);
    tdm__arena_free(&v->arena);
    tdm__free(&allocator, v);
}

uint32_t tdm__vocabulary_kind(const tdm_vocabulary *vocabulary, tdm_str code)
{
    return tdm__dictionary_find(&vocabulary->kind_codes, code);
}

uint32_t tdm__vocabulary_fact(const tdm_vocabulary *vocabulary, tdm_str key)
{
    return tdm__dictionary_find(&vocabulary->fact_keys, key);
}

uint32_t tdm__vocabulary_agency(const tdm_vocabulary *vocabulary, tdm_str code)
{
    return tdm__dictionary_find(&vocabulary->agency_codes, code);
}

uint32_t tdm__vocabulary_episode(const tdm_vocabulary *vocabulary, tdm_str name)
{
    return tdm__dictionary_find(&vocabulary->episode_names, name);
}
