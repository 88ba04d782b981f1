/*
 * The tables of the Standard Safeguarding Dataset and what their columns become, one row each: a new
 * column is one row. Names are those of the dataset's own specification.
 */
#include "ingest/national_fields.h"
#include "ingest/ssd.h"

#define FORM_OF(table, list) .name = table, .fields = list, .field_count = sizeof list / sizeof list[0]
#define FORM(table, list)                                                                                    \
    {                                                                                                        \
        FORM_OF(table, list)                                                                                 \
    }
#define NOT_READ(table, column)                                                                              \
    {                                                                                                        \
        .rows = TDM__SSD_NOT_READ, .form = {.name = table}, .key = column                                    \
    }

/* An empty word says nothing. */
static const tdm__word no_further_action[] = {{"Y", "no-further-action"}, {"N", ""}, {NULL, NULL}};
static const tdm__word no_conference[] = {{"Y", "no-conference"}, {"N", ""}, {NULL, NULL}};
static const tdm__word plan_or_none[] = {{"Y", "plan"}, {"N", "no-plan"}, {NULL, NULL}};
static const tdm__word interview_offered[] = {
    {"Y", "return interview offered"}, {"N", "return interview not offered"}, {"U", ""}, {NULL, NULL}};
static const tdm__word interview_accepted[] = {
    {"Y", "return interview accepted"}, {"N", "return interview not accepted"}, {"U", ""}, {NULL, NULL}};
/* The national codes of how a child took part in a review: whether its views were there. PN0: under four. */
static const tdm__word participation[] = {{"PN0", ""},   {"PN1", "yes"}, {"PN2", "yes"}, {"PN3", "yes"},
                                          {"PN4", "no"}, {"PN5", "yes"}, {"PN6", "yes"}, {"PN7", "no"},
                                          {"Y", "yes"},  {"N", "no"},    {NULL, NULL}};

static const tdm__national_field contacts[] = {
    REFERENCE("cont_contact_id"),
    CHILD("cont_person_id"),
    DATE("cont_contact_date", 0),
    CODE("cont_contact_source_code", 0, "referral_source", TDM__CIN_DETAILS, TDM__DETAILS_SOURCE),
    PASSED("cont_contact_source_desc"),
    OUTCOME("cont_contact_outcome_json", 0),
};

static const tdm__national_field early_help_episodes[] = {
    REFERENCE("earl_episode_id"),
    CHILD("earl_person_id"),
    DATE("earl_episode_start_date", 0),
    DATE("earl_episode_end_date", 1),
    FACT("earl_episode_reason", 0, "reason"),
    FACT("earl_episode_end_reason", 1, "reason"),
    FACT("earl_episode_organisation", 0, "organisation"),
    PASSED("earl_episode_worker_id"),
};

static const tdm__national_field cin_episodes[] = {
    REFERENCE("cine_referral_id"),
    CHILD("cine_person_id"),
    DATE("cine_referral_date", 0),
    CODE("cine_referral_source_code", 0, "referral_source", TDM__CIN_DETAILS, TDM__DETAILS_SOURCE),
    CODE("cine_cin_primary_need_code", 0, "primary_need", TDM__CIN_DETAILS, TDM__DETAILS_NEED),
    FACT("cine_referral_nfa", 0, "no_further_action"),
    PASSED("cine_referral_source_desc"),
    OUTCOME("cine_referral_outcome_json", 0),
    CODE("cine_close_reason", 1, "closure_reason", TDM__CIN_DETAILS, TDM__DETAILS_REASON),
    DATE("cine_close_date", 1),
    PASSED("cine_referral_team"),
    PASSED("cine_referral_worker_id"),
};

static const tdm__national_field cin_assessments[] = {
    REFERENCE("cina_assessment_id"),
    CHILD("cina_person_id"),
    PASSED("cina_referral_id"),
    DATE("cina_assessment_start_date", 0),
    LATER("cina_assessment_child_seen", 1, TDM__FIELD_CHILD_SEEN, NULL),
    DATE("cina_assessment_auth_date", 1),
    LATER_OUTCOME("cina_assessment_outcome_json", 1),
    LATER_FACT("cina_assessment_outcome_nfa", 1, "outcome", no_further_action),
    PASSED("cina_assessment_team"),
    PASSED("cina_assessment_worker_id"),
};

