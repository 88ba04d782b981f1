/*
 * What the writers and readers of FHIR share: the tables of link ids, parts of a definition by number,
 * canonical addresses and code systems. Grades of answers are in fhir_grade.c.
 */
#include "instrument/fhir_parts.h"

#define COUNT_OF(table) (sizeof(table) / sizeof *(table))

static const char *const statuses[] = {"draft", "complete", "countersigned", TDM__FHIR_NO_STATUS, NULL};
static const char *const purposes[] = {"baseline", "review", NULL};
static const char *const subjects[] = {"child", "carer", "home", "agency", "case", NULL};

/* In the order in which a Questionnaire asks them. */
static const tdm__fhir_about about[] = {
    {"about.status", "Status of the form", TDM__FHIR_NO_DAY, TDM__FORM_STATUS, statuses},
    {"about.purpose", "Purpose", TDM__FHIR_NO_DAY, TDM__FORM_PURPOSE, purposes},
    {"about.subject-type", "What is assessed", TDM__FHIR_NO_DAY, TDM__FORM_SUBJECT_TYPE, subjects},
    {"about.subject-id", "Which one is assessed", TDM__FHIR_NO_DAY, TDM__FORM_SUBJECT_ID, NULL},
    {"about.carer", "Carer", TDM__FHIR_NO_DAY, TDM__FORM_CARER, NULL},
    {"about.agency", "Agency", TDM__FHIR_NO_DAY, TDM__FORM_AGENCY, NULL},
    {"about.age-band", "Age band", TDM__FHIR_NO_DAY, TDM__FORM_AGE_BAND, NULL},
    {"about.assessor-role", "Role of the assessor", TDM__FHIR_NO_DAY, TDM__FORM_ASSESSOR_ROLE, NULL},
    {"about.recorded", "Day of the recording", TDM__FHIR_RECORDED, TDM__FORM_COUNT, NULL},
    {"about.window-from", "First day that it is about", TDM__FHIR_WINDOW_FROM, TDM__FORM_COUNT, NULL},
    {"about.window-to", "Last day that it is about", TDM__FHIR_WINDOW_TO, TDM__FORM_COUNT, NULL},
};

const tdm__fhir_target_row tdm__fhir_targets[TDM__FHIR_TARGET_COUNT] = {
    [TDM__FHIR_TARGET_ITEM] = {"targets.item", "Code of the part", "string"},
    [TDM__FHIR_TARGET_CURRENT] = {"targets.current", "Grade now", "integer"},
    [TDM__FHIR_TARGET_BY] = {"targets.by", "By when", "date"},
    [TDM__FHIR_TARGET_TARGET] = {"targets.target", "Grade to reach", "integer"},
    [TDM__FHIR_TARGET_ACTUAL] = {"targets.actual", "Grade reached", "integer"},
};

const tdm__fhir_said_row tdm__fhir_says[TDM__FHIR_SAID_COUNT] = {
    [TDM__FHIR_GRADE] = {"", ""},
    [TDM__FHIR_EVIDENCE] = {".evidence", "Evidence"},
    [TDM__FHIR_CHILD_WORDS] = {".child-words", "The child's words"},
};

const tdm__fhir_about *tdm__fhir_about_at(size_t index)
{
    return index < COUNT_OF(about) ? &about[index] : NULL;
}

const tdm__fhir_about *tdm__fhir_about_named(tdm_str link_id)
{
    for (size_t i = 0; i < COUNT_OF(about); i++)
        if (tdm__str_equal(tdm__str(about[i].link_id), link_id))
            return &about[i];
    return NULL;
}

tdm_day *tdm__fhir_day_of(tdm_assessment *assessment, tdm__fhir_day day)
{
    tdm_day *const days[] = {[TDM__FHIR_RECORDED] = &assessment->recorded,
                             [TDM__FHIR_WINDOW_FROM] = &assessment->window_from,
                             [TDM__FHIR_WINDOW_TO] = &assessment->window_to};
    return days[day];
}

tdm_day tdm__fhir_day_value(const tdm_assessment *assessment, tdm__fhir_day day)
{
    const tdm_day days[] = {[TDM__FHIR_RECORDED] = assessment->recorded,
                            [TDM__FHIR_WINDOW_FROM] = assessment->window_from,
                            [TDM__FHIR_WINDOW_TO] = assessment->window_to};
    return days[day];
}

size_t tdm__fhir_part_count(const tdm_instrument *instrument)
{
    return instrument->items.count + instrument->sub_areas.count + instrument->areas.count;
}

uint32_t tdm__fhir_area_number(const tdm_instrument *instrument, uint32_t area)
{
    return (uint32_t)(instrument->items.count + instrument->sub_areas.count) + area;
}

bool tdm__fhir_is_own_item(const tdm_instrument *instrument, uint32_t sub_area)
{
    const tdm__part *part = &instrument->sub_areas.items[sub_area];
    return part->count == 1 && tdm__str_equal(part->code, instrument->items.items[part->first].code);
}

