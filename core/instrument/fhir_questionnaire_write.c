/*
 * A definition as a Questionnaire: a group of what our form holds beside grades, a group for each area and
 * sub-area, a choice for each item, a repeating group of targets. How grades are put together is not in it.
 */
#include "instrument/fhir_parts.h"

typedef struct questions {
    tdm__json_writer *writer;
    const tdm_instrument *instrument;
    const tdm__texts *texts;
    tdm_str base;
} questions;

static void open_item(const questions *q, tdm_str link_id, tdm_str text, const char *type)
{
    tdm__json_open_object(q->writer);
    tdm__fhir_put_member(q->writer, "linkId", link_id);
    tdm__fhir_put_member(q->writer, "text", text);
    tdm__fhir_put_word(q->writer, "type", type);
}

static void put_item(const questions *q, const char *link_id, const char *text, const char *type)
{
    open_item(q, tdm__str(link_id), tdm__str(text), type);
    tdm__json_close_object(q->writer);
}

static void open_items(const questions *q)
{
    tdm__json_put_name(q->writer, "item");
    tdm__json_open_array(q->writer);
}

static void close_group(const questions *q)
{
    tdm__json_close_array(q->writer);
    tdm__json_close_object(q->writer);
}

static void open_options(const questions *q)
{
    tdm__json_put_name(q->writer, "answerOption");
    tdm__json_open_array(q->writer);
}

static void put_form_coding(const questions *q, const char *name, tdm_str code, tdm_str label)
{
    tdm__json_put_name(q->writer, name);
    tdm__json_open_object(q->writer);
    tdm__fhir_put_form_system(q->writer, q->base);
    tdm__fhir_put_member(q->writer, "code", code);
    tdm__fhir_put_member(q->writer, "display", label);
    tdm__json_close_object(q->writer);
}

static void put_form_option(const questions *q, tdm_str code, tdm_str label)
{
    tdm__json_open_object(q->writer);
    put_form_coding(q, "valueCoding", code, label);
    tdm__json_close_object(q->writer);
}

static void put_word_options(const questions *q, const char *const *words)
{
    open_options(q);
    for (; *words; words++)
        put_form_option(q, tdm__str(*words), tdm__str(*words));
    tdm__json_close_array(q->writer);
}

static void put_age_bands(const questions *q)
{
    const tdm_instrument *instrument = q->instrument;
    open_options(q);
    for (size_t i = 0; i < instrument->age_band_count; i++)
        put_form_option(q, instrument->age_bands[i].code, instrument->age_bands[i].title);
    tdm__json_close_array(q->writer);
}

static void put_about_row(const questions *q, const tdm__fhir_about *row)
{
    bool has_bands = row->text == TDM__FORM_AGE_BAND && q->instrument->age_band_count > 0;
    const char *type = row->words || has_bands ? "choice" : "string";
    open_item(q, tdm__str(row->link_id), tdm__str(row->label), row->day != TDM__FHIR_NO_DAY ? "date" : type);
    if (row->words)
        put_word_options(q, row->words);
    else if (has_bands)
        put_age_bands(q);
    tdm__json_close_object(q->writer);
}

/* Several rules may hang on one condition, which is asked once. */
static bool asked_before(const tdm_instrument *instrument, size_t rule)
{
    for (size_t i = 0; i < rule; i++)
        if (tdm__str_equal(instrument->conditionals[i].condition, instrument->conditionals[rule].condition))
            return true;
    return false;
}

static void put_conditions(const questions *q)
{
    const tdm_instrument *instrument = q->instrument;
    for (size_t i = 0; i < instrument->conditional_count; i++) {
        tdm_str condition = instrument->conditionals[i].condition;
        if (asked_before(instrument, i))
            continue;
        tdm__json_open_object(q->writer);
        tdm__json_put_name(q->writer, "linkId");
        TDM__FHIR_PUT_JOINED(q->writer, TDM_LIT(TDM__FHIR_CONDITION), condition);
        tdm__fhir_put_member(q->writer, "text", condition);
        tdm__fhir_put_word(q->writer, "type", "boolean");
        tdm__json_close_object(q->writer);
    }
}

static void put_about(const questions *q)
{
    open_item(q, TDM_LIT(TDM__FHIR_ABOUT), TDM_LIT("About this form"), "group");
    open_items(q);
    for (size_t i = 0; tdm__fhir_about_at(i); i++)
        put_about_row(q, tdm__fhir_about_at(i));
    put_conditions(q);
    close_group(q);
}

