/*
 * A form as a QuestionnaireResponse, in the order of the Questionnaire. What does not fit the definition
 * stands behind it all under its own link id, so that nothing is lost unseen; an empty text, which FHIR does
 * not have, is left out.
 */
#include "instrument/fhir_parts.h"

/* What the form says of one part. */
typedef struct spot {
    const tdm__entry *entry;
    const tdm__remark *remarks[TDM__FHIR_SAID_COUNT];
} spot;

typedef struct answers {
    tdm__json_writer *writer;
    const tdm_instrument *instrument;
    const tdm_assessment *assessment;
    tdm_str base;
    spot *spots; /* by the number of the part */
} answers;

static void open_group(const answers *a, tdm_str link_id)
{
    tdm__json_open_object(a->writer);
    tdm__fhir_put_member(a->writer, "linkId", link_id);
    tdm__json_put_name(a->writer, "item");
    tdm__json_open_array(a->writer);
}

static void close_group(const answers *a)
{
    tdm__json_close_array(a->writer);
    tdm__json_close_object(a->writer);
}

/* Behind the link id, up to the name of the value. */
static void open_answer(const answers *a, const char *value)
{
    tdm__json_put_name(a->writer, "answer");
    tdm__json_open_array(a->writer);
    tdm__json_open_object(a->writer);
    tdm__json_put_name(a->writer, value);
}

static void close_answer(const answers *a)
{
    tdm__json_close_object(a->writer);
    tdm__json_close_array(a->writer);
    tdm__json_close_object(a->writer);
}

static void open_item(const answers *a, const char *link_id, const char *value)
{
    tdm__json_open_object(a->writer);
    tdm__fhir_put_word(a->writer, "linkId", link_id);
    open_answer(a, value);
}

static void put_text(const answers *a, const char *link_id, tdm_str text)
{
    if (text.length == 0)
        return;
    open_item(a, link_id, "valueString");
    tdm__json_put_string(a->writer, text);
    close_answer(a);
}

static void put_word(const answers *a, const char *link_id, tdm_str word)
{
    if (word.length == 0)
        return;
    open_item(a, link_id, "valueCoding");
    tdm__json_open_object(a->writer);
    tdm__fhir_put_form_system(a->writer, a->base);
    tdm__fhir_put_member(a->writer, "code", word);
    tdm__json_close_object(a->writer);
    close_answer(a);
}

static void put_day_value(const answers *a, tdm_day day)
{
    char text[TDM_DATE_TEXT_SIZE];
    tdm_date_format(text, (tdm_date){day, day, 0});
    tdm__json_put_text(a->writer, text);
}

static void put_day(const answers *a, const char *link_id, tdm_day day)
{
    if (day == TDM_DAY_NONE)
        return;
    open_item(a, link_id, "valueDate");
    put_day_value(a, day);
    close_answer(a);
}

static void put_number(const answers *a, const char *link_id, bool given, int32_t number)
{
    if (!given)
        return;
    open_item(a, link_id, "valueInteger");
    tdm__json_put_int(a->writer, number);
    close_answer(a);
}

/* FHIR's own status tells a draft from what is complete; only the rest needs words. */
static tdm_str status_word(tdm_str status)
{
    bool told = tdm__str_equal(status, TDM_LIT("draft")) || tdm__str_equal(status, TDM_LIT("complete"));
    if (status.length == 0)
        return TDM_LIT(TDM__FHIR_NO_STATUS);
    return told ? TDM_LIT("") : status;
}

static void put_about_row(const answers *a, const tdm__fhir_about *row)
{
    if (row->day != TDM__FHIR_NO_DAY) {
        put_day(a, row->link_id, tdm__fhir_day_value(a->assessment, row->day));
        return;
    }
    tdm_str text = a->assessment->texts[row->text];
    if (row->text == TDM__FORM_STATUS)
        text = status_word(text);
    if (row->words || (row->text == TDM__FORM_AGE_BAND && a->instrument->age_band_count > 0))
        put_word(a, row->link_id, text);
    else
        put_text(a, row->link_id, text);
}

