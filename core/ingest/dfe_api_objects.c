/*
 * The objects of the DfE's children's social care API and what their members become, one row each.
 * Names and codes are those of its published specification.
 */
#include "ingest/dfe_api.h"
#include "ingest/national_fields.h"

#define FIELDS(list) .fields = list, .field_count = sizeof list / sizeof list[0]

static const tdm__word needed[] = {{"true", "no"}, {"false", "yes"}, {NULL, NULL}}; /* of "not required" */
static const tdm__word led_to[] = {{"true", "conference"}, {"false", "no-conference"}, {NULL, NULL}};

static const tdm__national_field child[] = {PASSED("la_child_id"), PASSED("mis_child_id"), PASSED("purge")};
const tdm__national_form tdm__api_child = {.name = "child", FIELDS(child)};

static const tdm__national_field details[] = {
    PASSED("date_of_birth"),
    PASSED("expected_date_of_birth"),
    PASSED("sex"),
    PASSED("unique_pupil_number"),
    PASSED("former_unique_pupil_number"),
    PASSED("unique_pupil_number_unknown_reason"),
    PASSED("first_name"),
    PASSED("surname"),
    PASSED("ethnicity"),
    PASSED("disabilities"),
    PASSED("postcode"),
    PASSED("uasc_flag"),
    PASSED("uasc_end_date"),
    PASSED("purge"),
};
const tdm__national_form tdm__api_details = {.name = "child_details", FIELDS(details)};

static const tdm__national_field episode[] = {
    REFERENCE("social_care_episode_id"),
    DATE("referral_date", 0),
    CODE("referral_source", 0, "referral_source", TDM__CIN_DETAILS, TDM__DETAILS_SOURCE),
    FACT("referral_no_further_action_flag", 0, "no_further_action"),
    DATE("closure_date", 1),
    CODE("closure_reason", 1, "closure_reason", TDM__CIN_DETAILS, TDM__DETAILS_REASON),
    PASSED("purge"),
};
const tdm__national_form tdm__api_episode = {
    .name = "social_care_episodes",
    FIELDS(episode),
    .episode = "case",
    .keyed_as_census = true,
    .not_opened_by = "no_further_action",
    .events = {{"referral", TDM__WHEN_ALWAYS, NULL}, {"case-closure", TDM__WHEN_TOLD, NULL}},
};

static const tdm__national_field worker[] = {
    FACT("worker_id", 0, "worker"),
    DATE("start_date", 0),
    {.name = "end_date", .use = TDM__USE_FIELD, .field = TDM__FIELD_ENDED},
};

static const tdm__national_field assessment[] = {
    REFERENCE("child_and_family_assessment_id"),
    DATE("start_date", 0),
    DATE("authorisation_date", 1),
    {.name = "factors",
     .use = TDM__USE_FACT,
     .event = 1,
     .or_first = true,
     .fact = "factors",
     .code_of = TDM__CIN_ASSESSMENT,
     .code_field = TDM__ASSESSMENT_FACTORS},
    PASSED("purge"),
};

static const tdm__national_field need_plan[] = {
    REFERENCE("child_in_need_plan_id"),
    DATE("start_date", 0),
    DATE("end_date", 1),
    PASSED("purge"),
};

static const tdm__national_field section_47[] = {
    REFERENCE("section_47_assessment_id"),
    DATE("start_date", 0),
    DATE("icpc_date", 1),
    WORDS("icpc_required_flag", 1, "not_required", needed),
    DATE("end_date", 2),
    WORDS("icpc_required_flag", 2, "outcome", led_to),
    PASSED("purge"),
};

static const tdm__national_field protection_plan[] = {
    REFERENCE("child_protection_plan_id"),
    DATE("start_date", 0),
    DATE("end_date", 1),
    PASSED("purge"),
};