static void put_targets(const questions *q)
{
    open_item(q, TDM_LIT(TDM__FHIR_TARGETS), TDM_LIT("Targets"), "group");
    tdm__json_put_name(q->writer, "repeats");
    tdm__json_put_bool(q->writer, true);
    open_items(q);
    for (int i = 0; i < TDM__FHIR_TARGET_COUNT; i++)
        put_item(q, tdm__fhir_targets[i].link_id, tdm__fhir_targets[i].label, tdm__fhir_targets[i].type);
    close_group(q);
}

static void open_part(const questions *q, const tdm__part *part, const char *type)
{
    tdm_str text = tdm__texts_part(q->texts, part->code);
    tdm__json_open_object(q->writer);
    tdm__fhir_put_link_id(q->writer, part->code, TDM__FHIR_GRADE);
    tdm__fhir_put_member(q->writer, "prefix", part->code);
    tdm__fhir_put_member(q->writer, "text", text.length > 0 ? text : part->title);
    tdm__fhir_put_word(q->writer, "type", type);
}

/* What may be said of a part beside its grade. */
static void put_remarks(const questions *q, tdm_str code)
{
    for (int said = TDM__FHIR_EVIDENCE; said < TDM__FHIR_SAID_COUNT; said++) {
        tdm__json_open_object(q->writer);
        tdm__fhir_put_link_id(q->writer, code, (tdm__fhir_said)said);
        tdm__fhir_put_word(q->writer, "text", tdm__fhir_says[said].label);
        tdm__fhir_put_word(q->writer, "type", "text");
        tdm__json_close_object(q->writer);
    }
}

static void put_grade_option(const questions *q, const tdm__part *item, const tdm__scale *scale,
                             const tdm__scale_value *value)
{
    tdm_str text = tdm__texts_grade(q->texts, item->code, value->value);
    tdm__text code;
    tdm__text_init(&code, q->writer->buffer.allocator);
    tdm__text_int(&code, value->value);
    tdm__json_open_object(q->writer);
    tdm__fhir_put_ordinal(q->writer, value->value);
    tdm__json_put_name(q->writer, "valueCoding");
    tdm__json_open_object(q->writer);
    tdm__fhir_put_scale_system(q->writer, q->instrument, scale, q->base);
    tdm__json_put_name(q->writer, "code");
    tdm__fhir_put_joined(q->writer, (const tdm_str[]){tdm__text_str(&code)}, 1);
    tdm__fhir_put_member(q->writer, "display", text.length > 0 ? text : value->label);
    tdm__json_close_object(q->writer);
    tdm__json_close_object(q->writer);
    if (code.failed && q->writer->status == TDM_OK)
        q->writer->status = TDM_NO_MEMORY;
    tdm__text_free(&code);
}

static void put_state_option(const questions *q, const tdm__part *item, const tdm__scale *scale,
                             tdm__entry_state state)
{
    bool not_seen = state == TDM__ENTRY_NOT_SEEN;
    tdm_str text = tdm__texts_state(q->texts, item->code, state);
    tdm__json_open_object(q->writer);
    tdm__json_put_name(q->writer, "valueCoding");
    tdm__json_open_object(q->writer);
    tdm__fhir_put_scale_system(q->writer, q->instrument, scale, q->base);
    tdm__fhir_put_word(q->writer, "code", not_seen ? "not-seen" : "not-applicable");
    tdm__fhir_put_member(q->writer, "display",
                         text.length > 0 ? text : tdm__str(not_seen ? "not seen" : "not applicable"));
    tdm__json_close_object(q->writer);
    tdm__json_close_object(q->writer);
}

/* An item that is not asked at every age is asked where the age band is one of its own. */
static void put_ages(const questions *q, uint32_t item)
{
    const tdm_instrument *instrument = q->instrument;
    uint32_t bands = (uint32_t)instrument->age_band_count, asked = 0;
    for (uint32_t band = 0; band < bands; band++)
        asked += tdm__instrument_asked(instrument, item, band);
    if (asked == bands || asked == 0)
        return;
    tdm__json_put_name(q->writer, "enableWhen");
    tdm__json_open_array(q->writer);
    for (uint32_t band = 0; band < bands; band++) {
        if (!tdm__instrument_asked(instrument, item, band))
            continue;
        tdm__json_open_object(q->writer);
        tdm__fhir_put_word(q->writer, "question", "about.age-band");
        tdm__fhir_put_word(q->writer, "operator", "=");
        put_form_coding(q, "answerCoding", instrument->age_bands[band].code, TDM_LIT(""));
        tdm__json_close_object(q->writer);
    }
    tdm__json_close_array(q->writer);
    tdm__fhir_put_word(q->writer, "enableBehavior", "any");
}

