/*
 * Export: a frozen chronology and the assessments as they came, one JSON object a line.
 */
#include "report/event_json.h"
#include "report/report.h"

#include <stdio.h>

typedef struct exporter {
    const tdm_chronology *chronology;
    const tdm_allocator *allocator;
    tdm_sink sink;
    tdm__json_writer json; /* of the line at hand */
    bool *namesakes;       /* of each source: another has its name, sheet and agency */
    tdm_status status;
} exporter;

static void open_line(exporter *to, const char *type)
{
    tdm__json_writer_init(&to->json, to->allocator, to->sink, 0);
    tdm__json_open_object(&to->json);
    tdm__json_string_member(&to->json, "type", tdm__str(type));
}

static void end_line(exporter *to)
{
    to->status = tdm__json_writer_end(&to->json);
    if (to->status == TDM_OK)
        to->status = tdm__sink_write(to->sink, TDM_LIT("\n"));
}

static void close_line(exporter *to)
{
    tdm__json_close_object(&to->json);
    end_line(to);
}

static void date_member(tdm__json_writer *json, const char *name, tdm_date date)
{
    char room[TDM_DATE_TEXT_SIZE];
    tdm_date_format(room, date);
    tdm__json_string_member(json, name, tdm__str(room));
}

static void day_member(tdm__json_writer *json, const char *name, tdm_day day)
{
    if (day != TDM_DAY_NONE)
        date_member(json, name, (tdm_date){day, day, 0});
}

/* The facts that it could tell, each as KIND.FACT. */
static void facts_member(tdm__json_writer *json, const tdm_vocabulary *vocabulary, const tdm__source *source)
{
    char name[128];
    tdm__json_put_name(json, "facts");
    tdm__json_open_array(json);
    for (size_t kind = 0; kind < vocabulary->kind_count; kind++)
        for (size_t fact = 0; fact < vocabulary->fact_count; fact++)
            if (source->carries_facts[kind] >> fact & 1) {
                tdm_str code = vocabulary->kinds[kind].code, key = vocabulary->facts[fact].key;
                snprintf(name, sizeof name, "%.*s.%.*s", TDM_STR_ARGS(code), TDM_STR_ARGS(key));
                tdm__json_put_text(json, name);
            }
    tdm__json_close_array(json);
}

/* Kinds of which it holds some alone. */
static void in_part_member(tdm__json_writer *json, const tdm_vocabulary *vocabulary,
                           const tdm__source *source)
{
    bool some = false;
    for (size_t kind = 0; kind < vocabulary->kind_count; kind++) {
        if (!(source->in_part[kind / 64] >> (kind % 64) & 1))
            continue;
        if (!some) {
            tdm__json_put_name(json, "in_part");
            tdm__json_open_array(json);
        }
        some = true;
        tdm__json_put_string(json, vocabulary->kinds[kind].code);
    }
    if (some)
        tdm__json_close_array(json);
}

static void kinds_member(tdm__json_writer *json, const tdm_vocabulary *vocabulary, const tdm__source *source)
{
    tdm__json_put_name(json, "carries");
    if (source->carries_all) {
        tdm__json_put_text(json, "all");
        return;
    }
    tdm__json_open_array(json);
    for (size_t kind = 0; kind < vocabulary->kind_count; kind++)
        if (source->carries && (source->carries[kind / 64] & (UINT64_C(1) << (kind % 64))))
            tdm__json_put_string(json, vocabulary->kinds[kind].code);
    tdm__json_close_array(json);
    facts_member(json, vocabulary, source);
    in_part_member(json, vocabulary, source);
}

static void children_member(tdm__json_writer *json, const tdm_chronology *chronology,
                            const tdm__source *source)
{
    if (source->child_count == 0)
        return;
    tdm__json_put_name(json, "children");
    tdm__json_open_array(json);
    for (size_t i = 0; i < source->child_count; i++)
        tdm__json_put_string(json, tdm_chronology_child_id(chronology, source->children[i]));
    tdm__json_close_array(json);
}

