/*
 * From FHIR's JSON to the grade that an answer stands for, and the checks that both readers begin with. Which
 * item an answer belongs to is the readers' business.
 */
#include "instrument/fhir_parts.h"

#define COUNT_OF(table) (sizeof(table) / sizeof *(table))

tdm_str tdm__fhir_text(const tdm__json_value *object, const char *name)
{
    return tdm__json_string(tdm__json_member(object, name));
}

tdm_status tdm__fhir_unsupported(const tdm__json *document, const tdm__json_value *value, tdm_error *error,
                                 const char *expected)
{
    tdm_place place = {tdm__json_file(document), tdm__json_line(value), 0};
    return tdm__fail_at(error, TDM_UNSUPPORTED, place, "%s", expected);
}

tdm_status tdm__fhir_check_root(const tdm__json *document, const char *type, tdm_error *error)
{
    const tdm__json_value *root = tdm__json_root(document);
    const tdm__json_value *modifier = tdm__json_member(root, "modifierExtension");
    const tdm__json_value *rules = tdm__json_member(root, "implicitRules");
    tdm_str found = tdm__fhir_text(root, "resourceType");
    if (tdm__str_equal(found, TDM_LIT("Bundle")))
        return tdm__fhir_unsupported(document, root, error,
                                     "a Bundle; expected one resource of FHIR R4 in a file");
    if (!tdm__str_equal(found, tdm__str(type)))
        return tdm__json_fail(document, root, error, "expected \"resourceType\": \"%s\"", type);
    if (modifier)
        return tdm__fhir_unsupported(document, modifier, error,
                                     "\"modifierExtension\": expected a resource that means what R4 says");
    if (rules)
        return tdm__fhir_unsupported(document, rules, error,
                                     "\"implicitRules\": expected a resource that means what R4 says");
    return TDM_OK;
}

const char *tdm__fhir_ordinal(bool *given, int32_t *grade, const tdm__json_value *element)
{
    static const char expected[] = "expected a whole number from -10000 to 10000 as the grade of an answer";
    const tdm__json_value *extensions = tdm__json_member(element, "extension");
    for (const tdm__json_value *e = tdm__json_first(extensions); e; e = tdm__json_next(e)) {
        tdm_str url = tdm__fhir_text(e, "url");
        int64_t number = 0;
        if (!tdm__str_equal(url, TDM_LIT(TDM__FHIR_ORDINAL)) &&
            !tdm__str_equal(url, TDM_LIT(TDM__FHIR_WEIGHT)))
            continue;
        if (!tdm__json_int64(&number, tdm__json_member(e, "valueDecimal")) ||
            number < -TDM_INSTRUMENT_VALUE_MAX || number > TDM_INSTRUMENT_VALUE_MAX)
            return expected;
        if (*given && number != *grade)
            return "two grades for one answer; expected one";
        *given = true;
        *grade = (int32_t)number;
    }
    return NULL;
}

