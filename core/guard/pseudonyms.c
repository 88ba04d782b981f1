/*
 * The walk over lines and their values.
 */
#include "guard/pseudonyms.h"
#include "guard/identities.h"
#include "guard/marks.h"
#include "guard/members.h"
#include "guard/patterns.h"
#include "guard/roles.h"
#include "json/json.h"

/* People get their codes first, so that a list of names can speak of them; then all else, and the brackets
 * of every text are kept; then the lines are written. */
typedef enum walk_pass { PASS_PEOPLE, PASS_CODES, PASS_WRITE, PASS_BACK } walk_pass;

typedef struct frame {
    const tdm__json_value *next;
    const tdm__member_rule *rule; /* of the items of an array */
    bool is_object;
} frame;

typedef struct walker {
    walk_pass pass;
    tdm__key *key;
    tdm__known known;
    tdm__marking marking;
    const tdm__pseudonym_options *options;
    size_t *unknown;
    tdm__json_writer json;
    tdm__text room;
    /* of the line at hand */
    const tdm__json_value *root;
    tdm_str type, column;
    int32_t line;
    frame frames[TDM_JSON_DEPTH_MAX + 1];
    size_t depth;
} walker;

static bool writes(const walker *w)
{
    return w->pass == PASS_WRITE || w->pass == PASS_BACK;
}

/* --- one string --- */

/* The text as it leaves, in `room` or where it was. */
static tdm_status treat_text(tdm_str *out, walker *w, tdm_str text)
{
    tdm_status status = TDM_OK;
    tdm__text_clear(&w->room);
    if (w->pass == PASS_PEOPLE)
        return TDM_OK;
    if (w->pass == PASS_CODES)
        return tdm__marks_reserve(w->key, text);
    if (w->pass == PASS_WRITE)
        status = tdm__marks_put(&w->room, &w->marking, text);
    else
        status = tdm__marks_back(&w->room, w->unknown, w->key, text);
    *out = tdm__text_str(&w->room);
    return status;
}

static tdm_status treat_code(tdm_str *out, walker *w, tdm__group group, tdm_str text, tdm_str hint)
{
    if (text.length == 0)
        return TDM_OK;
    if (w->pass != PASS_BACK)
        return tdm__key_code(out, w->key, group, text, hint);
    const tdm__key_entry *entry = tdm__key_by_code(w->key, group, text);
    *w->unknown += !entry;
    *out = entry ? entry->original : text;
    return tdm__key_failed(w->key) ? TDM_NO_MEMORY : TDM_OK;
}

static tdm_status treat_role(tdm_str *out, walker *w, tdm_str text)
{
    return tdm__is_role(text) ? TDM_OK : treat_code(out, w, TDM__GROUP_ROLE, text, (tdm_str){NULL, 0});
}

/* An agency that the vocabulary has tells nothing; going back, one that the key has not is such a one. */
static tdm_status treat_agency(tdm_str *out, walker *w, tdm_str text)
{
    bool kept = w->pass == PASS_BACK
                    ? !tdm__key_by_code(w->key, TDM__GROUP_AGENCY, text)
                    : w->options->vocabulary &&
                          tdm__vocabulary_agency(w->options->vocabulary, text) != TDM_NO_INDEX;
    if (kept)
        return tdm__key_failed(w->key) ? TDM_NO_MEMORY : TDM_OK;
    return treat_code(out, w, TDM__GROUP_AGENCY, text, (tdm_str){NULL, 0});
}

/* Whom or what an assessment is about, by the type that stands beside the id. */
static tdm_status treat_subject(tdm_str *out, walker *w, tdm_str text)
{
    static const struct {
        const char *type;
        tdm__group group;
    } subjects[] = {{"child", TDM__GROUP_CHILD}, {"home", TDM__GROUP_HOUSEHOLD}, {"case", TDM__GROUP_CASE}};
    tdm_str type = tdm__json_string(tdm__json_member(tdm__json_member(w->root, "subject"), "type"));
    if (tdm__str_equal(type, TDM_LIT("agency")))
        return treat_agency(out, w, text);
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++)
        if (tdm__str_equal(type, tdm__str(subjects[i].type)))
            return treat_code(out, w, subjects[i].group, text, (tdm_str){NULL, 0});
    return treat_code(out, w, TDM__GROUP_PERSON, text, (tdm_str){NULL, 0});
}