uint32_t tdm__fhir_sub_area_number(const tdm_instrument *instrument, uint32_t sub_area)
{
    return tdm__fhir_is_own_item(instrument, sub_area) ? instrument->sub_areas.items[sub_area].first
                                                       : (uint32_t)instrument->items.count + sub_area;
}

uint32_t tdm__fhir_part_number(const tdm_instrument *instrument, tdm_str code)
{
    uint32_t found = tdm__instrument_find_item(instrument, code);
    if (found != TDM__NO_PART)
        return found;
    found = tdm__instrument_find_part(&instrument->sub_areas, code);
    if (found != TDM__NO_PART)
        return tdm__fhir_sub_area_number(instrument, found);
    found = tdm__instrument_find_part(&instrument->areas, code);
    return found != TDM__NO_PART ? tdm__fhir_area_number(instrument, found) : TDM__NO_PART;
}

void tdm__fhir_put_joined(tdm__json_writer *writer, const tdm_str *pieces, size_t count)
{
    tdm__text text;
    tdm__text_init(&text, writer->buffer.allocator);
    for (size_t i = 0; i < count; i++)
        tdm__text_add(&text, pieces[i]);
    if (text.failed && writer->status == TDM_OK)
        writer->status = TDM_NO_MEMORY;
    tdm__json_put_string(writer, tdm__text_str(&text));
    tdm__text_free(&text);
}

void tdm__fhir_put_member(tdm__json_writer *writer, const char *name, tdm_str text)
{
    if (text.length == 0)
        return;
    tdm__json_put_name(writer, name);
    tdm__json_put_string(writer, text);
}

void tdm__fhir_put_word(tdm__json_writer *writer, const char *name, const char *zero_ended)
{
    tdm__fhir_put_member(writer, name, tdm__str(zero_ended));
}

void tdm__fhir_put_link_id(tdm__json_writer *writer, tdm_str code, tdm__fhir_said said)
{
    tdm__json_put_name(writer, "linkId");
    TDM__FHIR_PUT_JOINED(writer, code, tdm__str(tdm__fhir_says[said].suffix));
}

void tdm__fhir_put_ordinal(tdm__json_writer *writer, int32_t grade)
{
    tdm__json_put_name(writer, "extension");
    tdm__json_open_array(writer);
    tdm__json_open_object(writer);
    tdm__fhir_put_word(writer, "url", TDM__FHIR_ORDINAL);
    tdm__json_put_name(writer, "valueDecimal");
    tdm__json_put_int(writer, grade);
    tdm__json_close_object(writer);
    tdm__json_close_array(writer);
}

static tdm_str base_or_own(tdm_str base)
{
    return base.length > 0 ? base : tdm__str(TDM__FHIR_BASE);
}

/* A scale without a name is the instrument's only one. */
static tdm_str dash_of(const tdm__scale *scale)
{
    return tdm__str(scale->name.length > 0 ? "-" : "");
}

void tdm__fhir_put_scale_system(tdm__json_writer *writer, const tdm_instrument *instrument,
                                const tdm__scale *scale, tdm_str base)
{
    tdm__json_put_name(writer, "system");
    TDM__FHIR_PUT_JOINED(writer, base_or_own(base), TDM_LIT("/CodeSystem/"), tdm_instrument_id(instrument),
                         dash_of(scale), scale->name);
}

void tdm__fhir_put_form_system(tdm__json_writer *writer, tdm_str base)
{
    tdm__json_put_name(writer, "system");
    TDM__FHIR_PUT_JOINED(writer, base_or_own(base), TDM_LIT("/CodeSystem/form"));
}

/* Takes a piece off the end; false when the text does not end so. */
static bool take_off_end(tdm_str *text, tdm_str piece)
{
    if (piece.length > text->length)
        return false;
    tdm_str end = {text->data + text->length - piece.length, piece.length};
    if (!tdm__str_equal(end, piece))
        return false;
    text->length -= piece.length;
    return true;
}

bool tdm__fhir_is_scale_system(const tdm_instrument *instrument, const tdm__scale *scale, tdm_str system)
{
    return take_off_end(&system, scale->name) && take_off_end(&system, dash_of(scale)) &&
           take_off_end(&system, tdm_instrument_id(instrument)) &&
           take_off_end(&system, TDM_LIT("/CodeSystem/"));
}

bool tdm__fhir_is_canonical_of(const tdm_instrument *instrument, tdm_str canonical)
{
    return take_off_end(&canonical, tdm_instrument_version(instrument)) &&
           take_off_end(&canonical, TDM_LIT("|")) &&
           take_off_end(&canonical, tdm_instrument_id(instrument)) &&
           take_off_end(&canonical, TDM_LIT("/Questionnaire/")) && canonical.length > 0;
}

void tdm__fhir_put_canonical(tdm__json_writer *writer, const tdm_instrument *instrument, tdm_str base,
                             bool versioned)
{
    TDM__FHIR_PUT_JOINED(writer, base_or_own(base), TDM_LIT("/Questionnaire/"), tdm_instrument_id(instrument),
                         tdm__str(versioned ? "|" : ""),
                         versioned ? tdm_instrument_version(instrument) : TDM_LIT(""));
}
