/*
 * Case folders: case.json, then the returns and assessments that it names. Whatever is wrong with
 * case.json ends the input, by file, line and member: it says whom every row is about.
 */
#include "ingest/left.h"

#include "json/json.h"

#define CASE_BYTES_MAX (16u * 1024u * 1024u)

/* A return that has been read, for a later one that replaces it. */
typedef struct read_before {
    tdm_str file, agency;
    tdm_day received;
    bool replaced;
    uint32_t first_source, past_sources;
} read_before;

typedef struct case_reading {
    tdm__collection *collection;
    const tdm_allocator *allocator;
    const char *root;
    const tdm__json *document;
    tdm__arena arena;
    tdm__roster roster;
    read_before *returns; /* those read already */
    size_t return_count;
    tdm_str id;
    tdm_error *error;
} case_reading;

#define FAIL(reading, value, ...) tdm__json_fail((reading)->document, value, (reading)->error, __VA_ARGS__)

static tdm_status read_members(const case_reading *reading, const tdm__json_value *object, const char *what,
                               const tdm__json_field *members, size_t count)
{
    return tdm__json_read(reading->document, object, what, members, count, reading->error);
}

/* --- days and dates --- */

static tdm_status read_day(tdm_day *out, const case_reading *reading, const tdm__json_value *value)
{
    *out = TDM_DAY_NONE;
    if (!value)
        return TDM_OK;
    if (!tdm_day_parse_iso(out, tdm__json_string(value)))
        return FAIL(reading, value, "expected a day like \"2024-03-05\"");
    return TDM_OK;
}

static tdm_status read_date(tdm_date *out, const case_reading *reading, const tdm__json_value *value)
{
    if (tdm_date_parse(out, NULL, tdm__json_string(value), NULL) != TDM_OK)
        return FAIL(reading, value, "expected a date like \"2024-03-05\" or \"2024-03\"");
    return TDM_OK;
}

static tdm_status read_period(tdm__period *out, const case_reading *reading, const tdm__json_value *value)
{
    const tdm__json_value *from = tdm__json_first(value);
    const tdm__json_value *to = tdm__json_next(from);
    if (tdm__json_type_of(value) != TDM__JSON_ARRAY || tdm__json_count(value) != 2)
        return FAIL(reading, value, "expected a period like [\"2023-01-01\", \"2024-03-31\"]");
    tdm_status status = read_day(&out->from, reading, from);
    if (status == TDM_OK)
        status = read_day(&out->to, reading, to);
    if (status == TDM_OK && out->to < out->from)
        status = FAIL(reading, value, "the period ends before it starts");
    return status;
}

/* One period, or a list of them. */
static tdm_status read_periods(const tdm__period **out, size_t *count, case_reading *reading,
                               const tdm__json_value *value, bool one)
{
    size_t length = one ? 1 : tdm__json_count(value);
    tdm_status status = TDM_OK;
    *out = NULL;
    *count = 0;
    if (!value)
        return TDM_OK;
    tdm__period *periods = tdm__arena_array(&reading->arena, length + 1, sizeof *periods);
    if (!periods)
        return tdm__no_memory(reading->error);
    *out = periods;
    if (one) {
        *count = 1;
        return read_period(periods, reading, value);
    }
    for (const tdm__json_value *p = tdm__json_first(value); p && status == TDM_OK; p = tdm__json_next(p))
        status = read_period(&periods[(*count)++], reading, p);
    return status;
}

static tdm_status check_agency(const case_reading *reading, const tdm__json_value *value, tdm_str agency)
{
    if (tdm__vocabulary_agency(reading->collection->vocabulary, agency) == TDM_NO_INDEX)
        return FAIL(reading, value, "expected a code of agencies.csv");
    return TDM_OK;
}

/* --- children and people --- */

static tdm_status read_numbers(case_reading *reading, const tdm__json_value *ids, uint32_t child)
{
    tdm_status status = TDM_OK;
    for (const tdm__json_value *n = tdm__json_first(ids); n && status == TDM_OK; n = tdm__json_next(n)) {
        if (tdm__json_type_of(n) != TDM__JSON_STRING)
            return FAIL(reading, n, "ids: the number with each agency must be a string");
        status = check_agency(reading, n, tdm__json_name(n));
        if (status == TDM_OK)
            status = tdm__roster_number(&reading->roster, child, tdm__json_name(n), tdm__json_string(n));
        if (status == TDM_CONFLICT)
            status = FAIL(reading, n, "ids: another child has this number with this agency");
        if (status == TDM_TOO_LARGE)
            status = FAIL(reading, n, "ids: this number is too long");
    }
    return status;
}