/* --- births --- */

static bool reduce(char out[TDM_DATE_TEXT_SIZE], tdm_str text, tdm__birth birth)
{
    tdm_date date;
    int32_t year, month, day;
    if (birth == TDM__BIRTH_KEEP || tdm_date_parse(&date, NULL, text, NULL) != TDM_OK ||
        date.from == TDM_DAY_BEFORE_ALL || date.to == TDM_DAY_AFTER_ALL)
        return false;
    tdm_day_to_civil(date.from, &year, &month, &day);
    bool fine = tdm_day_from_civil(&date.from, year, birth == TDM__BIRTH_YEAR ? 1 : month, 1);
    tdm_day_to_civil(date.to, &year, &month, &day);
    fine = fine && tdm_day_from_civil(&date.to, year, birth == TDM__BIRTH_YEAR ? 12 : month, 1);
    if (!fine)
        return false;
    date.to = tdm_day_add_months(date.to, 1) - 1;
    tdm_date_format(out, date);
    return true;
}

/* The key's name for a birth date: the child's code and the member. */
static tdm_status name_birth(walker *w)
{
    tdm_str child = tdm__json_string(tdm__json_member(w->root, "id")), code = child;
    tdm_status status = TDM_OK;
    if (w->pass != PASS_BACK)
        status = tdm__key_code(&code, w->key, TDM__GROUP_CHILD, child, (tdm_str){NULL, 0});
    tdm__text_clear(&w->room);
    tdm__text_add(&w->room, code);
    tdm__text_char(&w->room, '\n');
    tdm__text_add(&w->room, w->column);
    return w->room.failed ? TDM_NO_MEMORY : status;
}

static tdm_status note_birth(walker *w, tdm_str text)
{
    tdm_str code;
    tdm_str child = tdm__json_string(tdm__json_member(w->root, "id"));
    tdm_status status = tdm__key_code(&code, w->key, TDM__GROUP_CHILD, child, (tdm_str){NULL, 0});
    return status == TDM_OK ? tdm__identities_add_birth(&w->known, code, text) : status;
}

static bool is_reduced(tdm_str original, tdm_str text)
{
    char room[TDM_DATE_TEXT_SIZE];
    for (int birth = TDM__BIRTH_MONTH; birth <= TDM__BIRTH_YEAR; birth++)
        if (reduce(room, original, (tdm__birth)birth) && tdm__str_equal(tdm__str(room), text))
            return true;
    return false;
}

/* `room` holds the name of the birth; what is given back must not stand there. */
static tdm_status treat_birth(tdm_str *out, walker *w, char reduced[TDM_DATE_TEXT_SIZE], tdm_str text)
{
    if (w->pass == PASS_CODES || w->pass == PASS_PEOPLE)
        return w->pass == PASS_CODES ? note_birth(w, text) : TDM_OK;
    tdm_status status = name_birth(w);
    if (status != TDM_OK)
        return status;
    if (w->pass == PASS_BACK) {
        const tdm__key_entry *entry = tdm__key_by_code(w->key, TDM__GROUP_BIRTH, tdm__text_str(&w->room));
        *out = entry && is_reduced(entry->original, text) ? entry->original : text;
        return tdm__key_failed(w->key) ? TDM_NO_MEMORY : TDM_OK;
    }
    if (!reduce(reduced, text, w->options->birth) || tdm__str_equal(tdm__str(reduced), text))
        return TDM_OK;
    *out = tdm__str(reduced);
    return tdm__key_add(w->key, TDM__GROUP_BIRTH, tdm__text_str(&w->room), text);
}

/* --- values --- */

static bool is_plain_fact(const walker *w, tdm_str key)
{
    const tdm_vocabulary *vocabulary = w->options->vocabulary;
    uint32_t fact = vocabulary ? tdm__vocabulary_fact(vocabulary, key) : TDM_NO_INDEX;
    if (fact == TDM_NO_INDEX)
        return false;
    tdm__fact_type type = vocabulary->facts[fact].type;
    return type == TDM__FACT_YES_NO || type == TDM__FACT_COUNT || type == TDM__FACT_DATE ||
           type == TDM__FACT_TIME;
}

