/*
 * The members of a row, one by one.
 */
#include "api/third_parties.h"

#include "guard/identities.h"
#include "guard/marks.h"
#include "guard/roles.h"

#include <string.h>

enum { KIND_CHILD, KIND_PERSON, KIND_WORKER, KIND_REFERENCE, KIND_INCIDENT, KIND_KNOWN };
static const struct {
    const char *code, *words;
} kinds[] = {
    {"child", "another child of the inputs"},       {"person", "a person of the inputs"},
    {"worker", "a worker, as the return has them"}, {"reference", "an agency's own reference"},
    {"incident", "the number of an incident"},      {"known", "a name or number that is known"},
};

static const tdm__string_field texts[] = {TDM__TEXT,    TDM__ANALYSIS,        TDM__ACTION,
                                          TDM__OUTCOME, TDM__KIND_AS_WRITTEN, TDM__OCCURRED_AS_WRITTEN};
/* Members that are somebody or something whole. */
static const struct {
    tdm__string_field field;
    int kind;
} wholes[] = {{TDM__ROLE, KIND_WORKER},
              {TDM__SIGNIFICANCE_BY, KIND_WORKER},
              {TDM__REFERENCE, KIND_REFERENCE},
              {TDM__INCIDENT, KIND_INCIDENT}};

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* --- who is known --- */

static tdm_str label_of(tdm__arena *arena, const char *before, tdm_str id, const char *behind)
{
    tdm__text label;
    tdm__text_init(&label, arena->allocator);
    tdm__text_puts(&label, before);
    tdm__text_add(&label, id);
    tdm__text_puts(&label, behind);
    tdm_str copy = label.failed ? (tdm_str){NULL, 0} : tdm__arena_copy(arena, tdm__text_str(&label));
    tdm__text_free(&label);
    return copy;
}

static tdm_status learn(tdm__spoken_of *s, tdm__group group, const char *before, tdm_str id)
{
    if (id.length == 0 || tdm__key_by_original(s->key, group, id))
        return tdm__key_failed(s->key) ? TDM_NO_MEMORY : TDM_OK;
    tdm_str label = label_of(s->arena, before, id, "");
    return label.data ? tdm__key_add(s->key, group, label, id) : TDM_NO_MEMORY;
}

static tdm_status learn_everybody(tdm__spoken_of *s)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; i < tdm_chronology_child_count(s->chronology) && status == TDM_OK; i++)
        status = learn(s, TDM__GROUP_CHILD, "child ", tdm_chronology_child_id(s->chronology, i));
    for (size_t i = 0; i < tdm__chronology_person_count(s->chronology) && status == TDM_OK; i++)
        status = learn(s, TDM__GROUP_PERSON, "person ", tdm__chronology_person(s->chronology, i)->id);
    return status;
}

static tdm_status learn_numbers(tdm__spoken_of *s, const tdm__local_ids *numbers)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; i < numbers->count && status == TDM_OK; i++) {
        const tdm__key_entry *child = tdm__key_by_original(s->key, TDM__GROUP_CHILD, numbers->items[i].child);
        if (child && !tdm__key_by_original(s->key, TDM__GROUP_NUMBER, numbers->items[i].number))
            status = tdm__key_add(s->key, TDM__GROUP_NUMBER, child->code, numbers->items[i].number);
    }
    return tdm__key_failed(s->key) ? TDM_NO_MEMORY : status;
}

static tdm_status learn_births(tdm__spoken_of *s)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; i < tdm_chronology_child_count(s->chronology) && status == TDM_OK; i++) {
        char born[TDM_DATE_TEXT_SIZE];
        const tdm__child *child = tdm__chronology_child(s->chronology, i);
        const tdm__key_entry *entry = tdm__key_by_original(s->key, TDM__GROUP_CHILD, child->id);
        tdm_date_format(born, child->born);
        if (entry && born[0])
            status = tdm__identities_add_birth(&s->known, entry->code, tdm__str(born));
    }
    return status;
}

/* Every word of the table with the code of the person's role; the role itself where it is not in the table.
 */
static tdm_status learn_roles(tdm__spoken_of *s, const tdm__person_report *report)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; i < report->person_count && status == TDM_OK; i++) {
        tdm_str words = report->people[i]->role;
        const tdm__role *role = tdm__role_in(words);
        const char *next;
        for (size_t at = 0; role && status == TDM_OK && (next = tdm__role_words(&at, role->code)) != NULL;)
            status = tdm__known_add(&s->roles, tdm__str(next), TDM_LIT("role"));
        if (status == TDM_OK && words.length > 0)
            status = tdm__known_add(&s->roles, words, TDM_LIT("role"));
    }
    return status;
}

static tdm_status name_the_person(tdm__spoken_of *s, tdm_str id)
{
    s->labels[0] = label_of(s->arena, "child ", id, "");
    s->labels[1] = label_of(s->arena, "child ", id, " born");
    s->labels[2] = label_of(s->arena, "person ", id, "");
    s->seen_sources = tdm__arena_array(s->arena, tdm__chronology_source_count(s->chronology) + 1,
                                       sizeof *s->seen_sources);
    return s->labels[0].data && s->labels[1].data && s->labels[2].data && s->seen_sources ? TDM_OK
                                                                                          : TDM_NO_MEMORY;
}