static tdm_status read_child(case_reading *reading, const tdm__json_value *object)
{
    const tdm__json_value *id, *born, *expected, *died, *sex, *area, *household, *ids;
    const tdm__json_field members[] = {{"id", TDM__JSON_STRING, true, false, &id},
                                       {"born", TDM__JSON_STRING, false, true, &born},
                                       {"expected", TDM__JSON_STRING, false, true, &expected},
                                       {"died", TDM__JSON_STRING, false, true, &died},
                                       {"sex", TDM__JSON_STRING, false, true, &sex},
                                       {"area", TDM__JSON_STRING, false, true, &area},
                                       {"household", TDM__JSON_STRING, false, true, &household},
                                       {"ids", TDM__JSON_OBJECT, false, true, &ids}};
    uint32_t number = (uint32_t)reading->roster.count;
    tdm_status status = read_members(reading, object, "children", members, 8);
    if (status != TDM_OK)
        return status;
    tdm__child_input child = {.id = tdm__json_string(id),
                              .sex = tdm__json_string(sex),
                              .area = tdm__json_string(area),
                              .household = tdm__json_string(household)};
    if (child.id.length == 0)
        return FAIL(reading, id, "children: \"id\" is empty");
    status = read_date(&child.born, reading, born);
    if (status == TDM_OK)
        status = read_date(&child.expected, reading, expected);
    if (status == TDM_OK)
        status = read_date(&child.died, reading, died);
    if (status == TDM_OK)
        status = tdm__roster_add(&reading->roster, &child);
    if (status == TDM_CONFLICT || status == TDM_TOO_LARGE)
        return FAIL(reading, id, "children: this id stands twice, or is too long");
    if (status == TDM_OK)
        status = read_numbers(reading, ids, number);
    if (status != TDM_OK)
        return status;
    status = tdm__builder_child(reading->collection->builder, &child);
    if (status == TDM_CONFLICT)
        status = tdm__diagnose(&reading->collection->diagnostics, TDM__WARNING, "child-differs",
                               tdm__json_file(reading->document), tdm__json_line(object), TDM_LIT(""),
                               "what this says of the child differs from what is known already; the first "
                               "stands");
    return status;
}

static tdm_status read_person(case_reading *reading, const tdm__json_value *object)
{
    const tdm__json_value *id, *role, *household;
    const tdm__json_field members[] = {{"id", TDM__JSON_STRING, true, false, &id},
                                       {"role", TDM__JSON_STRING, false, true, &role},
                                       {"household", TDM__JSON_STRING, false, true, &household}};
    tdm_status status = read_members(reading, object, "people", members, 3);
    if (status != TDM_OK)
        return status;
    tdm__person_input person = {tdm__json_string(id), tdm__json_string(role), tdm__json_string(household)};
    return tdm__builder_person(reading->collection->builder, &person);
}

/* --- returns and assessments --- */

/* The path as a string ended by zero, which arena copies are. */
static tdm_status copy_path(tdm_str *out, case_reading *reading, const tdm__json_value *value)
{
    *out = tdm__arena_copy(&reading->arena, tdm__json_string(value));
    if (!out->data)
        return tdm__no_memory(reading->error);
    return out->length > 0 ? TDM_OK : FAIL(reading, value, "expected the path of a file in the case folder");
}

/* The return of this case that one replaces: the last one of that file listed above it. */
static tdm_status find_replaced(read_before **out, const case_reading *reading,
                                const tdm__json_value *replaces, const tdm__return *file)
{
    tdm_str name = tdm__json_string(replaces);
    *out = NULL;
    for (size_t i = 0; replaces && i < reading->return_count; i++)
        if (tdm__str_equal(reading->returns[i].file, name))
            *out = &reading->returns[i];
    if (!replaces)
        return TDM_OK;
    if (!*out)
        return FAIL(reading, replaces, "replaces: expected the \"file\" of a return listed above this one");
    if ((*out)->replaced)
        return FAIL(reading, replaces, "replaces: that return is replaced already by one listed above");
    if (!tdm__str_equal((*out)->agency, file->agency))
        return FAIL(reading, replaces, "replaces: a return replaces none of another agency");
    if (file->declared.received != TDM_DAY_NONE && (*out)->received != TDM_DAY_NONE &&
        file->declared.received < (*out)->received)
        return FAIL(reading, replaces,
                    "replaces: the return that is replaced was received later than this one");
    return TDM_OK;
}