static tdm_str hint_of(const walker *w, const tdm__member_rule *rule)
{
    return rule->hint ? tdm__json_string(tdm__json_member(w->root, rule->hint)) : (tdm_str){NULL, 0};
}

static tdm_status put_string(walker *w, const tdm__member_rule *rule, tdm_str name, tdm_str text)
{
    char reduced[TDM_DATE_TEXT_SIZE];
    tdm_str out = text;
    tdm_status status = TDM_OK;
    switch (rule->treat) {
    case TDM__TREAT_KEEP:
        break;
    case TDM__TREAT_TEXT:
        status = treat_text(&out, w, text);
        break;
    case TDM__TREAT_DATE:
        status = tdm__is_written_date(text) ? TDM_OK : treat_text(&out, w, text);
        break;
    case TDM__TREAT_FACT:
        /* Going back there is no vocabulary: a plain value holds no bracket. */
        status = is_plain_fact(w, name) ? TDM_OK : treat_text(&out, w, text);
        break;
    case TDM__TREAT_ITEM:
        status = rule->name && tdm__is_item_code(text) ? TDM_OK : treat_text(&out, w, text);
        break;
    case TDM__TREAT_CODE:
        status = treat_code(&out, w, rule->group, text, hint_of(w, rule));
        break;
    case TDM__TREAT_ROLE:
        status = treat_role(&out, w, text);
        break;
    case TDM__TREAT_AGENCY:
        status = treat_agency(&out, w, text);
        break;
    case TDM__TREAT_SUBJECT:
        status = treat_subject(&out, w, text);
        break;
    case TDM__TREAT_BIRTH:
        status = treat_birth(&out, w, reduced, text);
        break;
    }
    if (status == TDM_OK && writes(w))
        tdm__json_put_string(&w->json, out);
    return status;
}

/* A number cannot get a mark: one that would is a leak. */
static tdm_status look_at_number(walker *w, const tdm__json_value *value)
{
    int64_t number;
    tdm__text text;
    size_t end;
    tdm_str label;
    tdm__pattern pattern;
    if (w->pass != PASS_WRITE || !tdm__json_int64(&number, value) || number < 10000)
        return TDM_OK;
    tdm__text_init(&text, w->room.allocator);
    tdm__text_int(&text, number);
    tdm_str digits = tdm__text_str(&text);
    tdm_status status = text.failed ? TDM_NO_MEMORY : tdm__known_match(&end, &label, &w->known, digits, 0);
    tdm__leak found = w->marking.place;
    bool tells = status == TDM_OK && tdm__pattern_at(&pattern, digits, 0);
    found.kind = tells ? pattern.kind : TDM__LEAK_KNOWN_NUMBER;
    if (status == TDM_OK && (tells || end > 0))
        status = tdm__leaks_add(w->marking.leaks, &found);
    tdm__text_free(&text);
    return status;
}

/* Whether a name that no rule has is one that the record's own tables have. */
static bool is_listed_name(const walker *w, const tdm__member_rule *rule, tdm_str name)
{
    const tdm_vocabulary *vocabulary = w->options->vocabulary;
    if (rule->treat == TDM__TREAT_ITEM)
        return tdm__is_item_code(name);
    return rule->treat == TDM__TREAT_FACT && vocabulary &&
           tdm__vocabulary_fact(vocabulary, name) != TDM_NO_INDEX;
}

/* The name of a member that no rule has is free text too. */
static tdm_status put_name(walker *w, const tdm__member_rule *rule, tdm_str name)
{
    tdm_str out = name;
    tdm_status status = TDM_OK;
    if (!rule->name && !is_listed_name(w, rule, name))
        status = treat_text(&out, w, name);
    if (status == TDM_OK && writes(w))
        tdm__json_put_name_str(&w->json, out);
    return status;
}

static void open_value(walker *w, const tdm__json_value *value, const tdm__member_rule *rule)
{
    bool is_object = tdm__json_type_of(value) == TDM__JSON_OBJECT;
    w->frames[w->depth++] = (frame){tdm__json_first(value), rule, is_object};
    if (writes(w) && is_object)
        tdm__json_open_object(&w->json);
    else if (writes(w))
        tdm__json_open_array(&w->json);
}

static void close_value(walker *w)
{
    w->depth--;
    if (writes(w) && w->frames[w->depth].is_object)
        tdm__json_close_object(&w->json);
    else if (writes(w))
        tdm__json_close_array(&w->json);
}

