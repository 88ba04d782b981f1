/*
 * The items of a QuestionnaireResponse: grades, remarks, targets and what our form holds beside them. Each
 * that cannot be read is a problem of its own.
 */
#include "instrument/fhir_response.h"

/*
 * The one answer of an item; NULL where it has none, or where something is wrong, which is told. An answer
 * without a value, as for "asked but declined", is none.
 */
static const tdm__json_value *only_answer(tdm__fhir_reader *r, const tdm__json_value *item, tdm_str code)
{
    const tdm__json_value *array = tdm__json_member(item, "answer"), *answer = tdm__json_first(array);
    size_t values = 0;
    const char *wrong = NULL;
    for (const tdm__json_value *m = tdm__json_first(answer); m; m = tdm__json_next(m))
        values += tdm__str_starts(tdm__json_name(m), TDM_LIT("value"));
    if (array && tdm__json_type_of(array) != TDM__JSON_ARRAY)
        wrong = "\"answer\": expected an array";
    else if (tdm__json_count(array) > 1)
        wrong = "several answers to one question; expected one";
    else if (answer && tdm__json_type_of(answer) != TDM__JSON_OBJECT)
        wrong = "an answer: expected an object";
    else if (tdm__json_member(answer, "item"))
        wrong = "questions below an answer; expected them in a group";
    else if (tdm__json_member(item, "item"))
        wrong = "questions below a question; expected them in a group";
    else if (values > 1)
        wrong = "an answer with several values; expected one";
    if (wrong)
        tdm__fhir_problem(r, array ? array : item, code, wrong);
    return wrong || values == 0 ? NULL : answer;
}

static tdm__fhir_choices choices_of(const tdm__fhir_reader *r, tdm_str link_id, uint32_t item)
{
    tdm__fhir_choices choices = {NULL, NULL, NULL};
    if (r->questionnaire)
        choices.link = tdm__fhir_link_named(r->questionnaire, link_id);
    if (!r->adds_up) {
        choices.instrument = r->instrument;
        choices.scale = tdm__instrument_item_scale(r->instrument, item);
    }
    return choices;
}

/* Two answers to one question: neither stands, since they may differ. */
static bool said_before(tdm__fhir_reader *r, const tdm__json_value *item, tdm_str code, uint32_t part,
                        tdm__fhir_said said)
{
    bool *flag = &r->said[(size_t)part * TDM__FHIR_SAID_COUNT + (size_t)said];
    bool before = *flag;
    *flag = true;
    if (!before)
        return false;
    if (said == TDM__FHIR_GRADE && r->entry_of[part])
        r->entry_of[part]->state = TDM__ENTRY_NOT_RECORDED;
    tdm__fhir_problem(r, item, code, "a question that is answered already; expected each once");
    return true;
}

static void read_grade(tdm__fhir_reader *r, const tdm__json_value *object, uint32_t item)
{
    tdm_assessment *assessment = r->assessment;
    tdm_str code = r->instrument->items.items[item].code;
    tdm__entry entry = {.line = tdm__json_line(object)};
    if (said_before(r, object, code, item, TDM__FHIR_GRADE))
        return;
    const tdm__json_value *answer = only_answer(r, object, code);
    if (!answer)
        return;
    tdm__fhir_choices choices = choices_of(r, tdm__fhir_text(object, "linkId"), item);
    const char *wrong = tdm__fhir_grade_of(&entry.state, &entry.value, answer, &choices);
    if (wrong)
        tdm__fhir_problem(r, answer, code, wrong);
    if (wrong || entry.state == TDM__ENTRY_NOT_RECORDED)
        return;
    entry.item = tdm__fhir_keep(r, code);
    r->entry_of[item] = &assessment->entries[assessment->entry_count];
    assessment->entries[assessment->entry_count++] = entry;
}

/* A text, or the code of a choice; "" where there is none, or where something is wrong, which is told. */
static tdm_str read_text(tdm__fhir_reader *r, const tdm__json_value *item, tdm_str code)
{
    const tdm__json_value *answer = only_answer(r, item, code);
    const tdm__json_value *text = tdm__json_member(answer, "valueString");
    if (!text)
        text = tdm__json_member(tdm__json_member(answer, "valueCoding"), "code");
    if (answer && tdm__json_type_of(text) != TDM__JSON_STRING)
        tdm__fhir_problem(r, answer, code, "expected an answer that is a text, or a choice with a code");
    return tdm__json_string(text);
}