/* In the order of the form, in which they are applied; one that it names twice once. */
static void put_conditions(const answers *a)
{
    const tdm__condition *conditions = a->assessment->conditions;
    for (size_t i = 0; i < a->assessment->condition_count; i++) {
        bool before = false;
        for (size_t j = 0; j < i && !before; j++)
            before = tdm__str_equal(conditions[j].name, conditions[i].name);
        if (before)
            continue;
        tdm__json_open_object(a->writer);
        tdm__json_put_name(a->writer, "linkId");
        TDM__FHIR_PUT_JOINED(a->writer, TDM_LIT(TDM__FHIR_CONDITION), conditions[i].name);
        open_answer(a, "valueBoolean");
        tdm__json_put_bool(a->writer, true);
        close_answer(a);
    }
}

/* Whether the group would hold something; FHIR has no empty list. */
static bool has_about(const answers *a)
{
    bool any = a->assessment->condition_count > 0;
    for (size_t i = 0; tdm__fhir_about_at(i) && !any; i++) {
        const tdm__fhir_about *row = tdm__fhir_about_at(i);
        if (row->day != TDM__FHIR_NO_DAY)
            any = tdm__fhir_day_value(a->assessment, row->day) != TDM_DAY_NONE;
        else if (row->text == TDM__FORM_STATUS)
            any = status_word(a->assessment->texts[row->text]).length > 0;
        else
            any = a->assessment->texts[row->text].length > 0;
    }
    return any;
}

static void put_about(const answers *a)
{
    if (!has_about(a))
        return;
    open_group(a, TDM_LIT(TDM__FHIR_ABOUT));
    for (size_t i = 0; tdm__fhir_about_at(i); i++)
        put_about_row(a, tdm__fhir_about_at(i));
    put_conditions(a);
    close_group(a);
}

static void put_target(const answers *a, const tdm__target *target)
{
    open_group(a, TDM_LIT(TDM__FHIR_TARGETS));
    put_text(a, tdm__fhir_targets[TDM__FHIR_TARGET_ITEM].link_id, target->item);
    put_number(a, tdm__fhir_targets[TDM__FHIR_TARGET_CURRENT].link_id, target->has_current, target->current);
    put_day(a, tdm__fhir_targets[TDM__FHIR_TARGET_BY].link_id, target->by);
    put_number(a, tdm__fhir_targets[TDM__FHIR_TARGET_TARGET].link_id, target->has_target, target->target);
    put_number(a, tdm__fhir_targets[TDM__FHIR_TARGET_ACTUAL].link_id, target->has_actual, target->actual);
    close_group(a);
}

static void put_coding(const answers *a, const tdm__entry *entry, const tdm__scale *scale)
{
    const tdm__scale_value *value = tdm__scale_find(scale, entry->value);
    bool scored = entry->state == TDM__ENTRY_SCORED;
    tdm__text code;
    tdm__text_init(&code, a->writer->buffer.allocator);
    if (scored)
        tdm__text_int(&code, entry->value);
    else
        tdm__text_puts(&code, entry->state == TDM__ENTRY_NOT_SEEN ? "not-seen" : "not-applicable");
    tdm__json_open_object(a->writer);
    if (scored)
        tdm__fhir_put_ordinal(a->writer, entry->value);
    tdm__fhir_put_scale_system(a->writer, a->instrument, scale, a->base);
    tdm__json_put_name(a->writer, "code");
    tdm__fhir_put_joined(a->writer, (const tdm_str[]){tdm__text_str(&code)}, 1);
    if (scored && value)
        tdm__fhir_put_member(a->writer, "display", value->label);
    tdm__json_close_object(a->writer);
    if (code.failed && a->writer->status == TDM_OK)
        a->writer->status = TDM_NO_MEMORY;
    tdm__text_free(&code);
}

/* A grade that is not on the scale has no code. item: TDM__NO_PART of an item that the definition lacks. */
static void put_entry(const answers *a, const tdm__entry *entry, uint32_t item)
{
    const tdm__scale *scale = item != TDM__NO_PART ? tdm__instrument_item_scale(a->instrument, item) : NULL;
    bool scored = entry->state == TDM__ENTRY_SCORED;
    tdm__json_open_object(a->writer);
    tdm__fhir_put_link_id(a->writer, entry->item, TDM__FHIR_GRADE);
    if (scale && (!scored || tdm__scale_find(scale, entry->value))) {
        open_answer(a, "valueCoding");
        put_coding(a, entry, scale);
    } else if (scored) {
        open_answer(a, "valueInteger");
        tdm__json_put_int(a->writer, entry->value);
    } else {
        open_answer(a, "valueString");
        tdm__json_put_text(a->writer, entry->state == TDM__ENTRY_NOT_SEEN ? "not-seen" : "not-applicable");
    }
    close_answer(a);
}

