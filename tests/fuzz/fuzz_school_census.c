/*
 * Any bytes as a file of the school census.
 */
#include "ingest_target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_input("school-census", bytes_of(data, size), TDM_LIT(""));
    return 0;
}