static void read_remark(tdm__fhir_reader *r, const tdm__json_value *item, tdm_str code, uint32_t part,
                        tdm__fhir_said said)
{
    tdm_assessment *assessment = r->assessment;
    bool evidence = said == TDM__FHIR_EVIDENCE;
    if (said_before(r, item, code, part, said))
        return;
    tdm_str text = read_text(r, item, code);
    if (text.length == 0)
        return;
    tdm__remark *remark = evidence ? &assessment->evidence[assessment->evidence_count++]
                                   : &assessment->child_words[assessment->child_word_count++];
    *remark = (tdm__remark){tdm__fhir_keep(r, code), tdm__fhir_keep(r, text), tdm__json_line(item)};
}

static void read_day(tdm__fhir_reader *r, tdm_day *out, const tdm__json_value *item)
{
    const tdm__json_value *answer = only_answer(r, item, TDM_LIT(""));
    const tdm__json_value *value = tdm__json_member(answer, "valueDate");
    if (!value)
        value = tdm__json_member(answer, "valueDateTime");
    if (answer && !tdm__fhir_day_read(out, tdm__json_string(value)))
        tdm__fhir_problem(r, answer, TDM_LIT(""), "expected a day that exists, as 2024-03-05");
}

static bool is_offered(tdm_str word, const char *const *words)
{
    while (*words && !tdm__str_equal(tdm__str(*words), word))
        words++;
    return *words != NULL;
}

/* A row that is there already says so by its text or day. */
static void read_about(tdm__fhir_reader *r, const tdm__json_value *item, const tdm__fhir_about *row)
{
    tdm_assessment *assessment = r->assessment;
    bool is_status = row->text == TDM__FORM_STATUS && row->day == TDM__FHIR_NO_DAY;
    tdm_day *day = row->day != TDM__FHIR_NO_DAY ? tdm__fhir_day_of(assessment, row->day) : NULL;
    tdm_str *text = is_status ? &r->status_word : day ? NULL : &assessment->texts[row->text];
    if (day ? *day != TDM_DAY_NONE : text->length > 0) {
        tdm__fhir_problem(r, item, TDM_LIT(""), "a question that is answered already; expected each once");
        return;
    }
    if (day) {
        read_day(r, day, item);
        return;
    }
    tdm_str read = read_text(r, item, TDM_LIT(""));
    if (read.length == 0)
        return;
    if (row->words && !is_offered(read, row->words)) {
        tdm__fhir_problem(r, item, TDM_LIT(""), "expected one of the words that the Questionnaire offers");
        return;
    }
    *text = tdm__fhir_keep(r, read);
    if (row->text == TDM__FORM_AGE_BAND)
        assessment->age_band_line = tdm__json_line(item);
}

static bool known_condition(const tdm_instrument *instrument, tdm_str name)
{
    for (size_t i = 0; i < instrument->conditional_count; i++)
        if (tdm__str_equal(instrument->conditionals[i].condition, name))
            return true;
    return false;
}

static void read_condition(tdm__fhir_reader *r, const tdm__json_value *item, tdm_str name)
{
    tdm_assessment *assessment = r->assessment;
    if (!known_condition(r->instrument, name)) {
        tdm__fhir_problem(r, item, TDM_LIT(""), "a condition that the instrument has no rule for");
        return;
    }
    for (size_t i = 0; i < assessment->condition_count; i++)
        if (tdm__str_equal(assessment->conditions[i].name, name)) {
            tdm__fhir_problem(r, item, TDM_LIT(""),
                              "a question that is answered already; expected each once");
            return;
        }
    const tdm__json_value *answer = only_answer(r, item, TDM_LIT(""));
    const tdm__json_value *value = tdm__json_member(answer, "valueBoolean");
    if (answer && tdm__json_type_of(value) != TDM__JSON_BOOL)
        tdm__fhir_problem(r, answer, TDM_LIT(""), "expected an answer that is true or false");
    if (tdm__json_bool(value))
        assessment->conditions[assessment->condition_count++] = (tdm__condition){tdm__fhir_keep(r, name),
                                                                                 tdm__json_line(item)};
}

