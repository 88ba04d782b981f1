/*
 * What a text is, by the "resourceType" of its one object: a scan of its first level that takes no memory.
 * Whether the rest is JSON is the readers' business.
 */
#include "instrument/fhir.h"

#include <string.h>

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_space(tdm_str *rest)
{
    while (rest->length > 0 && is_space(rest->data[0]))
        *rest = (tdm_str){rest->data + 1, rest->length - 1};
}

static bool take(tdm_str *rest, char c)
{
    skip_space(rest);
    if (rest->length == 0 || rest->data[0] != c)
        return false;
    *rest = (tdm_str){rest->data + 1, rest->length - 1};
    return true;
}

/* What stands between two quotes, escapes as written; false where there is no string. */
static bool take_string(tdm_str *out, tdm_str *rest)
{
    size_t end = 0;
    *out = (tdm_str){"", 0};
    if (!take(rest, '"'))
        return false;
    while (end < rest->length && rest->data[end] != '"')
        end += rest->data[end] == '\\' ? 2 : 1;
    if (end >= rest->length)
        return false;
    *out = (tdm_str){rest->data, end};
    *rest = (tdm_str){rest->data + end + 1, rest->length - end - 1};
    return true;
}

/* Behind a value, at the comma or the brace that follows on the first level. */
static bool skip_value(tdm_str *rest)
{
    size_t depth = 0;
    tdm_str string;
    while (rest->length > 0) {
        char c = rest->data[0];
        if (c == '"') {
            if (!take_string(&string, rest))
                return false;
            continue;
        }
        if (depth == 0 && (c == ',' || c == '}'))
            return true;
        depth += c == '{' || c == '[';
        depth -= depth > 0 && (c == '}' || c == ']');
        *rest = (tdm_str){rest->data + 1, rest->length - 1};
    }
    return false;
}

tdm__fhir_kind tdm__fhir_recognised(tdm_str content)
{
    tdm_str name, type;
    if (content.length >= 3 && memcmp(content.data, "\xEF\xBB\xBF", 3) == 0)
        content = (tdm_str){content.data + 3, content.length - 3};
    if (!take(&content, '{'))
        return TDM__FHIR_NONE;
    while (take_string(&name, &content) && take(&content, ':')) {
        if (!tdm__str_equal(name, TDM_LIT("resourceType"))) {
            if (!skip_value(&content) || !take(&content, ','))
                return TDM__FHIR_NONE;
            continue;
        }
        if (!take_string(&type, &content))
            return TDM__FHIR_NONE;
        if (tdm__str_equal(type, TDM_LIT("Questionnaire")))
            return TDM__FHIR_QUESTIONNAIRE;
        return tdm__str_equal(type, TDM_LIT("QuestionnaireResponse")) ? TDM__FHIR_RESPONSE : TDM__FHIR_OTHER;
    }
    return TDM__FHIR_NONE;
}