tdm_status tdm__spoken_of_init(tdm__spoken_of *out, tdm__arena *arena, const tdm__person_report *report,
                               const tdm__local_ids *numbers, tdm_str names, tdm_str names_file,
                               tdm_error *error)
{
    *out = (tdm__spoken_of){.arena = arena, .chronology = report->run->chronology};
    tdm__known_init(&out->known, arena->allocator);
    tdm__known_init(&out->roles, arena->allocator);
    tdm_status status = tdm__key_new(&out->key, arena->allocator);
    if (status == TDM_OK)
        status = name_the_person(out, report->id);
    if (status == TDM_OK)
        status = learn_everybody(out);
    if (status == TDM_OK)
        status = learn_numbers(out, numbers);
    if (status == TDM_OK && names.length > 0)
        status = tdm__key_read_names(out->key, names, names_file, error);
    if (status == TDM_OK)
        status = tdm__identities_add(&out->known, out->key);
    if (status == TDM_OK)
        status = learn_births(out);
    if (status == TDM_OK)
        status = learn_roles(out, report);
    return status == TDM_NO_MEMORY ? tdm__no_memory(error) : status;
}

void tdm__spoken_of_free(tdm__spoken_of *spoken_of)
{
    if (!spoken_of->arena)
        return;
    tdm__known_free(&spoken_of->known);
    tdm__known_free(&spoken_of->roles);
    tdm__key_free(spoken_of->key);
    tdm__free(spoken_of->arena->allocator, spoken_of->items);
    *spoken_of = (tdm__spoken_of){0};
}

static bool is_the_person(const tdm__spoken_of *s, tdm_str label)
{
    return tdm__str_equal(label, s->labels[0]) || tdm__str_equal(label, s->labels[1]) ||
           tdm__str_equal(label, s->labels[2]);
}

/* --- every text of a row --- */

/* Words of a return: codes, numbers and dates tell nobody. */
static bool is_words(const tdm__spoken_of *s, uint32_t key)
{
    const tdm_vocabulary *vocabulary = tdm__chronology_vocabulary(s->chronology);
    return key >= vocabulary->fact_count || vocabulary->facts[key].type == TDM__FACT_TEXT_CODE;
}

static bool is_worker_fact(tdm_str key)
{
    return tdm__str_equal(key, TDM_LIT("worker")) || tdm__str_equal(key, TDM_LIT("lead_professional"));
}

typedef tdm_status (*mention_taker)(const tdm__mention *mention, void *payload);

typedef struct naming {
    const tdm__spoken_of *spoken_of;
    bool named, any;
} naming;

static tdm_status take_naming(const tdm__mention *mention, void *payload)
{
    naming *to = payload;
    to->any = to->any || mention->known;
    to->named = to->named || (mention->known && is_the_person(to->spoken_of, mention->label));
    return TDM_OK;
}

static tdm_status look_everywhere(tdm__spoken_of *s, tdm__known *known, uint32_t event, naming *to)
{
    tdm_status status = TDM_OK;
    tdm__text room;
    tdm__text_init(&room, s->arena->allocator);
    for (int field = 0; field < TDM__STRING_FIELDS && status == TDM_OK; field++)
        status = tdm__mentions_find(
            known, tdm__chronology_text(&room, s->chronology, event, (tdm__string_field)field), take_naming,
            to);
    tdm__text_free(&room);
    for (uint32_t key = 0; key < tdm__chronology_fact_key_count(s->chronology) && status == TDM_OK; key++) {
        tdm__fact_value value;
        if (is_words(s, key) && tdm__chronology_fact(&value, s->chronology, event, key))
            status = tdm__mentions_find(known, value.text, take_naming, to);
    }
    return status;
}

tdm_status tdm__spoken_of_in(bool *named, bool *role, tdm__spoken_of *spoken_of, uint32_t event)
{
    naming names = {.spoken_of = spoken_of}, roles = {.spoken_of = spoken_of};
    tdm_status status = look_everywhere(spoken_of, &spoken_of->known, event, &names);
    if (status == TDM_OK)
        status = look_everywhere(spoken_of, &spoken_of->roles, event, &roles);
    *named = names.named;
    *role = roles.any;
    return status;
}

/* --- third parties --- */

typedef struct listing {
    tdm__spoken_of *spoken_of;
    size_t row;
    tdm_str place, text;
} listing;

static tdm_status add(listing *to, const char *kind, const char *what, tdm_str who, tdm_str words)
{
    tdm__spoken_of *s = to->spoken_of;
    tdm__third_party *grown = tdm__grown(s->arena->allocator, s->items, &s->capacity, s->count + 1,
                                         sizeof *grown);
    if (!grown)
        return TDM_NO_MEMORY;
    s->items = grown;
    s->items[s->count++] = (tdm__third_party){to->row, to->place, kind, what, who, words};
    return TDM_OK;
}

static tdm_status add_kind(listing *to, int kind, tdm_str who, tdm_str words)
{
    return add(to, kinds[kind].code, kinds[kind].words, who, words);
}

