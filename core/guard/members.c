/*
 * The table.
 */
#include "guard/members.h"

#include <tidemark/calendar.h>

#define KEEP(type, parent, name)                                                                             \
    {                                                                                                        \
        type, parent, name, TDM__TREAT_KEEP, TDM__GROUPS, NULL                                               \
    }
#define DATE(type, name)                                                                                     \
    {                                                                                                        \
        type, "", name, TDM__TREAT_DATE, TDM__GROUPS, NULL                                                   \
    }
#define CODE(type, parent, name, group)                                                                      \
    {                                                                                                        \
        type, parent, name, TDM__TREAT_CODE, TDM__GROUP_##group, NULL                                        \
    }
#define PERSON(type, name, hint)                                                                             \
    {                                                                                                        \
        type, "", name, TDM__TREAT_CODE, TDM__GROUP_PERSON, hint                                             \
    }
#define OTHER(type, parent, name, treat)                                                                     \
    {                                                                                                        \
        type, parent, name, TDM__TREAT_##treat, TDM__GROUPS, NULL                                            \
    }

static const tdm__member_rule rules[] = {
    KEEP(NULL, "", "type"),

    CODE("source", "", "id", SOURCE),
    CODE("source", "", "name", FILE),
    CODE("source", "", "sheet", SHEET),
    OTHER("source", "", "agency", AGENCY),
    CODE("source", "", "map", MAP),
    CODE("source", "", "hash", HASH),
    DATE("source", "received"),
    KEEP("source", "", "carries"),
    KEEP("source", "", "facts"),
    KEEP("source", "", "in_part"),
    CODE("source", "", "children", CHILD),
    CODE("source", "replaces", "id", SOURCE),
    CODE("source", "replaces", "hash", HASH),

    CODE("child", "", "id", CHILD),
    OTHER("child", "", "born", BIRTH),
    OTHER("child", "", "expected", BIRTH),
    DATE("child", "died"),
    CODE("child", "", "area", AREA),
    CODE("child", "", "household", HOUSEHOLD),

    PERSON("person", "id", "role"),
    OTHER("person", "", "role", ROLE),
    CODE("person", "", "household", HOUSEHOLD),

    CODE("coverage", "", "source", SOURCE),
    OTHER("coverage", "", "agency", AGENCY),
    DATE("coverage", "from"),
    DATE("coverage", "to"),

    CODE("event", "", "id", EVENT),
    CODE("event", "", "child", CHILD),
    DATE("event", "occurred"),
    DATE("event", "time"),
    DATE("event", "ended"),
    DATE("event", "recorded"),
    CODE("event", "", "episode", EPISODE),
    OTHER("event", "", "agency", AGENCY),
    OTHER("event", "", "role", ROLE),
    CODE("event", "source", "file", FILE),
    CODE("event", "source", "sheet", SHEET),
    KEEP("event", "source", "row"),
    CODE("event", "source", "hash", HASH),
    CODE("event", "replaced_by", "file", FILE),
    CODE("event", "replaced_by", "sheet", SHEET),
    KEEP("event", "replaced_by", "row"),
    OTHER("event", "replaced_by", "received", DATE),
    KEEP("event", "", "kind"),
    KEEP("event", "", "theme"),
    KEEP("event", "", "polarity"),
    KEEP("event", "", "significance"),
    OTHER("event", "", "significance_by", ROLE),
    KEEP("event", "", "child_seen"),
    KEEP("event", "", "seen_alone"),
    KEEP("event", "", "voice"),
    CODE("event", "", "reference", REFERENCE),
    CODE("event", "", "incident", INCIDENT),
    OTHER("event", "facts", NULL, FACT),
    OTHER("event", "", "kind_as_written", TEXT),
    OTHER("event", "", "occurred_as_written", TEXT),
    OTHER("event", "", "action", TEXT),
    OTHER("event", "", "outcome", TEXT),
    OTHER("event", "", "text", TEXT),
    OTHER("event", "", "analysis", TEXT),
    OTHER("event", "", "facts", TEXT),

    CODE("assessment", "", "id", ASSESSMENT),
    CODE("assessment", "", "child", CHILD),
    OTHER("assessment", "subject", "id", SUBJECT),
    PERSON("assessment", "carer", NULL),
    PERSON("assessment", "assessor", "assessor_role"),
    OTHER("assessment", "", "assessor_role", ROLE),
    OTHER("assessment", "", "agency", AGENCY),
    DATE("assessment", "date"),
    DATE("assessment", "recorded"),
    DATE("assessment", "window"),
    OTHER("assessment", "items", NULL, ITEM),
    OTHER("assessment", "evidence", NULL, ITEM),
    OTHER("assessment", "child_words", NULL, ITEM),
    OTHER("assessment", "targets", "item", ITEM),
    OTHER("source", "", "format", TEXT),
    OTHER("assessment", "", "items", TEXT),
    OTHER("assessment", "", "evidence", TEXT),
    OTHER("assessment", "", "child_words", TEXT),
    OTHER("assessment", "", "conditions", TEXT),
    OTHER("assessment", "", "targets", TEXT),
};

static const tdm__member_rule free_text = OTHER(NULL, "", NULL, TEXT);

#define COUNT(table) (sizeof(table) / sizeof *(table))

static bool matches(const char *wanted, tdm_str text)
{
    return !wanted || tdm__str_equal(tdm__str(wanted), text);
}

const tdm__member_rule *tdm__member_rule_of(tdm_str type, tdm_str parent, tdm_str name)
{
    for (size_t i = 0; i < COUNT(rules); i++)
        if (matches(rules[i].type, type) && matches(rules[i].parent, parent) && matches(rules[i].name, name))
            return &rules[i];
    return &free_text;
}

tdm_str tdm__member_shown(tdm_str type, tdm_str name)
{
    for (size_t i = 0; i < COUNT(rules); i++)
        if (rules[i].name && rules[i].parent[0] == '\0' && matches(rules[i].type, type) &&
            matches(rules[i].name, name))
            return tdm__str(rules[i].name);
    return TDM_LIT("(other)");
}

bool tdm__is_item_code(tdm_str text)
{
    bool digit = false;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        digit = digit || (c >= '0' && c <= '9');
        if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && c != '.' &&
            c != '-' && c != '_')
            return false;
    }
    return digit && text.length <= 8;
}

bool tdm__is_written_date(tdm_str text)
{
    static const char signs[] = "0123456789-/.[]?~%XTZ:+";
    if (text.length > TDM_DATE_TEXT_SIZE)
        return false;
    for (size_t i = 0; i < text.length; i++) {
        bool found = false;
        for (size_t s = 0; s < sizeof signs - 1 && !found; s++)
            found = text.data[i] == signs[s];
        if (!found)
            return false;
    }
    return true;
}