static void replaces_member(tdm__json_writer *json, const tdm_chronology *chronology, uint32_t source)
{
    size_t count;
    bool open = false;
    const tdm__replacement *list = tdm__chronology_replacements(chronology, &count);
    for (size_t i = 0; i < count; i++) {
        if (list[i].by != source)
            continue;
        const tdm__source *replaced = tdm__chronology_source(chronology, list[i].replaced);
        if (!open) {
            tdm__json_put_name(json, "replaces");
            tdm__json_open_array(json);
            open = true;
        }
        tdm__json_open_object(json);
        tdm__json_string_member(json, "id", replaced->id);
        tdm__json_string_member(json, "hash", replaced->hash);
        tdm__json_close_object(json);
    }
    if (open)
        tdm__json_close_array(json);
}

static void put_source(exporter *to, size_t index)
{
    const tdm__source *source = tdm__chronology_source(to->chronology, (uint32_t)index);
    open_line(to, "source");
    tdm__json_string_member(&to->json, "id", source->id);
    tdm__json_string_member(&to->json, "name", source->name);
    tdm__json_string_member(&to->json, "sheet", source->sheet);
    tdm__json_string_member(&to->json, "agency", source->agency);
    tdm__json_string_member(&to->json, "map", source->map);
    tdm__json_string_member(&to->json, "format", source->format);
    day_member(&to->json, "received", source->received);
    tdm__json_string_member(&to->json, "hash", source->hash);
    kinds_member(&to->json, tdm__chronology_vocabulary(to->chronology), source);
    children_member(&to->json, to->chronology, source);
    replaces_member(&to->json, to->chronology, (uint32_t)index);
    close_line(to);
}

static void put_child(exporter *to, size_t index)
{
    const tdm__child *child = tdm__chronology_child(to->chronology, index);
    open_line(to, "child");
    tdm__json_string_member(&to->json, "id", child->id);
    date_member(&to->json, "born", child->born);
    date_member(&to->json, "expected", child->expected);
    date_member(&to->json, "died", child->died);
    tdm__json_string_member(&to->json, "sex", child->sex);
    tdm__json_string_member(&to->json, "area", child->area);
    tdm__json_string_member(&to->json, "household", child->household);
    close_line(to);
}

static void put_person(exporter *to, size_t index)
{
    const tdm__person *person = tdm__chronology_person(to->chronology, index);
    open_line(to, "person");
    tdm__json_string_member(&to->json, "id", person->id);
    tdm__json_string_member(&to->json, "role", person->role);
    tdm__json_string_member(&to->json, "household", person->household);
    close_line(to);
}

static void put_periods(exporter *to, const tdm__source *source, const tdm__period *periods, size_t count,
                        bool no_contact)
{
    for (size_t i = 0; i < count && to->status == TDM_OK; i++) {
        open_line(to, "coverage");
        tdm__json_string_member(&to->json, "source", source->id);
        tdm__json_string_member(&to->json, "agency", source->agency);
        day_member(&to->json, "from", periods[i].from);
        day_member(&to->json, "to", periods[i].to);
        if (no_contact) {
            tdm__json_put_name(&to->json, "no_contact");
            tdm__json_put_bool(&to->json, true);
        }
        close_line(to);
    }
}

static void put_coverage(exporter *to, size_t index)
{
    const tdm__source *source = tdm__chronology_source(to->chronology, (uint32_t)index);
    put_periods(to, source, source->covers, source->cover_count, false);
    put_periods(to, source, source->no_contact, source->no_contact_count, true);
}

static void put_event(exporter *to, size_t index)
{
    tdm__json_writer_init(&to->json, to->allocator, to->sink, 0);
    bool namesake = to->namesakes[tdm__chronology_event(to->chronology, (uint32_t)index).source];
    tdm__event_json(&to->json, to->chronology, (uint32_t)index,
                    namesake ? TDM__EVENT_EXPORT_HASH : TDM__EVENT_EXPORT, TDM__AT_THE_END);
    end_line(to);
}