/* All that was read of the one replaces all that was read of the other. */
static tdm_status replace_sources(const case_reading *reading, const tdm__json_value *replaces,
                                  const read_before *by, read_before *replaced)
{
    tdm_status status = TDM_OK;
    if (replaced && by->first_source == by->past_sources)
        return FAIL(reading, replaces, "replaces: nothing was read of this return");
    if (replaced)
        replaced->replaced = true;
    for (uint32_t source = by->first_source; replaced && source < by->past_sources; source++)
        for (uint32_t old = replaced->first_source; old < replaced->past_sources && status == TDM_OK; old++)
            status = tdm__builder_source_replaces(reading->collection->builder, source, old);
    return status;
}

static tdm_status load_return(case_reading *reading, tdm__return *file, const tdm__json_value *replaces)
{
    read_before *replaced;
    const tdm__builder *builder = reading->collection->builder;
    tdm_status status = find_replaced(&replaced, reading, replaces, file);
    if (status == TDM_OK)
        status = tdm__return_open(file, reading->root, file->name.data, reading->error);
    if (status != TDM_OK)
        return status;
    read_before *own = &reading->returns[reading->return_count++];
    *own = (read_before){.file = file->name, .agency = file->agency, .received = file->declared.received};
    own->first_source = (uint32_t)tdm__builder_source_count(builder);
    status = tdm__return_read(file, TDM_LIT(""), reading->error);
    own->past_sources = (uint32_t)tdm__builder_source_count(builder);
    return status == TDM_OK ? replace_sources(reading, replaces, own, replaced) : status;
}

static tdm_status read_return(case_reading *reading, const tdm__json_value *object)
{
    const tdm__json_value *path, *agency, *map, *covers, *received, *no_contact, *replaces;
    const tdm__json_field members[] = {{"file", TDM__JSON_STRING, true, false, &path},
                                       {"agency", TDM__JSON_STRING, false, true, &agency},
                                       {"map", TDM__JSON_STRING, false, true, &map},
                                       {"covers", TDM__JSON_ARRAY, false, true, &covers},
                                       {"received", TDM__JSON_STRING, false, true, &received},
                                       {"no_contact", TDM__JSON_ARRAY, false, true, &no_contact},
                                       {"replaces", TDM__JSON_STRING, false, true, &replaces}};
    tdm__return file = {.collection = reading->collection,
                        .root = reading->root,
                        .case_id = reading->id,
                        .roster = &reading->roster};
    tdm_status status = read_members(reading, object, "returns", members, 7);
    if (status == TDM_OK && agency)
        status = check_agency(reading, agency, tdm__json_string(agency));
    if (status == TDM_OK)
        status = read_day(&file.declared.received, reading, received);
    if (status == TDM_OK)
        status = read_periods(&file.declared.covers, &file.declared.cover_count, reading, covers, true);
    if (status == TDM_OK)
        status = read_periods(&file.declared.no_contact, &file.declared.no_contact_count, reading, no_contact,
                              false);
    if (status == TDM_OK)
        status = copy_path(&file.name, reading, path);
    if (status != TDM_OK)
        return status;
    file.agency = tdm__json_string(agency);
    file.map = tdm__json_string(map);
    return load_return(reading, &file, replaces);
}

static tdm_status read_assessment(case_reading *reading, const tdm__json_value *value)
{
    tdm_str path;
    tdm__buffer buffer;
    if (tdm__json_type_of(value) != TDM__JSON_STRING)
        return FAIL(reading, value, "assessments: expected paths of files in the case folder");
    tdm_status status = copy_path(&path, reading, value);
    if (status == TDM_OK)
        status = tdm__file_read(&buffer, reading->allocator, reading->root, path.data, CASE_BYTES_MAX,
                                reading->error);
    if (status != TDM_OK)
        return status;
    tdm__return file = {.collection = reading->collection,
                        .name = path,
                        .content = {buffer.data, buffer.length},
                        .owned = buffer.data,
                        .declared = {.received = TDM_DAY_NONE}};
    return tdm__return_read(&file, TDM_LIT("assessment"), reading->error);
}

