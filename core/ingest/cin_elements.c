/*
 * The elements of the children-in-need census, 2017 to 2026, one row each: adding one is one row.
 * Names and codes are those of the Department for Education's census specifications.
 */
#include "ingest/cin.h"

#include <string.h>

/* Rows that others name as their parent. */
enum {
    MESSAGE,
    HEADER,
    COLLECTION_DETAILS,
    SOURCE,
    CHILDREN,
    CHILD,
    IDENTIFIERS,
    CHARACTERISTICS,
    DISABILITIES,
    DETAILS,
    ASSESSMENTS,
    FACTORS,
    PLAN_DATES,
    SECTION_47,
    PROTECTION_PLANS,
    REVIEWS
};

#define HOLDS(name, parent)                                                                                  \
    {                                                                                                        \
        name, parent, TDM__CIN_HOLDS, TDM__CIN_TYPES, 0                                                      \
    }
#define OPENS(name, parent, record)                                                                          \
    {                                                                                                        \
        name, parent, TDM__CIN_OPENS, record, 0                                                              \
    }
#define FILLS(name, parent, record, field)                                                                   \
    {                                                                                                        \
        name, parent, TDM__CIN_FILLS, record, field                                                          \
    }
#define PASSES(name, parent)                                                                                 \
    {                                                                                                        \
        name, parent, TDM__CIN_PASSES, TDM__CIN_TYPES, 0                                                     \
    }

static const tdm__cin_element elements[] = {
    [MESSAGE] = HOLDS("Message", TDM__CIN_ROOT),
    [HEADER] = HOLDS("Header", MESSAGE),
    [COLLECTION_DETAILS] = HOLDS("CollectionDetails", HEADER),
    [SOURCE] = HOLDS("Source", HEADER),
    [CHILDREN] = HOLDS("Children", MESSAGE),
    [CHILD] = OPENS("Child", CHILDREN, TDM__CIN_CHILD),
    [IDENTIFIERS] = HOLDS("ChildIdentifiers", CHILD),
    [CHARACTERISTICS] = HOLDS("ChildCharacteristics", CHILD),
    [DISABILITIES] = HOLDS("Disabilities", CHARACTERISTICS),
    [DETAILS] = OPENS("CINdetails", CHILD, TDM__CIN_DETAILS),
    [ASSESSMENTS] = OPENS("Assessments", DETAILS, TDM__CIN_ASSESSMENT),
    [FACTORS] = HOLDS("FactorsIdentifiedAtAssessment", ASSESSMENTS),
    [PLAN_DATES] = OPENS("CINPlanDates", DETAILS, TDM__CIN_PLAN),
    [SECTION_47] = OPENS("Section47", DETAILS, TDM__CIN_SECTION_47),
    [PROTECTION_PLANS] = OPENS("ChildProtectionPlans", DETAILS, TDM__CIN_PROTECTION_PLAN),
    [REVIEWS] = OPENS("Reviews", PROTECTION_PLANS, TDM__CIN_REVIEWS),

    FILLS("Collection", COLLECTION_DETAILS, TDM__CIN_HEADER, TDM__HEADER_COLLECTION),
    FILLS("Year", COLLECTION_DETAILS, TDM__CIN_HEADER, TDM__HEADER_YEAR),
    FILLS("ReferenceDate", COLLECTION_DETAILS, TDM__CIN_HEADER, TDM__HEADER_REFERENCE),
    PASSES("SourceLevel", SOURCE),
    PASSES("LEA", SOURCE),
    PASSES("SoftwareCode", SOURCE),
    PASSES("Release", SOURCE),
    PASSES("SerialNo", SOURCE),
    PASSES("DateTime", SOURCE),

    FILLS("LAchildID", IDENTIFIERS, TDM__CIN_CHILD, TDM__CHILD_ID),
    PASSES("UPN", IDENTIFIERS),
    PASSES("FormerUPN", IDENTIFIERS),
    PASSES("UPNunknown", IDENTIFIERS),
    FILLS("PersonBirthDate", IDENTIFIERS, TDM__CIN_CHILD, TDM__CHILD_BORN),
    FILLS("ExpectedPersonBirthDate", IDENTIFIERS, TDM__CIN_CHILD, TDM__CHILD_EXPECTED),
    FILLS("Sex", IDENTIFIERS, TDM__CIN_CHILD, TDM__CHILD_SEX),
    FILLS("GenderCurrent", IDENTIFIERS, TDM__CIN_CHILD, TDM__CHILD_GENDER),
    FILLS("PersonDeathDate", IDENTIFIERS, TDM__CIN_CHILD, TDM__CHILD_DIED),
    PASSES("Ethnicity", CHARACTERISTICS),
    PASSES("Disability", DISABILITIES),

    FILLS("CINreferralDate", DETAILS, TDM__CIN_DETAILS, TDM__DETAILS_REFERRED),
    FILLS("ReferralSource", DETAILS, TDM__CIN_DETAILS, TDM__DETAILS_SOURCE),
    FILLS("PrimaryNeedCode", DETAILS, TDM__CIN_DETAILS, TDM__DETAILS_NEED),
    FILLS("CINclosureDate", DETAILS, TDM__CIN_DETAILS, TDM__DETAILS_CLOSED),
    FILLS("ReasonForClosure", DETAILS, TDM__CIN_DETAILS, TDM__DETAILS_REASON),
    FILLS("DateOfInitialCPC", DETAILS, TDM__CIN_DETAILS, TDM__DETAILS_CONFERENCE),
    FILLS("ReferralNFA", DETAILS, TDM__CIN_DETAILS, TDM__DETAILS_NO_ACTION),

    FILLS("AssessmentActualStartDate", ASSESSMENTS, TDM__CIN_ASSESSMENT, TDM__ASSESSMENT_STARTED),
    PASSES("AssessmentInternalReviewDate", ASSESSMENTS),
    FILLS("AssessmentAuthorisationDate", ASSESSMENTS, TDM__CIN_ASSESSMENT, TDM__ASSESSMENT_AUTHORISED),
    {"AssessmentFactors", FACTORS, TDM__CIN_ADDS, TDM__CIN_ASSESSMENT, TDM__ASSESSMENT_FACTORS},

    FILLS("CINPlanStartDate", PLAN_DATES, TDM__CIN_PLAN, TDM__PLAN_STARTED),
    FILLS("CINPlanEndDate", PLAN_DATES, TDM__CIN_PLAN, TDM__PLAN_ENDED),

    FILLS("S47ActualStartDate", SECTION_47, TDM__CIN_SECTION_47, TDM__S47_STARTED),
    FILLS("InitialCPCtarget", SECTION_47, TDM__CIN_SECTION_47, TDM__S47_TARGET),
    FILLS("DateOfInitialCPC", SECTION_47, TDM__CIN_SECTION_47, TDM__S47_CONFERENCE),
    FILLS("ICPCnotRequired", SECTION_47, TDM__CIN_SECTION_47, TDM__S47_NOT_REQUIRED),

    FILLS("CPPstartDate", PROTECTION_PLANS, TDM__CIN_PROTECTION_PLAN, TDM__CPP_STARTED),
    FILLS("CPPendDate", PROTECTION_PLANS, TDM__CIN_PROTECTION_PLAN, TDM__CPP_ENDED),
    FILLS("InitialCategoryOfAbuse", PROTECTION_PLANS, TDM__CIN_PROTECTION_PLAN, TDM__CPP_INITIAL),
    FILLS("LatestCategoryOfAbuse", PROTECTION_PLANS, TDM__CIN_PROTECTION_PLAN, TDM__CPP_LATEST),
    FILLS("NumberOfPreviousCPP", PROTECTION_PLANS, TDM__CIN_PROTECTION_PLAN, TDM__CPP_PREVIOUS),
    {"CPPreviewDate", REVIEWS, TDM__CIN_DATES, TDM__CIN_REVIEW_DATE, TDM__REVIEW_ON},
};