static void put_all(exporter *to, size_t count, void (*put)(exporter *, size_t))
{
    for (size_t i = 0; i < count && to->status == TDM_OK; i++)
        put(to, i);
}

static tdm_status put_assessment(exporter *to, const tdm__kept_assessment *assessment, tdm_error *error)
{
    tdm__json *document;
    tdm_status status = tdm__json_parse(&document, to->allocator, assessment->json, assessment->file, error);
    if (status != TDM_OK)
        return status;
    const tdm__json_value *root = tdm__json_root(document);
    if (tdm__json_type_of(root) != TDM__JSON_OBJECT) {
        status = tdm__json_fail(document, root, error, "expected an assessment as an object");
        tdm__json_free(document);
        return status;
    }
    open_line(to, "assessment");
    for (const tdm__json_value *member = tdm__json_first(root); member; member = tdm__json_next(member)) {
        if (tdm__str_equal(tdm__json_name(member), TDM_LIT("type")))
            continue; /* ours stands there already */
        tdm__json_put_name_str(&to->json, tdm__json_name(member));
        tdm__json_put_value(&to->json, member);
    }
    close_line(to);
    tdm__json_free(document);
    return to->status;
}

static tdm_str source_name(tdm__text *room, const tdm__source *source)
{
    tdm__text_clear(room);
    tdm__text_add(room, source->name);
    tdm__text_char(room, '\n');
    tdm__text_add(room, source->sheet);
    tdm__text_char(room, '\n');
    tdm__text_add(room, source->agency);
    return tdm__text_str(room);
}

/* A return of which a later version was imported into a store has the name of that. */
static tdm_status find_namesakes(exporter *to)
{
    tdm__dictionary names;
    tdm__text room;
    size_t count = tdm__chronology_source_count(to->chronology);
    uint32_t *first = tdm__alloc_zeroed(to->allocator, count + 1, sizeof *first), number;
    tdm_status status = first && to->namesakes ? TDM_OK : TDM_NO_MEMORY;
    tdm__dictionary_init(&names, to->allocator);
    tdm__text_init(&room, to->allocator);
    for (uint32_t i = 0; status == TDM_OK && i < count; i++) {
        size_t before = names.count;
        tdm_str name = source_name(&room, tdm__chronology_source(to->chronology, i));
        status = room.failed ? TDM_NO_MEMORY : tdm__dictionary_add(&number, &names, name);
        if (status == TDM_OK && names.count > before)
            first[number] = i;
        else if (status == TDM_OK)
            to->namesakes[i] = to->namesakes[first[number]] = true;
    }
    tdm__dictionary_free(&names);
    tdm__text_free(&room);
    tdm__free(to->allocator, first);
    return status;
}

tdm_status tdm__report_ndjson(const tdm_chronology *chronology, const tdm__kept_assessment *assessments,
                              size_t assessment_count, const tdm_allocator *allocator, tdm_sink sink,
                              tdm_error *error)
{
    exporter to = {.chronology = chronology, .allocator = allocator, .sink = sink, .status = TDM_OK};
    to.namesakes = tdm__alloc_zeroed(allocator, tdm__chronology_source_count(chronology) + 1,
                                     sizeof *to.namesakes);
    to.status = find_namesakes(&to);
    put_all(&to, tdm__chronology_source_count(chronology), put_source);
    put_all(&to, tdm_chronology_child_count(chronology), put_child);
    put_all(&to, tdm__chronology_person_count(chronology), put_person);
    put_all(&to, tdm__chronology_source_count(chronology), put_coverage);
    put_all(&to, tdm_chronology_event_count(chronology), put_event);
    tdm__free(allocator, to.namesakes);
    for (size_t i = 0; i < assessment_count && to.status == TDM_OK; i++) {
        tdm_status status = put_assessment(&to, &assessments[i], error);
        if (status != TDM_OK)
            return status;
    }
    if (to.status == TDM_OK)
        return TDM_OK;
    return tdm__fail(error, to.status, "the export could not be written: %s", tdm_status_text(to.status));
}