static int kind_of_label(tdm_str label)
{
    if (tdm__str_starts(label, TDM_LIT("child ")))
        return KIND_CHILD;
    return tdm__str_starts(label, TDM_LIT("person ")) ? KIND_PERSON : KIND_KNOWN;
}

static tdm_status take_mention(const tdm__mention *mention, void *payload)
{
    listing *to = payload;
    tdm_str words = {to->text.data + mention->from, mention->end - mention->from};
    if (!mention->known)
        return add(to, tdm__leak_code(mention->kind), tdm__leak_words(mention->kind), TDM_LIT(""), words);
    if (is_the_person(to->spoken_of, mention->label))
        return TDM_OK;
    return add_kind(to, kind_of_label(mention->label), mention->label, words);
}

static tdm_status list_text(listing *to, tdm_str place, tdm_str text)
{
    to->place = place;
    to->text = text;
    return text.length == 0 ? TDM_OK : tdm__mentions_find(&to->spoken_of->known, text, take_mention, to);
}

static tdm_status list_facts(listing *to, uint32_t event)
{
    tdm__spoken_of *s = to->spoken_of;
    tdm_status status = TDM_OK;
    for (uint32_t key = 0; key < tdm__chronology_fact_key_count(s->chronology) && status == TDM_OK; key++) {
        tdm__fact_value value;
        tdm_str name = tdm__chronology_fact_key(s->chronology, key);
        if (!is_words(s, key) || !tdm__chronology_fact(&value, s->chronology, event, key))
            continue;
        tdm_str place = label_of(s->arena, "facts: ", name, "");
        if (!place.data)
            return TDM_NO_MEMORY;
        if (!is_worker_fact(name)) {
            status = list_text(to, place, value.text);
            continue;
        }
        to->place = place;
        status = add_kind(to, KIND_WORKER, TDM_LIT(""), value.text);
    }
    return status;
}

/* The rows that a family's row gives are tied by a number of Tidemark's own. */
static bool is_own_number(tdm_str text)
{
    for (size_t i = 0; i < text.length; i++)
        if (!(text.data[i] >= '0' && text.data[i] <= '9') && !(text.data[i] >= 'a' && text.data[i] <= 'f'))
            return false;
    return text.length == TDM_HEX64_SIZE - 1;
}

/* What is found in it is kept: a text that was read into a room is copied. */
static tdm_status list_field(listing *to, uint32_t event, tdm__string_field field)
{
    tdm__text room;
    tdm__arena *arena = to->spoken_of->arena;
    tdm__text_init(&room, arena->allocator);
    tdm_str text = tdm__chronology_text(&room, to->spoken_of->chronology, event, field);
    if (text.length > 0 && text.data == room.data)
        text = tdm__arena_copy(arena, text);
    tdm__text_free(&room);
    return text.data ? list_text(to, tdm__str(tdm__string_field_name(field)), text) : TDM_NO_MEMORY;
}

static tdm_status list_strings(listing *to, uint32_t event)
{
    const tdm_chronology *c = to->spoken_of->chronology;
    tdm_status status = TDM_OK;
    for (size_t i = 0; i < COUNT(texts) && status == TDM_OK; i++)
        status = list_field(to, event, texts[i]);
    for (size_t i = 0; i < COUNT(wholes) && status == TDM_OK; i++) {
        tdm_str value = tdm__chronology_string(c, event, wholes[i].field);
        to->place = tdm__str(tdm__string_field_name(wholes[i].field));
        if (value.length > 0 && !(wholes[i].kind == KIND_INCIDENT && is_own_number(value)))
            status = add_kind(to, wholes[i].kind, TDM_LIT(""), value);
    }
    return status;
}

/* Names of files and sheets: once, with the first row that comes from there. */
static tdm_status list_source(listing *to, uint32_t index)
{
    const tdm__source *source = tdm__chronology_source(to->spoken_of->chronology, index);
    if (to->spoken_of->seen_sources[index])
        return TDM_OK;
    to->spoken_of->seen_sources[index] = true;
    tdm_status status = list_text(to, TDM_LIT("file"), source->name);
    return status == TDM_OK ? list_text(to, TDM_LIT("sheet"), source->sheet) : status;
}

tdm_status tdm__third_parties_of(tdm__spoken_of *spoken_of, const tdm__person_report *report, size_t row)
{
    listing to = {.spoken_of = spoken_of, .row = row};
    tdm__event event = tdm__chronology_event(spoken_of->chronology, report->rows[row].event);
    tdm_status status = TDM_OK;
    if (event.child != report->child) {
        tdm_str id = tdm_chronology_child_id(spoken_of->chronology, event.child);
        tdm_str who = label_of(spoken_of->arena, "child ", id, "");
        to.place = TDM_LIT("child");
        status = who.data ? add_kind(&to, KIND_CHILD, who, id) : TDM_NO_MEMORY;
    }
    if (status == TDM_OK)
        status = list_strings(&to, event.index);
    if (status == TDM_OK)
        status = list_facts(&to, event.index);
    return status == TDM_OK ? list_source(&to, event.source) : status;
}