/* A case that lists its assessments, be it none, says of each of its children whether there is one. */
static tdm_status declare_assessments(case_reading *reading)
{
    tdm__collection *collection = reading->collection;
    const tdm_vocabulary *vocabulary = collection->vocabulary;
    uint32_t source, fact = tdm__vocabulary_fact(vocabulary, TDM_LIT("instrument"));
    uint32_t *kinds = tdm__arena_array(&reading->arena, vocabulary->kind_count, sizeof *kinds);
    uint64_t *facts = tdm__arena_array(&reading->arena, vocabulary->kind_count, sizeof *facts);
    tdm__source_input input = {.name = TDM_LIT("case.json"),
                               .sheet = TDM_LIT("assessments"),
                               .format = TDM_LIT("assessment"),
                               .received = TDM_DAY_NONE,
                               .carries = kinds,
                               .carries_facts = facts,
                               .children = reading->roster.ids,
                               .child_count = reading->roster.count};
    if (!kinds || !facts)
        return tdm__no_memory(reading->error);
    for (uint32_t i = 0; fact != TDM_NO_INDEX && i < vocabulary->kind_count; i++)
        if (vocabulary->kinds[i].facts & ((uint64_t)1 << fact)) {
            facts[input.carry_count] = (uint64_t)1 << fact;
            kinds[input.carry_count++] = i;
        }
    return tdm__builder_source(&source, collection->builder, &input);
}

static tdm_status read_each(case_reading *reading, const tdm__json_value *array,
                            tdm_status (*read)(case_reading *reading, const tdm__json_value *item))
{
    tdm_status status = TDM_OK;
    for (const tdm__json_value *i = tdm__json_first(array); i && status == TDM_OK; i = tdm__json_next(i))
        status = read(reading, i);
    return status;
}

static tdm_status read_returns(case_reading *reading, const tdm__json_value *returns)
{
    reading->returns = tdm__arena_array(&reading->arena, tdm__json_count(returns), sizeof *reading->returns);
    return reading->returns ? read_each(reading, returns, read_return) : tdm__no_memory(reading->error);
}

/* --- the crosswalk --- */

static tdm_status take_number(case_reading *reading, tdm_str file, const tdm__crosswalk_entry *entry)
{
    const tdm_place place = {file, entry->line, 0};
    tdm_str id = tdm__arena_copy(&reading->arena, entry->local_id);
    uint32_t child = tdm__roster_find(&reading->roster, TDM_LIT(""), entry->child);
    if (!id.data)
        return tdm__no_memory(reading->error);
    if (child == TDM_NO_INDEX)
        return tdm__fail_at(reading->error, TDM_INVALID_INPUT, place, "case.json has no child of this id");
    tdm_status status = tdm__roster_number(&reading->roster, child, entry->agency, id);
    if (status == TDM_CONFLICT)
        return tdm__fail_at(reading->error, TDM_INVALID_INPUT, place,
                            "case.json gives this number of this agency to another child");
    if (status == TDM_TOO_LARGE)
        return tdm__fail_at(reading->error, TDM_INVALID_INPUT, place, "this number is too long");
    return status;
}

static tdm_status read_crosswalk(case_reading *reading, const tdm__json_value *value)
{
    tdm_str path;
    tdm__buffer buffer;
    tdm__crosswalk crosswalk;
    tdm_status status = copy_path(&path, reading, value);
    if (status == TDM_OK)
        status = tdm__file_read(&buffer, reading->allocator, reading->root, path.data,
                                TDM__CROSSWALK_BYTES_MAX, reading->error);
    if (status != TDM_OK)
        return status;
    status = tdm__crosswalk_read(&crosswalk, reading->allocator, reading->collection->vocabulary, path,
                                 (tdm_str){buffer.data, buffer.length}, reading->error);
    for (size_t i = 0; status == TDM_OK && i < crosswalk.count; i++)
        status = take_number(reading, path, &crosswalk.entries[i]);
    tdm__crosswalk_free(&crosswalk);
    tdm__free(reading->allocator, buffer.data);
    return status;
}