static void put_remark(const answers *a, const tdm__remark *remark, tdm__fhir_said said)
{
    if (!remark || remark->text.length == 0)
        return;
    tdm__json_open_object(a->writer);
    tdm__fhir_put_link_id(a->writer, remark->item, said);
    open_answer(a, "valueString");
    tdm__json_put_string(a->writer, remark->text);
    close_answer(a);
}

static void put_spot(const answers *a, uint32_t number)
{
    const spot *here = &a->spots[number];
    if (here->entry)
        put_entry(a, here->entry, number);
    for (int said = TDM__FHIR_EVIDENCE; said < TDM__FHIR_SAID_COUNT; said++)
        put_remark(a, here->remarks[said], (tdm__fhir_said)said);
}

static bool has_spot(const answers *a, uint32_t number)
{
    const spot *here = &a->spots[number];
    bool any = here->entry != NULL;
    for (int said = TDM__FHIR_EVIDENCE; said < TDM__FHIR_SAID_COUNT; said++)
        any = any || (here->remarks[said] && here->remarks[said]->text.length > 0);
    return any;
}

static bool has_sub_area(const answers *a, uint32_t number)
{
    const tdm__part *sub_area = &a->instrument->sub_areas.items[number];
    bool any = has_spot(a, tdm__fhir_sub_area_number(a->instrument, number));
    for (uint32_t i = sub_area->first; i < sub_area->first + sub_area->count && !any; i++)
        any = has_spot(a, i);
    return any;
}

static void put_sub_area(const answers *a, uint32_t number)
{
    const tdm__part *sub_area = &a->instrument->sub_areas.items[number];
    if (tdm__fhir_is_own_item(a->instrument, number)) {
        put_spot(a, sub_area->first);
        return;
    }
    if (!has_sub_area(a, number))
        return;
    open_group(a, sub_area->code);
    for (uint32_t i = sub_area->first; i < sub_area->first + sub_area->count; i++)
        put_spot(a, i);
    put_spot(a, tdm__fhir_sub_area_number(a->instrument, number));
    close_group(a);
}

static void put_area(const answers *a, uint32_t number)
{
    const tdm__part *area = &a->instrument->areas.items[number];
    bool any = has_spot(a, tdm__fhir_area_number(a->instrument, number));
    for (uint32_t i = area->first; i < area->first + area->count && !any; i++)
        any = has_sub_area(a, i);
    if (!any)
        return;
    open_group(a, area->code);
    for (uint32_t i = area->first; i < area->first + area->count; i++)
        put_sub_area(a, i);
    put_spot(a, tdm__fhir_area_number(a->instrument, number));
    close_group(a);
}

typedef struct remark_list {
    const tdm__remark *remarks;
    size_t count;
} remark_list;

static remark_list remarks_of(const answers *a, tdm__fhir_said said)
{
    const tdm_assessment *form = a->assessment;
    return said == TDM__FHIR_EVIDENCE ? (remark_list){form->evidence, form->evidence_count}
                                      : (remark_list){form->child_words, form->child_word_count};
}

/* What the form says of each part; what it says of no part of the definition stays for the end. */
static void place(answers *a)
{
    for (size_t i = 0; i < a->assessment->entry_count; i++) {
        const tdm__entry *entry = &a->assessment->entries[i];
        uint32_t item = tdm__instrument_find_item(a->instrument, entry->item);
        if (item != TDM__NO_PART)
            a->spots[item].entry = entry;
    }
    for (int said = TDM__FHIR_EVIDENCE; said < TDM__FHIR_SAID_COUNT; said++) {
        remark_list list = remarks_of(a, (tdm__fhir_said)said);
        for (size_t i = 0; i < list.count; i++) {
            uint32_t part = tdm__fhir_part_number(a->instrument, list.remarks[i].item);
            if (part != TDM__NO_PART)
                a->spots[part].remarks[said] = &list.remarks[i];
        }
    }
}

