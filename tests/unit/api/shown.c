/*
 * See shown.h.
 */
#include "api/shown.h"

tdm_str member_of(const tdm__json_value *object, const char *name)
{
    return tdm__json_string(tdm__json_member(object, name));
}

bool says(const tdm__json_value *object, const char *name, const char *text)
{
    return tdm__str_equal(member_of(object, name), tdm__str(text));
}

int starve(served *s, const char *request)
{
    tdm_context *caller = s->caller;
    tdm_status status = TDM_NO_MEMORY;
    int failures = 0;
    for (long at = 1; status == TDM_NO_MEMORY; at += at / 4 + 1) {
        test_memory memory = {.fail_from = 0};
        tdm_allocator allocator = test_allocator(&memory);
        s->caller = open_context_with(&allocator, false);
        memory.fail_from = memory.calls + at;
        status = served_ask(s, request);
        ck_assert_msg(status == TDM_OK || status == TDM_NO_MEMORY, "allocation %ld: %s, %s", at,
                      tdm_status_name(status), tdm_context_error(s->caller)->message);
        ck_assert(status == TDM_OK || s->answer.text.length == 0);
        tdm_context_free(s->caller);
        ck_assert_msg(memory.blocks == 0, "allocation %ld: %ld blocks left", at, memory.blocks);
        failures += status != TDM_OK;
    }
    s->caller = caller;
    return failures;
}