static void put_grade_item(const questions *q, uint32_t number)
{
    const tdm__part *item = &q->instrument->items.items[number];
    const tdm__scale *scale = tdm__instrument_item_scale(q->instrument, number);
    open_part(q, item, "choice");
    put_ages(q, number);
    open_options(q);
    for (size_t i = 0; i < scale->value_count; i++)
        put_grade_option(q, item, scale, &scale->values[i]);
    put_state_option(q, item, scale, TDM__ENTRY_NOT_SEEN);
    put_state_option(q, item, scale, TDM__ENTRY_NOT_APPLICABLE);
    tdm__json_close_array(q->writer);
    tdm__json_close_object(q->writer);
    put_remarks(q, item->code);
}

static void put_sub_area(const questions *q, uint32_t number)
{
    const tdm__part *sub_area = &q->instrument->sub_areas.items[number];
    bool direct = tdm__fhir_is_own_item(q->instrument, number);
    if (!direct) {
        open_part(q, sub_area, "group");
        open_items(q);
    }
    for (uint32_t i = sub_area->first; i < sub_area->first + sub_area->count; i++)
        put_grade_item(q, i);
    if (!direct) {
        put_remarks(q, sub_area->code);
        close_group(q);
    }
}

static void put_area(const questions *q, const tdm__part *area)
{
    open_part(q, area, "group");
    open_items(q);
    for (uint32_t i = area->first; i < area->first + area->count; i++)
        put_sub_area(q, i);
    put_remarks(q, area->code);
    close_group(q);
}

/* FHIR wants a name for programs: a capital, then letters, digits and '_'. */
static void put_name(const questions *q)
{
    tdm_str id = tdm_instrument_id(q->instrument);
    tdm__text name;
    tdm__text_init(&name, q->writer->buffer.allocator);
    tdm__text_puts(&name, "Form_");
    for (size_t i = 0; i < id.length && i < 200; i++) {
        char c = id.data[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        tdm__text_char(&name, plain ? c : '_');
    }
    tdm__json_put_name(q->writer, "name");
    tdm__fhir_put_joined(q->writer, (const tdm_str[]){tdm__text_str(&name)}, 1);
    if (name.failed && q->writer->status == TDM_OK)
        q->writer->status = TDM_NO_MEMORY;
    tdm__text_free(&name);
}

/* Whose words stand in it: the definition's licence, and that of the texts that were laid over it. */
static void put_copyright(const questions *q)
{
    tdm_str overlay = tdm__texts_licence(q->texts);
    tdm__json_put_name(q->writer, "copyright");
    TDM__FHIR_PUT_JOINED(q->writer, tdm_instrument_licence(q->instrument),
                         tdm__str(overlay.length > 0 ? " " : ""), overlay);
}

void tdm__fhir_put_questionnaire(tdm__json_writer *writer, const tdm_instrument *instrument,
                                 const tdm__texts *texts, tdm_str base)
{
    const questions q = {writer, instrument, texts, base};
    tdm__json_open_object(writer);
    tdm__fhir_put_word(writer, "resourceType", "Questionnaire");
    tdm__json_put_name(writer, "url");
    tdm__fhir_put_canonical(writer, instrument, base, false);
    tdm__fhir_put_member(writer, "version", tdm_instrument_version(instrument));
    put_name(&q);
    tdm__fhir_put_member(writer, "title", tdm_instrument_title(instrument));
    tdm__fhir_put_word(writer, "status", "active");
    tdm__json_put_name(writer, "subjectType");
    tdm__json_open_array(writer);
    tdm__json_put_text(writer, "Patient"); /* whoever is assessed, a response is about a child */
    tdm__json_close_array(writer);
    tdm__fhir_put_member(writer, "description", tdm_instrument_source(instrument));
    put_copyright(&q);
    open_items(&q);
    put_about(&q);
    for (size_t i = 0; i < instrument->areas.count; i++)
        put_area(&q, &instrument->areas.items[i]);
    put_targets(&q);
    tdm__json_close_array(writer);
    tdm__json_close_object(writer);
}