static const tdm__national_field cin_plans[] = {
    REFERENCE("cinp_cin_plan_id"),       PASSED("cinp_referral_id"),        CHILD("cinp_person_id"),
    DATE("cinp_cin_plan_start_date", 0), DATE("cinp_cin_plan_end_date", 1), PASSED("cinp_cin_plan_team"),
    PASSED("cinp_cin_plan_worker_id"),
};

static const tdm__national_field cin_visits[] = {
    REFERENCE("cinv_cin_visit_id"),
    CHILD("cinv_person_id"),
    DATE("cinv_cin_visit_date", 0),
    FIELD("cinv_cin_visit_seen", 0, TDM__FIELD_CHILD_SEEN),
    FIELD("cinv_cin_visit_seen_alone", 0, TDM__FIELD_SEEN_ALONE),
    FACT("cinv_cin_visit_bedroom", 0, "bedroom_seen"),
};

static const tdm__national_field cp_visits[] = {
    REFERENCE("cppv_cp_visit_id"),
    CHILD("cppv_person_id"),
    PASSED("cppv_cp_plan_id"),
    DATE("cppv_cp_visit_date", 0),
    FIELD("cppv_cp_visit_seen", 0, TDM__FIELD_CHILD_SEEN),
    FIELD("cppv_cp_visit_seen_alone", 0, TDM__FIELD_SEEN_ALONE),
    FACT("cppv_cp_visit_bedroom", 0, "bedroom_seen"),
};

static const tdm__national_field cla_visits[] = {
    REFERENCE("clav_cla_visit_id"),
    PASSED("clav_cla_id"),
    CHILD("clav_person_id"),
    DATE("clav_cla_visit_date", 0),
    FIELD("clav_cla_visit_seen", 0, TDM__FIELD_CHILD_SEEN),
    FIELD("clav_cla_visit_seen_alone", 0, TDM__FIELD_SEEN_ALONE),
};

static const tdm__national_field cp_plans[] = {
    REFERENCE("cppl_cp_plan_id"),
    PASSED("cppl_referral_id"),
    PASSED("cppl_icpc_id"),
    CHILD("cppl_person_id"),
    DATE("cppl_cp_plan_start_date", 0),
    DATE("cppl_cp_plan_end_date", 1),
    WORDS("cppl_cp_plan_initial_category", 0, "category", tdm__national_categories),
    PASSED("cppl_cp_plan_ola"),
    WORDS("cppl_cp_plan_latest_category", 1, "category", tdm__national_categories),
};

static const tdm__national_field cp_reviews[] = {
    REFERENCE("cppr_cp_review_id"),
    CHILD("cppr_person_id"),
    PASSED("cppr_cp_plan_id"),
    FACT("cppr_cp_review_due", 0, "due"),
    DATE("cppr_cp_review_date", 0),
    PASSED("cppr_cp_review_meeting_id"),
    WORDS("cppr_cp_review_outcome_continue_cp", 0, "outcome", plan_or_none),
    PASSED("cppr_cp_review_quorate"),
    FIELD_WORDS("cppr_cp_review_participation", 0, TDM__FIELD_VOICE, participation),
};

static const tdm__national_field s47_enquiry[] = {
    REFERENCE("s47e_s47_enquiry_id"),
    PASSED("s47e_referral_id"),
    CHILD("s47e_person_id"),
    DATE("s47e_s47_start_date", 0),
    DATE("s47e_s47_end_date", 1),
    LATER_FACT("s47e_s47_nfa", 1, "outcome", no_conference),
    LATER_OUTCOME("s47e_s47_outcome_json", 1),
    PASSED("s47e_s47_completed_by_worker_id"),
    PASSED("s47e_s47_completed_by_team"),
};