static void read_target_grade(tdm__fhir_reader *r, bool *given, int32_t *grade, const tdm__json_value *item)
{
    const tdm__json_value *answer = only_answer(r, item, TDM_LIT(""));
    const tdm__fhir_choices none = {NULL, NULL, NULL};
    tdm__entry_state state;
    const char *wrong = answer ? tdm__fhir_grade_of(&state, grade, answer, &none) : NULL;
    if (wrong)
        tdm__fhir_problem(r, answer, TDM_LIT(""), wrong);
    *given = answer && !wrong;
}

static void read_target_row(tdm__fhir_reader *r, tdm__target *target, const tdm__json_value *item, int row)
{
    switch (row) {
    case TDM__FHIR_TARGET_ITEM:
        target->item = tdm__fhir_keep(r, read_text(r, item, TDM_LIT("")));
        break;
    case TDM__FHIR_TARGET_CURRENT:
        read_target_grade(r, &target->has_current, &target->current, item);
        break;
    case TDM__FHIR_TARGET_BY:
        read_day(r, &target->by, item);
        break;
    case TDM__FHIR_TARGET_TARGET:
        read_target_grade(r, &target->has_target, &target->target, item);
        break;
    default:
        read_target_grade(r, &target->has_actual, &target->actual, item);
        break;
    }
}

static int target_row_named(tdm_str link_id)
{
    int row = 0;
    while (row < TDM__FHIR_TARGET_COUNT && !tdm__str_equal(tdm__str(tdm__fhir_targets[row].link_id), link_id))
        row++;
    return row;
}

/* One round of the repeating group. */
static void read_target(tdm__fhir_reader *r, const tdm__json_value *group)
{
    tdm_assessment *assessment = r->assessment;
    tdm__target target = {.by = TDM_DAY_NONE, .line = tdm__json_line(group)};
    bool seen[TDM__FHIR_TARGET_COUNT] = {false};
    const tdm__json_value *items = tdm__json_member(group, "item");
    for (const tdm__json_value *v = tdm__json_first(items); v; v = tdm__json_next(v)) {
        int row = target_row_named(tdm__fhir_text(v, "linkId"));
        if (row == TDM__FHIR_TARGET_COUNT || seen[row]) {
            tdm__fhir_problem(r, v, TDM_LIT(""),
                              "a target: expected questions of the group \"targets\", each once");
            continue;
        }
        seen[row] = true;
        read_target_row(r, &target, v, row);
    }
    if (!tdm__instrument_code_valid(target.item))
        tdm__fhir_problem(r, group, TDM_LIT(""), "a target: expected the code of an item in targets.item");
    else
        assessment->targets[assessment->target_count++] = target;
}

/* The part that a link id is about, and what of it; false when it is about none. */
static bool part_of_link(const tdm__fhir_reader *r, tdm_str link_id, tdm_str *code, uint32_t *part,
                         tdm__fhir_said *said)
{
    for (int i = TDM__FHIR_GRADE; i < TDM__FHIR_SAID_COUNT; i++) {
        tdm_str suffix = tdm__str(tdm__fhir_says[i].suffix);
        if (link_id.length <= suffix.length)
            continue;
        tdm_str end = {link_id.data + link_id.length - suffix.length, suffix.length};
        *code = (tdm_str){link_id.data, link_id.length - suffix.length};
        *part = tdm__fhir_part_number(r->instrument, *code);
        *said = (tdm__fhir_said)i;
        if (tdm__str_equal(end, suffix) && *part != TDM__NO_PART)
            return true;
    }
    return false;
}

/* A group may hold items and no answer. */
static bool is_plain_group(tdm__fhir_reader *r, const tdm__json_value *item)
{
    const tdm__json_value *answer = tdm__json_member(item, "answer");
    if (answer)
        tdm__fhir_problem(r, answer, TDM_LIT(""), "a group with an answer; expected items only");
    return !answer;
}