#define ELEMENT_COUNT ((int32_t)(sizeof elements / sizeof elements[0]))

int32_t tdm__cin_find_element(const char *name, int32_t parent)
{
    for (int32_t row = 0; row < ELEMENT_COUNT; row++)
        if (elements[row].parent == parent && strcmp(elements[row].name, name) == 0)
            return row;
    return -1;
}

const tdm__cin_element *tdm__cin_element_at(int32_t row)
{
    return &elements[row];
}

const char *tdm__cin_field_name(tdm__cin_type record, int32_t field)
{
    for (int32_t row = 0; row < ELEMENT_COUNT; row++)
        if (elements[row].record == record && elements[row].field == field &&
            elements[row].role != TDM__CIN_OPENS)
            return elements[row].name;
    return "";
}

typedef struct code_list {
    tdm__cin_type record;
    int32_t field;
    const char *codes;
} code_list;

static const code_list code_lists[] = {
    {TDM__CIN_DETAILS, TDM__DETAILS_SOURCE, "1A|1B|1C|1D|2A|2B|3A|3B|3C|3D|3E|3F|4|5A|5B|5C|5D|6|7|8|9|10"},
    {TDM__CIN_DETAILS, TDM__DETAILS_NEED, "N0|N1|N2|N3|N4|N5|N6|N7|N8|N9"},
    {TDM__CIN_DETAILS, TDM__DETAILS_REASON, "RC1|RC2|RC3|RC4|RC5|RC6|RC7|RC8|RC9"},
    {TDM__CIN_ASSESSMENT, TDM__ASSESSMENT_FACTORS,
     "1A|1B|1C|2A|2B|2C|3A|3B|3C|4A|4B|4C|5A|5B|5C|6A|6B|6C|7A|8B|8C|8D|8E|8F|9A|10A|11A|12A|13A|14A|15A|"
     "16A|17A|18A|18B|18C|19A|19B|19C|20|21|22A|23A|24A"},
    {TDM__CIN_PROTECTION_PLAN, TDM__CPP_INITIAL, "NEG|PHY|SAB|EMO|MUL"},
    {TDM__CIN_PROTECTION_PLAN, TDM__CPP_LATEST, "NEG|PHY|SAB|EMO|MUL"},
    {TDM__CIN_HEADER, TDM__HEADER_COLLECTION, "CIN"},
};

bool tdm__cin_code_is_known(tdm__cin_type record, int32_t field, tdm_str value)
{
    for (size_t i = 0; i < sizeof code_lists / sizeof code_lists[0]; i++) {
        tdm_str codes = tdm__str(code_lists[i].codes);
        if (code_lists[i].record != record || code_lists[i].field != field)
            continue;
        while (codes.length > 0)
            if (tdm__str_equal(tdm__str_split(&codes, '|'), value))
                return true;
        return false;
    }
    return true;
}
