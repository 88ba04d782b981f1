/*
 * Any bytes as a policy over the shipped indicators.
 */
#include "data_target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const tdm__data *shipped = target_data();
    tdm__policy_text file = {TDM_LIT("policy/input.json"), bytes_of(data, size), false};
    tdm__review_policy *policy;
    tdm_error error = {0};
    tdm__arena arena;
    tdm_str *names;
    size_t count;
    tdm__arena_init(&arena, &tdm__malloc_allocator);
    check_error(tdm__policy_includes(&names, &count, &arena, file, &error), &error);
    check_error(tdm__policy_replaced(&names, &count, &arena, file, &error), &error);
    tdm__arena_free(&arena);
    tdm_status status = tdm__policy_new(&policy, &tdm__malloc_allocator, &file, 1, shipped->catalogue,
                                        &error);
    check_error(status, &error);
    if (status == TDM_OK)
        check_error(
            tdm__policy_check_instruments(policy, shipped->instruments, shipped->instrument_count, &error),
            &error);
    tdm__policy_free(policy);
    return 0;
}