/* --- the whole --- */

/* Those of several case folders are one. */
static tdm_status read_glossary(case_reading *reading, const tdm__json_value *value)
{
    tdm_str path;
    tdm__buffer buffer;
    tdm__collection *collection = reading->collection;
    tdm_status status = copy_path(&path, reading, value);
    if (status == TDM_OK)
        status = tdm__file_read(&buffer, reading->allocator, reading->root, path.data, CASE_BYTES_MAX,
                                reading->error);
    if (status != TDM_OK)
        return status;
    status = tdm__glossary_add(&collection->glossary, &collection->arena,
                               (tdm_str){buffer.data, buffer.length}, path, reading->error);
    tdm__free(reading->allocator, buffer.data);
    return status;
}

/* The first case folder of a request names the case and its day. */
static tdm_status name_case(case_reading *reading, const tdm__json_value *id, tdm_day as_of)
{
    tdm__collection *collection = reading->collection;
    reading->id = tdm__json_string(id);
    if (collection->case_id.length > 0)
        return TDM_OK;
    collection->case_id = tdm__arena_copy(&collection->arena, reading->id);
    collection->as_of = as_of;
    return collection->case_id.data ? TDM_OK : tdm__no_memory(reading->error);
}

static tdm_status read_case(case_reading *reading)
{
    const tdm__json_value *id, *as_of, *children, *people, *returns, *assessments, *glossary, *crosswalk;
    const tdm__json_field members[] = {{"case", TDM__JSON_STRING, true, false, &id},
                                       {"as_of", TDM__JSON_STRING, false, true, &as_of},
                                       {"children", TDM__JSON_ARRAY, true, false, &children},
                                       {"people", TDM__JSON_ARRAY, false, true, &people},
                                       {"returns", TDM__JSON_ARRAY, false, true, &returns},
                                       {"assessments", TDM__JSON_ARRAY, false, true, &assessments},
                                       {"glossary", TDM__JSON_STRING, false, true, &glossary},
                                       {"crosswalk", TDM__JSON_STRING, false, true, &crosswalk}};
    tdm_day day;
    tdm_status status = read_members(reading, tdm__json_root(reading->document), "case", members, 8);
    if (status == TDM_OK)
        status = read_day(&day, reading, as_of);
    if (status == TDM_OK)
        status = name_case(reading, id, day);
    if (status == TDM_OK)
        status = read_each(reading, children, read_child);
    if (status == TDM_OK)
        status = read_each(reading, people, read_person);
    if (status == TDM_OK && crosswalk)
        status = read_crosswalk(reading, crosswalk);
    if (status == TDM_OK)
        status = read_returns(reading, returns);
    if (status == TDM_OK && assessments)
        status = declare_assessments(reading);
    if (status == TDM_OK)
        status = read_each(reading, assessments, read_assessment);
    if (status == TDM_OK && glossary)
        status = read_glossary(reading, glossary);
    return status;
}

tdm_status tdm__read_case_folder(tdm__collection *collection, const char *path, tdm_error *error)
{
    tdm__buffer buffer;
    tdm__json *document;
    const tdm_allocator *allocator = &collection->context->allocator;
    if (tdm__file_look(path, "case.json") == TDM__FILE_NONE)
        return tdm__fail_at(error, TDM_NOT_FOUND, (tdm_place){tdm__str(path), 0, 0},
                            "a folder without case.json is no case folder");
    tdm_status status = tdm__file_read(&buffer, allocator, path, "case.json", CASE_BYTES_MAX, error);
    if (status != TDM_OK)
        return status;
    status = tdm__json_parse(&document, allocator, (tdm_str){buffer.data, buffer.length},
                             TDM_LIT("case.json"), error);
    tdm__free(allocator, buffer.data);
    if (status != TDM_OK)
        return status;
    case_reading reading = {
        .collection = collection, .allocator = allocator, .root = path, .document = document, .error = error};
    tdm__arena_init(&reading.arena, allocator);
    tdm__roster_init(&reading.roster, allocator);
    status = read_case(&reading);
    if (status == TDM_NO_MEMORY)
        tdm__no_memory(error);
    tdm__roster_free(&reading.roster);
    tdm__arena_free(&reading.arena);
    tdm__json_free(document);
    return status;
}