static const tdm__national_field initial_cp_conference[] = {
    REFERENCE("icpc_icpc_id"),
    PASSED("icpc_icpc_meeting_id"),
    PASSED("icpc_s47_enquiry_id"),
    CHILD("icpc_person_id"),
    PASSED("icpc_cp_plan_id"),
    PASSED("icpc_referral_id"),
    PASSED("icpc_icpc_transfer_in"),
    FACT("icpc_icpc_target_date", 0, "due"),
    DATE("icpc_icpc_date", 0),
    WORDS("icpc_icpc_outcome_cp_flag", 0, "outcome", plan_or_none),
    OUTCOME("icpc_icpc_outcome_json", 0),
    PASSED("icpc_icpc_team"),
    PASSED("icpc_icpc_worker_id"),
};

static const tdm__national_field involvements[] = {
    REFERENCE("invo_involvements_id"),
    FACT("invo_professional_id", 0, "worker"),
    FIELD("invo_professional_role_id", 0, TDM__FIELD_ROLE),
    FACT("invo_professional_team", 0, "team"),
    DATE("invo_involvement_start_date", 0),
    FIELD("invo_involvement_end_date", 0, TDM__FIELD_ENDED),
    FIELD("invo_worker_change_reason", 0, TDM__FIELD_TEXT),
    CHILD("invo_person_id"),
    PASSED("invo_referral_id"),
};

static const tdm__national_field missing[] = {
    REFERENCE("miss_table_id"),
    CHILD("miss_person_id"),
    DATE("miss_missing_episode_start_date", 0),
    FIELD("miss_missing_episode_type", 0, TDM__FIELD_TEXT),
    DATE("miss_missing_episode_end_date", 1),
    LATER("miss_missing_rhi_offered", 1, TDM__FIELD_ACTION, interview_offered),
    LATER("miss_missing_rhi_accepted", 1, TDM__FIELD_OUTCOME, interview_accepted),
};

static const tdm__national_field cla_episodes[] = {
    REFERENCE("clae_cla_episode_id"),
    CHILD("clae_person_id"),
    DATE("clae_cla_episode_start_date", 0),
    ONLY("clae_cla_episode_start_reason", 0, tdm__national_care_started),
    PASSED("clae_cla_primary_need_code"),
    DATE("clae_cla_episode_ceased_date", 1),
    ONLY("clae_cla_episode_ceased_reason", 1, tdm__national_care_ended),
    FACT("clae_cla_episode_ceased_reason", 1, "reason"),
    PASSED("clae_cla_id"),
    PASSED("clae_referral_id"),
    PASSED("clae_cla_placement_id"),
    ANCHOR("clae_entered_care_date"),
    PASSED("clae_cla_last_iro_contact_date"),
};

static const tdm__national_field pre_proceedings[] = {
    REFERENCE("prep_table_id"),
    CHILD("prep_person_id"),
    PASSED("prep_plo_family_id"),
    DATE("prep_pre_pro_decision_date", 0),
    PASSED("prep_initial_pre_pro_meeting_date"),
    LATER_FACT("prep_pre_pro_outcome", 1, "outcome", NULL),
    DATE("prep_agree_stepdown_issue_date", 1),
    PASSED("prep_cp_plans_referral_period"),
    PASSED("prep_legal_gateway_outcome"),
    PASSED("prep_prev_pre_proc_child"),
    PASSED("prep_prev_care_proc_child"),
    PASSED("prep_pre_pro_letter_date"),
    PASSED("prep_care_pro_letter_date"),
    PASSED("prep_pre_pro_meetings_num"),
    PASSED("prep_pre_pro_parents_legal_rep"),
    PASSED("prep_parents_legal_rep_point_of_issue"),
    PASSED("prep_court_reference"),
    PASSED("prep_care_proc_court_hearings"),
    PASSED("prep_care_proc_short_notice"),
    PASSED("prep_proc_short_notice_reason"),
    PASSED("prep_la_inital_plan_approved"),
    PASSED("prep_la_initial_care_plan"),
    PASSED("prep_la_final_plan_approved"),
    PASSED("prep_la_final_care_plan"),
};