static const tdm__member_rule *rule_at(walker *w, const frame *in, const tdm__json_value *value)
{
    if (!in->is_object)
        return in->rule;
    tdm_str name = tdm__json_name(value);
    const tdm__member_rule *rule = tdm__member_rule_of(w->type, w->depth == 1 ? TDM_LIT("") : w->column,
                                                       name);
    if (w->depth == 1) {
        w->column = name;
        w->marking.place.column = tdm__member_shown(w->type, name);
    }
    return rule;
}

static tdm_status put_value(walker *w, const tdm__json_value *value, const tdm__member_rule *rule)
{
    tdm_status status = TDM_OK;
    switch (tdm__json_type_of(value)) {
    case TDM__JSON_STRING:
        return put_string(w, rule, tdm__json_name(value), tdm__json_string(value));
    case TDM__JSON_OBJECT:
    case TDM__JSON_ARRAY:
        open_value(w, value, rule);
        return TDM_OK;
    case TDM__JSON_NUMBER:
        if (rule->treat != TDM__TREAT_KEEP)
            status = look_at_number(w, value);
        break;
    case TDM__JSON_NULL:
    case TDM__JSON_BOOL:
    case TDM__JSON_ANY:
        break;
    }
    if (status == TDM_OK && writes(w))
        tdm__json_put_value(&w->json, value);
    return status;
}

static tdm_status walk_values(walker *w)
{
    tdm_status status = TDM_OK;
    w->depth = 0;
    open_value(w, w->root, NULL);
    while (w->depth > 0 && status == TDM_OK) {
        frame *in = &w->frames[w->depth - 1];
        const tdm__json_value *value = in->next;
        if (!value) {
            close_value(w);
            continue;
        }
        in->next = tdm__json_next(value);
        const tdm__member_rule *rule = rule_at(w, in, value);
        if (in->is_object)
            status = put_name(w, rule, tdm__json_name(value));
        if (status == TDM_OK)
            status = put_value(w, value, rule);
    }
    return status;
}

/* --- lines --- */

