/*
 * The table of statuses, the error object, opening a context.
 */
#include <string.h>

#include "base/context.h"
#include "base/suites.h"
#include "base/text.h"
#include "support.h"

/* The numbers and codes are a promise: they stand here a second time. */
static const struct {
    tdm_status status;
    int number;
    const char *code;
} statuses[] = {
    {TDM_OK, 0, "ok"},
    {TDM_NO_MEMORY, 1, "no-memory"},
    {TDM_INVALID_ARG, 2, "invalid-argument"},
    {TDM_NOT_FOUND, 3, "not-found"},
    {TDM_IO, 4, "io"},
    {TDM_TOO_LARGE, 5, "too-large"},
    {TDM_INVALID_INPUT, 6, "invalid-input"},
    {TDM_ENCODING, 7, "encoding"},
    {TDM_UNSUPPORTED, 8, "unsupported"},
    {TDM_SCRIPT, 9, "script"},
    {TDM_BUDGET, 10, "budget"},
    {TDM_STOPPED, 11, "stopped"},
    {TDM_CANCELLED, 12, "cancelled"},
    {TDM_CONFLICT, 13, "conflict"},
    {TDM_STORE, 14, "store"},
    {TDM_NEWER, 15, "newer"},
    {TDM_UNKNOWN_PERIOD, 16, "unknown-period"},
    {TDM_INTERNAL, 17, "internal"},
    {TDM_STALE, 18, "stale"},
    {TDM_UNAUTHENTICATED, 19, "unauthenticated"},
    {TDM_FORBIDDEN, 20, "forbidden"},
    {TDM_BUSY, 21, "busy"},
};

START_TEST(statuses_keep_number_and_code)
{
    ck_assert_int_eq(statuses[_i].status, statuses[_i].number);
    ck_assert_str_eq(tdm_status_name(statuses[_i].status), statuses[_i].code);
    ck_assert_uint_gt(strlen(tdm_status_text(statuses[_i].status)), 0);
}
END_TEST

START_TEST(statuses_end)
{
    ck_assert_int_eq(TDM_STATUS_COUNT, sizeof statuses / sizeof *statuses);
    ck_assert_str_eq(tdm_status_name(-1), "unknown");
    ck_assert_str_eq(tdm_status_name(TDM_STATUS_COUNT), "unknown");
    ck_assert_str_eq(tdm_status_name(INT32_MIN), "unknown");
    ck_assert_str_eq(tdm_status_text(INT32_MAX), "unknown status");
}
END_TEST

START_TEST(errors_say_where)
{
    tdm_error error;
    memset(&error, 'x', sizeof error);
    ck_assert_int_eq(
        tdm__fail_at(&error, TDM_INVALID_INPUT, (tdm_place){TDM_LIT("a.csv"), 7, 3}, "expected %d", 5),
        TDM_INVALID_INPUT);
    ck_assert_int_eq(error.status, TDM_INVALID_INPUT);
    ck_assert_int_eq(error.line, 7);
    ck_assert_int_eq(error.column, 3);
    ck_assert_str_eq(error.file, "a.csv");
    ck_assert_str_eq(error.message, "expected 5");
    ck_assert_int_eq(tdm__fail(&error, TDM_IO, "%s", "no"), TDM_IO);
    ck_assert_str_eq(error.file, "");
    ck_assert_int_eq(error.line, 0);
    ck_assert_int_eq(tdm__fail(NULL, TDM_IO, "no"), TDM_IO);
    ck_assert_int_eq(tdm__no_memory(NULL), TDM_NO_MEMORY);
    ck_assert_int_eq(tdm__no_memory(&error), TDM_NO_MEMORY);
    ck_assert_str_eq(error.message, "out of memory");
    tdm__error_clear(&error);
    tdm__error_clear(NULL);
    ck_assert_int_eq(error.status, TDM_OK);
    ck_assert_str_eq(error.message, "");
}
END_TEST

START_TEST(long_errors_are_cut_between_characters)
{
    char file[600] = "", message[700] = "";
    tdm_error error;
    size_t bad_at;
    for (size_t before = 0; before < 4; before++) {
        memset(file, 'f', before);
        memset(message, 'm', before);
        for (size_t at = before; at + 4 < sizeof file; at += 3)
            memcpy(file + at, "\xE2\x82\xAC", 4);
        for (size_t at = before; at + 4 < sizeof message; at += 3)
            memcpy(message + at, "\xE2\x82\xAC", 4);
        tdm__fail_at(&error, TDM_IO, (tdm_place){tdm__str(file), 1, 1}, "%s", message);
        ck_assert(tdm__utf8_valid(tdm__str(error.file), &bad_at));
        ck_assert(tdm__utf8_valid(tdm__str(error.message), &bad_at));
        ck_assert_uint_gt(strlen(error.file), sizeof error.file - 4);
        ck_assert_uint_gt(strlen(error.message), sizeof error.message - 4);
    }
}
END_TEST

static tdm_status never(void *payload)
{
    ++*(int *)payload;
    return TDM_STOPPED;
}

START_TEST(contexts_open_and_ask)
{
    int asked = 0;
    tdm_error error;
    tdm_context *context;
    tdm_context_options options = {.struct_size = sizeof options,
                                   .data_folder = "data",
                                   .files_allowed = true,
                                   .interrupt = never,
                                   .interrupt_payload = &asked,
                                   .input_limit_bytes = 5};
    ck_assert_int_eq(tdm_context_new(&context, NULL), TDM_OK);
    ck_assert_int_eq(tdm__context_poll(context, &error), TDM_OK);
    ck_assert(!context->files_allowed);
    ck_assert_uint_eq(context->input_limit_bytes, 2147483648u);
    ck_assert_int_eq(tdm_context_error(context)->status, TDM_OK);
    tdm_context_free(context);
    ck_assert_int_eq(tdm_context_new(&context, &options), TDM_OK);
    ck_assert_str_eq(context->data_folder, "data");
    ck_assert_uint_eq(context->input_limit_bytes, 5);
    ck_assert_int_eq(tdm__context_poll(context, &error), TDM_STOPPED);
    ck_assert_int_eq(error.status, TDM_STOPPED);
    ck_assert_int_eq(asked, 1);
    tdm_context_free(context);
    options.struct_size = 3;
    ck_assert_int_eq(tdm_context_new(&context, &options), TDM_INVALID_ARG);
    ck_assert_ptr_null(context);
    tdm_context_free(NULL);
}
END_TEST

static tdm_status open_and_free(const tdm_allocator *allocator)
{
    tdm_context *context;
    tdm_context_options options = {
        .struct_size = sizeof options, .allocator = *allocator, .data_folder = "data"};
    tdm_status status = tdm_context_new(&context, &options);
    tdm_context_free(context);
    return status;
}

START_TEST(every_allocation_may_fail)
{
    TEST_EVERY_ALLOCATION(open_and_free);
}
END_TEST

Suite *status_suite(void)
{
    Suite *suite = suite_create("status");
    TCase *cases = tcase_create("status");
    tcase_add_loop_test(cases, statuses_keep_number_and_code, 0, (int)(sizeof statuses / sizeof *statuses));
    tcase_add_test(cases, statuses_end);
    tcase_add_test(cases, errors_say_where);
    tcase_add_test(cases, long_errors_are_cut_between_characters);
    tcase_add_test(cases, contexts_open_and_ask);
    tcase_add_test(cases, every_allocation_may_fail);
    suite_add_tcase(suite, cases);
    return suite;
}
