/*
 * What the tests of the operations share: a context on the project's own data folder, requests as
 * JSON, and what came back.
 */
#ifndef TDM_TESTS_API_FIXTURE_H
#define TDM_TESTS_API_FIXTURE_H

#include "api/operations.h"
#include "support.h"
#include "json/json.h"

#define ROWS(table) (sizeof(table) / sizeof *(table))

Suite *operations_suite(void);
Suite *requests_suite(void);
Suite *envelope_suite(void);
Suite *contents_suite(void);
Suite *policies_suite(void);
Suite *person_suite(void);
Suite *files_suite(void);
Suite *rules_suite(void);
Suite *service_suite(void);
Suite *rights_table_suite(void);
Suite *accounts_suite(void);
Suite *audit_suite(void);
Suite *encrypted_suite(void);
Suite *restore_suite(void);
Suite *retention_suite(void);
Suite *card_suite(void);
Suite *worklist_suite(void);
Suite *findings_suite(void);
Suite *served_events_suite(void);
Suite *served_assessments_suite(void);
Suite *served_imports_suite(void);
Suite *served_limits_suite(void);
Suite *card_files_suite(void);

/* Two referrals of one child within a year, as NDJSON; inside a JSON string, and as it is. */
#define TWO_REFERRALS_QUOTED                                                                                 \
    "{\\\"type\\\":\\\"event\\\",\\\"child\\\":\\\"C1\\\",\\\"occurred\\\":\\\"2024-01-10\\\","              \
    "\\\"agency\\\":\\\"childrens-social-care\\\",\\\"kind\\\":\\\"referral\\\"}\\n"                         \
    "{\\\"type\\\":\\\"event\\\",\\\"child\\\":\\\"C1\\\",\\\"occurred\\\":\\\"2024-06-10\\\","              \
    "\\\"agency\\\":\\\"childrens-social-care\\\",\\\"kind\\\":\\\"referral\\\"}\\n"
#define TWO_REFERRALS                                                                                        \
    "{\"type\":\"event\",\"child\":\"C1\",\"occurred\":\"2024-01-10\",\"agency\":\"childrens-social-care\"," \
    "\"kind\":\"referral\"}\n"                                                                               \
    "{\"type\":\"event\",\"child\":\"C1\",\"occurred\":\"2024-06-10\",\"agency\":\"childrens-social-care\"," \
    "\"kind\":\"referral\"}\n"
#define INPUT_TWO_REFERRALS "{\"name\": \"two.ndjson\", \"content\": \"" TWO_REFERRALS_QUOTED "\"}"

/* Freed with tdm_context_free. */
tdm_context *open_context(bool files_allowed);
tdm_context *open_context_with(const tdm_allocator *allocator, bool files_allowed);

/* What a call gave. */
typedef struct answer {
    tdm_status status;
    tdm_outcome outcome;
    tdm__text text;
    int writes;
    int fail_at; /* the write from which on the sink fails with TDM_IO; 0: never */
    int writes_after_failure;
} answer;
void answer_open(answer *a);
tdm_sink answer_sink(answer *a);
void answer_close(answer *a);
/* `request` as it is through tdm_api_call. */
void ask(answer *a, tdm_context *context, const char *request);
bool answer_holds(const answer *a, const char *part);

/* The response as JSON, which it must be; freed with tdm__json_free. */
tdm__json *answer_json(const answer *a);
/* Text of a member of the response's error. */
tdm_str error_text(const tdm__json *response, const char *member);
int64_t error_number(const tdm__json *response, const char *member);

#endif