static void put_unplaced(const answers *a)
{
    for (size_t i = 0; i < a->assessment->entry_count; i++)
        if (tdm__instrument_find_item(a->instrument, a->assessment->entries[i].item) == TDM__NO_PART)
            put_entry(a, &a->assessment->entries[i], TDM__NO_PART);
    for (int said = TDM__FHIR_EVIDENCE; said < TDM__FHIR_SAID_COUNT; said++) {
        remark_list list = remarks_of(a, (tdm__fhir_said)said);
        for (size_t i = 0; i < list.count; i++)
            if (tdm__fhir_part_number(a->instrument, list.remarks[i].item) == TDM__NO_PART)
                put_remark(a, &list.remarks[i], (tdm__fhir_said)said);
    }
}

static bool has_items(const answers *a)
{
    bool any = has_about(a) || a->assessment->entry_count > 0 || a->assessment->target_count > 0;
    for (int said = TDM__FHIR_EVIDENCE; said < TDM__FHIR_SAID_COUNT; said++) {
        remark_list list = remarks_of(a, (tdm__fhir_said)said);
        for (size_t i = 0; i < list.count && !any; i++)
            any = list.remarks[i].text.length > 0;
    }
    return any;
}

static void put_items(const answers *a)
{
    if (!has_items(a))
        return;
    tdm__json_put_name(a->writer, "item");
    tdm__json_open_array(a->writer);
    put_about(a);
    for (uint32_t i = 0; i < a->instrument->areas.count; i++)
        put_area(a, i);
    for (size_t i = 0; i < a->assessment->target_count; i++)
        put_target(a, &a->assessment->targets[i]);
    put_unplaced(a);
    tdm__json_close_array(a->writer);
}

/* A reference by identifier: whose number it is, no address says. */
static void put_reference(const answers *a, const char *name, const char *type, tdm_str identifier)
{
    if (identifier.length == 0)
        return;
    tdm__json_put_name(a->writer, name);
    tdm__json_open_object(a->writer);
    tdm__fhir_put_word(a->writer, "type", type);
    tdm__json_put_name(a->writer, "identifier");
    tdm__json_open_object(a->writer);
    tdm__fhir_put_member(a->writer, "value", identifier);
    tdm__json_close_object(a->writer);
    tdm__json_close_object(a->writer);
}

static void put_header(const answers *a)
{
    const tdm_str *texts = a->assessment->texts;
    bool draft = tdm__str_equal(texts[TDM__FORM_STATUS], TDM_LIT("draft"));
    tdm__fhir_put_word(a->writer, "resourceType", "QuestionnaireResponse");
    tdm__json_put_name(a->writer, "identifier");
    tdm__json_open_object(a->writer);
    tdm__fhir_put_member(a->writer, "value", texts[TDM__FORM_ID]);
    tdm__json_close_object(a->writer);
    tdm__json_put_name(a->writer, "questionnaire");
    tdm__fhir_put_canonical(a->writer, a->instrument, a->base, true);
    tdm__fhir_put_word(a->writer, "status", draft ? "in-progress" : "completed");
    put_reference(a, "subject", "Patient", texts[TDM__FORM_CHILD]);
    tdm__json_put_name(a->writer, "authored");
    put_day_value(a, a->assessment->date);
    put_reference(a, "author", "Practitioner", texts[TDM__FORM_ASSESSOR]);
}

void tdm__fhir_put_response(tdm__json_writer *writer, const tdm_instrument *instrument,
                            const tdm_assessment *assessment, tdm_str base)
{
    const tdm_allocator *allocator = writer->buffer.allocator;
    answers a = {writer, instrument, assessment, base, NULL};
    a.spots = tdm__alloc_zeroed(allocator, tdm__fhir_part_count(instrument), sizeof *a.spots);
    if (!a.spots) {
        writer->status = writer->status != TDM_OK ? writer->status : TDM_NO_MEMORY;
        tdm__json_put_null(writer);
        return;
    }
    place(&a);
    tdm__json_open_object(writer);
    put_header(&a);
    put_items(&a);
    tdm__json_close_object(writer);
    tdm__free(allocator, a.spots);
}