static const tdm__national_field person[] = {
    PASSED("pers_person_id"),   PASSED("pers_forename"),        PASSED("pers_surname"),
    PASSED("pers_sex"),         PASSED("pers_gender"),          PASSED("pers_ethnicity"),
    DATE("pers_dob", 0),        PASSED("pers_common_child_id"), PASSED("pers_legacy_id"),
    PASSED("pers_upn_unknown"), PASSED("pers_send_flag"),       DATE("pers_expected_dob", 0),
    DATE("pers_death_date", 0), PASSED("pers_is_mother"),       PASSED("pers_nationality"),
};

static const tdm__national_field family[] = {
    PASSED("fami_table_id"),
    PASSED("fami_family_id"),
    PASSED("fami_person_id"),
};

static const tdm__national_field mother[] = {
    PASSED("moth_table_id"),
    PASSED("moth_person_id"),
    PASSED("moth_childs_person_id"),
    DATE("moth_childs_dob", 0),
};

static const tdm__ssd_table tables[] = {
    {.form = {FORM_OF("ssd_contacts", contacts), .events = {{"contact", TDM__WHEN_ALWAYS, NULL}}}},
    {.form = {FORM_OF("ssd_early_help_episodes", early_help_episodes), .episode = "early-help",
              .events = {{"early-help-start", TDM__WHEN_ALWAYS, NULL},
                         {"early-help-end", TDM__WHEN_TOLD, NULL}}}},
    {.form = {FORM_OF("ssd_cin_episodes", cin_episodes), .episode = "case", .keyed_as_census = true,
              .not_opened_by = "no_further_action",
              .events = {{"referral", TDM__WHEN_ALWAYS, NULL}, {"case-closure", TDM__WHEN_TOLD, NULL}}}},
    {.form = {FORM_OF("ssd_cin_assessments", cin_assessments), .episode = "assessment",
              .keyed_as_census = true,
              .events = {{"assessment-start", TDM__WHEN_ALWAYS, NULL},
                         {"assessment-end", TDM__WHEN_DATED, NULL}}}},
    {.form = {FORM_OF("ssd_cin_plans", cin_plans), .episode = "cin-plan", .keyed_as_census = true,
              .events = {{"cin-plan-start", TDM__WHEN_ALWAYS, NULL},
                         {"cin-plan-end", TDM__WHEN_DATED, NULL}}}},
    {.form = {FORM_OF("ssd_cin_visits", cin_visits), .events = {{"visit", TDM__WHEN_ALWAYS, NULL}}}},
    {.form = {FORM_OF("ssd_cp_visits", cp_visits), .events = {{"visit", TDM__WHEN_ALWAYS, NULL}}}},
    {.form = {FORM_OF("ssd_cla_visits", cla_visits), .events = {{"visit", TDM__WHEN_ALWAYS, NULL}}}},
    {.form = {FORM_OF("ssd_cp_plans", cp_plans), .episode = "cp-plan", .keyed_as_census = true,
              .events = {{"cp-plan-start", TDM__WHEN_ALWAYS, NULL}, {"cp-plan-end", TDM__WHEN_DATED, NULL}}}},
    {.form = {FORM_OF("ssd_cp_reviews", cp_reviews), .keyed_as_census = true,
              .events = {{"cp-review", TDM__WHEN_DATED, NULL}}}},
    {.form = {FORM_OF("ssd_s47_enquiry", s47_enquiry), .episode = "s47", .keyed_as_census = true,
              .events = {{"s47-start", TDM__WHEN_ALWAYS, NULL}, {"s47-end", TDM__WHEN_DATED, NULL}}}},
    {.form = {FORM_OF("ssd_initial_cp_conference", initial_cp_conference), .keyed_as_census = true,
              .events = {{"icpc", TDM__WHEN_DATED, NULL}}}},
    {.form = {FORM_OF("ssd_involvements", involvements), .events = {{"allocation", TDM__WHEN_ALWAYS, NULL}}}},
    {.form = {FORM_OF("ssd_missing", missing), .episode = "missing",
              .events = {{"missing-start", TDM__WHEN_ALWAYS, NULL}, {"missing-end", TDM__WHEN_DATED, NULL}}}},
    {.form = {FORM_OF("ssd_cla_episodes", cla_episodes), .episode = "looked-after",
              .events = {{"looked-after-start", TDM__WHEN_DATED, NULL},
                         {"looked-after-end", TDM__WHEN_DATED, NULL},
                         {"other", TDM__WHEN_NO_OTHER, "episode of care changed"}}}},
    {.form = {FORM_OF("ssd_pre_proceedings", pre_proceedings), .episode = "pre-proceedings",
              .events = {{"pre-proceedings-start", TDM__WHEN_DATED, NULL},
                         {"pre-proceedings-end", TDM__WHEN_DATED, NULL}}}},
    {.rows = TDM__SSD_PERSON, .form = FORM("ssd_person", person)},
    {.rows = TDM__SSD_FAMILY, .form = FORM("ssd_family", family)},
    {.rows = TDM__SSD_MOTHER, .form = FORM("ssd_mother", mother)},
    NOT_READ("ssd_address", "addr_table_id"),
    NOT_READ("ssd_assessment_factors", "cinf_table_id"),
    NOT_READ("ssd_care_leavers", "clea_table_id"),
    NOT_READ("ssd_cla_care_plan", "lacp_table_id"),
    NOT_READ("ssd_cla_convictions", "clac_cla_conviction_id"),
    NOT_READ("ssd_cla_health", "clah_health_check_id"),
    NOT_READ("ssd_cla_immunisations", "clai_person_id"),
    NOT_READ("ssd_cla_placement", "clap_cla_placement_id"),
    NOT_READ("ssd_cla_previous_permanence", "lapp_table_id"),
    NOT_READ("ssd_cla_reviews", "clar_cla_review_id"),
    NOT_READ("ssd_cla_substance_misuse", "clas_substance_misuse_id"),
    NOT_READ("ssd_department", "dept_team_id"),
    NOT_READ("ssd_disability", "disa_person_id"),
    NOT_READ("ssd_ehcp_active_plans", "ehcp_active_ehcp_id"),
    NOT_READ("ssd_ehcp_assessment", "ehca_ehcp_assessment_id"),
    NOT_READ("ssd_ehcp_named_plan", "ehcn_named_plan_id"),
    NOT_READ("ssd_ehcp_requests", "ehcr_ehcp_request_id"),
    NOT_READ("ssd_immigration_status", "immi_person_id"),
    NOT_READ("ssd_legal_status", "lega_legal_status_id"),
    NOT_READ("ssd_linked_identifiers", "link_table_id"),
    NOT_READ("ssd_permanence", "perm_table_id"),
    NOT_READ("ssd_professionals", "prof_professional_id"),
    NOT_READ("ssd_s251_finance", "s251_table_id"),
    NOT_READ("ssd_sdq_scores", "csdq_table_id"),
    NOT_READ("ssd_sen_need", "senn_table_id"),
    NOT_READ("ssd_send", "send_table_id"),
    NOT_READ("ssd_voice_of_child", "voch_table_id"),
};

#define TABLE_COUNT (sizeof tables / sizeof tables[0])

const tdm__ssd_table *tdm__ssd_tables(size_t *count)
{
    *count = TABLE_COUNT;
    return tables;
}

/* Tables that are not read are known by their key alone: their other columns are not listed here. */
static bool is_column(tdm_str heading, const void *payload)
{
    const tdm__ssd_table *table = payload;
    const tdm__word key[] = {{table->key ? table->key : "", ""}, {NULL, NULL}};
    if (table->key && tdm__word_for(key, heading, false).data)
        return true;
    for (size_t i = 0; i < table->form.field_count; i++) {
        const tdm__word column[] = {{table->form.fields[i].name, ""}, {NULL, NULL}};
        if (tdm__word_for(column, heading, false).data)
            return true;
    }
    return false;
}

const tdm__ssd_table *tdm__ssd_table_of(tdm_str content)
{
    size_t cells;
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        size_t known = tdm__national_headings(&cells, content, is_column, &tables[i]);
        bool is_read = tables[i].rows != TDM__SSD_NOT_READ;
        if (is_read ? known >= 2 && known * 2 >= cells : known >= 1)
            return &tables[i];
    }
    return NULL;
}