const tdm__fhir_link *tdm__fhir_link_named(const tdm__fhir_questionnaire *questionnaire, tdm_str link_id)
{
    size_t low = 0, high = questionnaire->link_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = tdm__str_compare(questionnaire->by_id[middle]->link_id, link_id);
        if (order == 0)
            return questionnaire->by_id[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* What a code stands for; `found` where something says so, `graded` where that is a grade. */
typedef struct coded_grade {
    bool found;
    bool graded;
    tdm__entry_state state;
    int32_t grade;
} coded_grade;

static tdm__entry_state state_of_code(tdm_str code)
{
    tdm__entry_state state;
    return tdm__entry_state_named(&state, code) ? state : TDM__ENTRY_NOT_RECORDED;
}

/* Without a system a code is taken where only one option has it. */
static const tdm__fhir_option *find_option(const tdm__fhir_link *link, tdm_str system, tdm_str code)
{
    const tdm__fhir_option *found = NULL;
    for (size_t i = 0; link && i < link->option_count; i++) {
        const tdm__fhir_option *option = &link->options[i];
        if (!tdm__str_equal(option->code, code))
            continue;
        if (tdm__str_equal(option->system, system))
            return option;
        if (system.length == 0 && found)
            return NULL;
        found = system.length == 0 ? option : found;
    }
    return found;
}

static coded_grade in_questionnaire(const tdm__fhir_link *link, tdm_str system, tdm_str code)
{
    const tdm__fhir_option *option = code.length > 0 ? find_option(link, system, code) : NULL;
    if (!option)
        return (coded_grade){0};
    if (option->graded)
        return (coded_grade){true, true, TDM__ENTRY_SCORED, option->grade};
    return (coded_grade){true, false, state_of_code(code), 0};
}

/* Our own code of a grade is its number; in another's system the same code may mean something else. */
static coded_grade in_definition(const tdm__fhir_choices *choices, tdm_str system, tdm_str code)
{
    int64_t number;
    if (!choices->scale ||
        (system.length > 0 && !tdm__fhir_is_scale_system(choices->instrument, choices->scale, system)))
        return (coded_grade){0};
    tdm__entry_state state = state_of_code(code);
    if (state != TDM__ENTRY_NOT_RECORDED)
        return (coded_grade){true, false, state, 0};
    if (!tdm__str_to_int64(&number, code) || !tdm__scale_find(choices->scale, number))
        return (coded_grade){0};
    return (coded_grade){true, true, TDM__ENTRY_SCORED, (int32_t)number};
}

static const char *grade_of_coding(tdm__entry_state *state, int32_t *grade, const tdm__json_value *answer,
                                   const tdm__json_value *coding, const tdm__fhir_choices *choices)
{
    bool given = false;
    tdm_str system = tdm__fhir_text(coding, "system"), code = tdm__fhir_text(coding, "code");
    const char *wrong = tdm__fhir_ordinal(&given, grade, coding);
    if (!wrong)
        wrong = tdm__fhir_ordinal(&given, grade, answer);
    if (wrong)
        return wrong;
    coded_grade known = in_questionnaire(choices->link, system, code);
    if (!known.found || (!known.graded && known.state == TDM__ENTRY_NOT_RECORDED)) {
        coded_grade own = in_definition(choices, system, code);
        known = own.found ? own : known;
    }
    if (given && known.found &&
        (known.graded ? known.grade != *grade : known.state != TDM__ENTRY_NOT_RECORDED))
        return "a grade beside a code that stands for another; expected the two to agree";
    if (!given && !known.found)
        return "expected an answer with ordinalValue or itemWeight, or with a code that the form knows";
    *state = given ? TDM__ENTRY_SCORED : known.state;
    *grade = given ? *grade : known.grade;
    return NULL;
}

static const char *grade_of_number(tdm__entry_state *state, int32_t *grade, const tdm__json_value *answer,
                                   const tdm__json_value *value)
{
    int64_t number;
    bool given = false;
    const char *wrong = tdm__fhir_ordinal(&given, grade, answer);
    if (wrong)
        return wrong;
    if (!tdm__json_int64(&number, value) || number < -TDM_INSTRUMENT_VALUE_MAX ||
        number > TDM_INSTRUMENT_VALUE_MAX)
        return "expected a whole number as the grade";
    if (given && number != *grade)
        return "two grades for one answer; expected one";
    *state = TDM__ENTRY_SCORED;
    *grade = (int32_t)number;
    return NULL;
}

const char *tdm__fhir_grade_of(tdm__entry_state *state, int32_t *grade, const tdm__json_value *answer,
                               const tdm__fhir_choices *choices)
{
    static const char *const numbers[] = {"valueInteger", "valueDecimal"};
    const tdm__json_value *coding = tdm__json_member(answer, "valueCoding");
    *state = TDM__ENTRY_NOT_RECORDED;
    *grade = 0;
    if (tdm__json_type_of(coding) == TDM__JSON_OBJECT)
        return grade_of_coding(state, grade, answer, coding, choices);
    for (size_t i = 0; i < COUNT_OF(numbers); i++) {
        const tdm__json_value *value = tdm__json_member(answer, numbers[i]);
        if (value)
            return grade_of_number(state, grade, answer, value);
    }
    return "expected an answer that is a Coding or a whole number";
}
