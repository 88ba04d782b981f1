/*
 * indicators new: the file that an indicator of one's own begins as, from a template of the data folder.
 */
#include "api/rules_of.h"

#include <string.h>

#define TEMPLATE "templates/indicator.lua"
#define ID_MAX   60

static bool is_id(tdm_str id)
{
    for (size_t i = 0; i < id.length; i++) {
        char c = id.data[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c == '-' && i > 0)))
            return false;
    }
    return id.length > 0 && id.length <= ID_MAX;
}

/* The template with what stands for @ID@ and @GROUP@. */
static void fill(tdm__text *text, tdm_str rest, tdm_str id, tdm_str group)
{
    static const tdm_str id_mark = {"@ID@", 4}, group_mark = {"@GROUP@", 7};
    while (rest.length > 0) {
        const char *at = memchr(rest.data, '@', rest.length);
        size_t before = at ? (size_t)(at - rest.data) : rest.length;
        tdm__text_bytes(text, rest.data, before);
        rest = (tdm_str){rest.data + before, rest.length - before};
        bool is_group = tdm__str_starts(rest, group_mark),
             is_mark = is_group || tdm__str_starts(rest, id_mark);
        if (is_mark)
            tdm__text_add(text, is_group ? group : id);
        else if (rest.length > 0)
            tdm__text_char(text, '@');
        size_t taken = is_group ? group_mark.length : is_mark ? id_mark.length : rest.length > 0;
        rest = (tdm_str){rest.data + taken, rest.length - taken};
    }
}

static tdm_status say_new(tdm__data *data, tdm__answer *answer, const tdm_request *request,
                          tdm_outcome *outcome, tdm_error *error)
{
    tdm_str skeleton, id = tdm__str(tdm__request_value(request, "id"));
    const char *group = tdm__request_value(request, "group");
    (void)outcome;
    if (!is_id(id))
        return tdm__fail(error, TDM_INVALID_ARG, "id: at most %d letters a-z, digits and '-' expected",
                         ID_MAX);
    if (tdm__catalogue_find(data->catalogue, id) != TDM_NO_INDEX)
        return tdm__fail(error, TDM_CONFLICT, "there is an indicator of that id already");
    tdm_status status = tdm__data_file(&skeleton, data, data->scripts_root.data, TEMPLATE, TDM_LIT(TEMPLATE),
                                       error);
    if (status == TDM_OK)
        fill(&answer->text, skeleton, id, group ? tdm__str(group) : TDM_LIT("accumulation"));
    return status;
}

tdm_status tdm__op_indicators_new(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                  tdm_error *error)
{
    return tdm__with_rules(request, outcome, sink, error, say_new);
}