static const tdm__national_field placement[] = {
    REFERENCE("child_looked_after_placement_id"),
    DATE("start_date", 0),
    ONLY("start_reason", 0, tdm__national_care_started),
    DATE("end_date", 1),
    ONLY("end_reason", 1, tdm__national_care_ended),
    FACT("end_reason", 1, "reason"),
    PASSED("placement_type"),
    PASSED("postcode"),
    PASSED("change_reason"),
    PASSED("purge"),
};

static const tdm__national_field adoption[] = {
    PASSED("initial_decision_date"),
    PASSED("matched_date"),
    PASSED("placed_date"),
    PASSED("purge"),
};

static const tdm__national_field care_leaver[] = {
    PASSED("contact_date"),
    PASSED("activity"),
    PASSED("accommodation"),
    PASSED("purge"),
};

static const tdm__national_field sdq[] = {PASSED("date"), PASSED("score")};

static const tdm__api_object of_episode[] = {
    {.member = "care_worker_details",
     .is_list = true,
     .form = {.name = "care_worker_details",
              FIELDS(worker),
              .events = {{"allocation", TDM__WHEN_ALWAYS, NULL}}}},
    {.member = "child_and_family_assessments",
     .is_list = true,
     .form = {.name = "child_and_family_assessments",
              FIELDS(assessment),
              .episode = "assessment",
              .keyed_as_census = true,
              .events = {{"assessment-start", TDM__WHEN_ALWAYS, NULL},
                         {"assessment-end", TDM__WHEN_DATED, NULL}}}},
    {.member = "child_in_need_plans",
     .is_list = true,
     .form = {.name = "child_in_need_plans",
              FIELDS(need_plan),
              .episode = "cin-plan",
              .keyed_as_census = true,
              .events = {{"cin-plan-start", TDM__WHEN_ALWAYS, NULL},
                         {"cin-plan-end", TDM__WHEN_DATED, NULL}}}},
    {.member = "section_47_assessments",
     .is_list = true,
     .form = {.name = "section_47_assessments",
              FIELDS(section_47),
              .episode = "s47",
              .keyed_as_census = true,
              .events = {{"s47-start", TDM__WHEN_ALWAYS, NULL},
                         {"icpc", TDM__WHEN_DATED, NULL},
                         {"s47-end", TDM__WHEN_DATED, NULL}}}},
    {.member = "child_protection_plans",
     .is_list = true,
     .form = {.name = "child_protection_plans",
              FIELDS(protection_plan),
              .episode = "cp-plan",
              .keyed_as_census = true,
              .events = {{"cp-plan-start", TDM__WHEN_ALWAYS, NULL}, {"cp-plan-end", TDM__WHEN_DATED, NULL}}}},
    {.member = "child_looked_after_placements",
     .is_list = true,
     .kind = TDM__API_PLACEMENTS,
     .form = {.name = "child_looked_after_placements",
              FIELDS(placement),
              .episode = "looked-after",
              .events = {{"looked-after-start", TDM__WHEN_DATED, NULL},
                         {"looked-after-end", TDM__WHEN_DATED, NULL},
                         {"other", TDM__WHEN_NO_OTHER, "episode of care changed"}}}},
    {.member = "adoption", .kind = TDM__API_NOT_READ, .form = {.name = "adoption", FIELDS(adoption)}},
    {.member = "care_leavers",
     .kind = TDM__API_NOT_READ,
     .form = {.name = "care_leavers", FIELDS(care_leaver)}},
};

static const tdm__api_object of_health[] = {
    {.member = "sdq_assessments",
     .is_list = true,
     .kind = TDM__API_NOT_READ,
     .form = {.name = "sdq_assessments", FIELDS(sdq)}},
};

const tdm__api_object *tdm__api_of_episode(size_t *count)
{
    *count = sizeof of_episode / sizeof of_episode[0];
    return of_episode;
}

const tdm__api_object *tdm__api_of_health(size_t *count)
{
    *count = sizeof of_health / sizeof of_health[0];
    return of_health;
}