static bool is_type(tdm_str type)
{
    static const char *const types[] = {"source", "child", "person", "coverage", "event", "assessment"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (tdm__str_equal(type, tdm__str(types[i])))
            return true;
    return false;
}

/* Where the holder of the records finds the row: in the source as it came, else in the export. */
static void place_line(walker *w)
{
    const tdm__json_value *source = tdm__json_member(w->root, "source");
    int64_t row;
    tdm__leak *place = &w->marking.place;
    *place = (tdm__leak){.row = w->line};
    if (!tdm__str_equal(w->type, TDM_LIT("event")) || !tdm__json_int64(&row, tdm__json_member(source, "row")))
        return;
    place->file = tdm__json_string(tdm__json_member(source, "file"));
    place->sheet = tdm__json_string(tdm__json_member(source, "sheet"));
    place->row = row;
}

static bool is_of_people(tdm_str type)
{
    return tdm__str_equal(type, TDM_LIT("child")) || tdm__str_equal(type, TDM_LIT("person"));
}

static tdm_status fail_line(const walker *w, tdm_status status, tdm_str file, tdm_error *error)
{
    if (status == TDM_NO_MEMORY)
        return tdm__no_memory(error);
    return tdm__fail_at(error, status, (tdm_place){file, w->line, 0},
                        "expected a line of an export: one object, with its type first");
}

static tdm_status walk_line(walker *w, tdm__text *out, tdm_str line, tdm_str file, tdm_error *error)
{
    tdm__json *document;
    const tdm_allocator *allocator = w->room.allocator;
    tdm_status status = tdm__json_parse(&document, allocator, line, file, NULL);
    if (status != TDM_OK)
        return fail_line(w, status, file, error);
    w->root = tdm__json_root(document);
    w->type = tdm__json_string(tdm__json_member(w->root, "type"));
    if (tdm__json_type_of(w->root) != TDM__JSON_OBJECT || !is_type(w->type)) {
        tdm__json_free(document);
        return fail_line(w, TDM_INVALID_INPUT, file, error);
    }
    place_line(w);
    if (writes(w))
        tdm__json_writer_init(&w->json, allocator, tdm__text_sink(out), 0);
    if (w->pass != PASS_PEOPLE || is_of_people(w->type))
        status = walk_values(w);
    if (writes(w)) {
        /* A walk that ended early leaves the writer in the middle: its buffer is freed all the same. */
        tdm_status written = status == TDM_OK ? tdm__json_writer_end(&w->json) : TDM_OK;
        if (status != TDM_OK)
            tdm__text_free(&w->json.buffer);
        status = status == TDM_OK ? written : status;
        tdm__text_char(out, '\n');
    }
    tdm__json_free(document);
    return status == TDM_OK ? TDM_OK : fail_line(w, status, file, error);
}

static tdm_status walk_lines(walker *w, walk_pass pass, tdm__text *out, tdm_str ndjson, tdm_str file,
                             tdm_error *error)
{
    tdm_status status = TDM_OK;
    w->pass = pass;
    w->line = 0;
    while (ndjson.length > 0 && status == TDM_OK) {
        tdm_str line = tdm__str_split(&ndjson, '\n');
        w->line++;
        status = walk_line(w, out, line, file, error);
    }
    if (status == TDM_OK && out && out->failed)
        status = tdm__no_memory(error);
    return status;
}

static void open_walker(walker *w, const tdm_allocator *allocator, tdm__key *key, tdm__leaks *leaks,
                        const tdm__pseudonym_options *options)
{
    *w = (walker){.key = key, .options = options};
    tdm__known_init(&w->known, allocator);
    tdm__text_init(&w->room, allocator);
    w->marking = (tdm__marking){.key = key, .known = &w->known, .leaks = leaks};
    tdm__text_init(&w->marking.fold, allocator);
}

static void close_walker(walker *w)
{
    tdm__known_free(&w->known);
    tdm__text_free(&w->room);
    tdm__text_free(&w->marking.fold);
}

/* What is not in the lines: the case, and numbers that agencies use. */
static tdm_status add_outside(tdm__key *key, const tdm__pseudonym_options *options)
{
    tdm_str code;
    tdm_status status = TDM_OK;
    if (options->case_id.length > 0)
        status = tdm__key_code(&code, key, TDM__GROUP_CASE, options->case_id, (tdm_str){NULL, 0});
    for (size_t i = 0; i < options->local_id_count && status == TDM_OK; i++) {
        const tdm__local_id *id = &options->local_ids[i];
        status = tdm__key_code(&code, key, TDM__GROUP_CHILD, id->child, (tdm_str){NULL, 0});
        /* Two agencies may use one number for two children: the first is as good as the other. */
        if (status == TDM_OK && !tdm__key_by_original(key, TDM__GROUP_NUMBER, id->number))
            status = tdm__key_add(key, TDM__GROUP_NUMBER, code, id->number);
    }
    return status;
}

tdm_status tdm__pseudonymise(tdm__text *out, tdm__leaks *leaks, tdm__key *key, tdm_str ndjson,
                             const tdm__pseudonym_options *options, tdm_error *error)
{
    walker w;
    const tdm_str file = TDM_LIT("export");
    open_walker(&w, out->allocator, key, leaks, options);
    tdm_status status = walk_lines(&w, PASS_PEOPLE, NULL, ndjson, file, error);
    if (status == TDM_OK && add_outside(key, options) != TDM_OK)
        status = tdm__no_memory(error);
    if (status == TDM_OK && options->names.length > 0)
        status = tdm__key_read_names(key, options->names, options->names_file, error);
    if (status == TDM_OK)
        status = walk_lines(&w, PASS_CODES, NULL, ndjson, file, error);
    if (status == TDM_OK && tdm__identities_add(&w.known, key) != TDM_OK)
        status = tdm__no_memory(error);
    if (status == TDM_OK)
        status = walk_lines(&w, PASS_WRITE, out, ndjson, file, error);
    close_walker(&w);
    return status;
}

tdm_status tdm__pseudonyms_back(tdm__text *out, size_t *unknown, tdm__key *key, tdm_str ndjson, tdm_str file,
                                tdm_error *error)
{
    static const tdm__pseudonym_options none;
    walker w;
    *unknown = 0;
    open_walker(&w, out->allocator, key, NULL, &none);
    w.unknown = unknown;
    tdm_status status = walk_lines(&w, PASS_BACK, out, ndjson, file, error);
    close_walker(&w);
    return status;
}