/* Of a form of ours. True where what lies in the item is read next. */
static bool read_own_item(tdm__fhir_reader *r, const tdm__json_value *item, tdm_str link_id)
{
    const tdm__fhir_about *row = tdm__fhir_about_named(link_id);
    tdm_str condition = TDM_LIT(TDM__FHIR_CONDITION), code;
    uint32_t part;
    tdm__fhir_said said;
    if (part_of_link(r, link_id, &code, &part, &said)) {
        if (said != TDM__FHIR_GRADE)
            read_remark(r, item, code, part, said);
        else if (part < r->instrument->items.count)
            read_grade(r, item, part);
        else
            return is_plain_group(r, item);
    } else if (tdm__str_equal(link_id, TDM_LIT(TDM__FHIR_ABOUT))) {
        return is_plain_group(r, item);
    } else if (tdm__str_equal(link_id, TDM_LIT(TDM__FHIR_TARGETS))) {
        read_target(r, item);
    } else if (row) {
        read_about(r, item, row);
    } else if (tdm__str_starts(link_id, condition)) {
        read_condition(r, item,
                       (tdm_str){link_id.data + condition.length, link_id.length - condition.length});
    } else {
        tdm__fhir_problem(r, item, TDM_LIT(""),
                          "expected a \"linkId\" of the form; nothing in it has this one");
    }
    return false;
}

/* Of somebody else's. What is not scored is passed over. */
static bool read_other_item(tdm__fhir_reader *r, const tdm__json_value *item, tdm_str link_id)
{
    const tdm__fhir_link *link = tdm__fhir_link_named(r->questionnaire, link_id);
    if (!link)
        tdm__fhir_problem(r, item, TDM_LIT(""),
                          "expected a \"linkId\" of the Questionnaire; nothing in it has this one");
    if (link && link->scored)
        read_grade(r, item, tdm__instrument_find_item(r->instrument, link->code));
    return link && link->is_group && is_plain_group(r, item);
}

static bool read_item(tdm__fhir_reader *r, const tdm__json_value *item)
{
    tdm_str link_id = tdm__fhir_text(item, "linkId");
    const tdm__json_value *modifier = tdm__json_member(item, "modifierExtension");
    const char *wrong = NULL;
    if (tdm__json_type_of(item) != TDM__JSON_OBJECT || link_id.length == 0)
        wrong = "an item: expected an object with a \"linkId\"";
    else if (modifier)
        wrong = "\"modifierExtension\": expected an item that means what R4 says";
    else if (!tdm__fhir_items_are_array(item))
        wrong = "an item: expected \"item\" to be an array";
    if (wrong) {
        tdm__fhir_problem(r, item, TDM_LIT(""), wrong);
        return false;
    }
    return r->adds_up ? read_other_item(r, item, link_id) : read_own_item(r, item, link_id);
}

/* Room for all that the items could say. */
static bool make_room(tdm__fhir_reader *r)
{
    tdm_assessment *assessment = r->assessment;
    tdm__arena *arena = &assessment->arena;
    size_t parts = tdm__fhir_part_count(r->instrument), items = r->instrument->items.count;
    size_t given = tdm__fhir_count_items(tdm__json_root(r->document));
    r->said = tdm__arena_array(arena, parts, TDM__FHIR_SAID_COUNT * sizeof *r->said);
    r->entry_of = tdm__arena_array(arena, items, sizeof(tdm__entry *));
    assessment->entries = tdm__arena_array(arena, items, sizeof *assessment->entries);
    assessment->evidence = tdm__arena_array(arena, parts, sizeof *assessment->evidence);
    assessment->child_words = tdm__arena_array(arena, parts, sizeof *assessment->child_words);
    assessment->conditions = tdm__arena_array(arena, r->instrument->conditional_count,
                                              sizeof *assessment->conditions);
    assessment->targets = tdm__arena_array(arena, given, sizeof *assessment->targets);
    r->no_memory = !r->said || !r->entry_of || !assessment->entries || !assessment->evidence ||
                   !assessment->child_words || !assessment->conditions || !assessment->targets;
    return !r->no_memory;
}

/* Takes out what was answered twice. */
static void drop_doubtful(tdm_assessment *assessment)
{
    size_t kept = 0;
    for (size_t i = 0; i < assessment->entry_count; i++)
        if (assessment->entries[i].state != TDM__ENTRY_NOT_RECORDED)
            assessment->entries[kept++] = assessment->entries[i];
    assessment->entry_count = kept;
}

void tdm__fhir_read_items(tdm__fhir_reader *r)
{
    tdm__fhir_walk walk;
    tdm__fhir_level at;
    const tdm__json_value *item;
    if (!make_room(r))
        return;
    tdm__fhir_walk_from(&walk, tdm__json_root(r->document));
    while ((item = tdm__fhir_step(&walk, &at)) != NULL && !r->no_memory)
        if (read_item(r, item))
            tdm__fhir_descend(&walk, item, false, false);
    drop_doubtful(r->assessment);
}
