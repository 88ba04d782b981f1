/*
 * Any bytes as a children-in-need census.
 */
#include "ingest_target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_input("cin-census", bytes_of(data, size), TDM_LIT(""));
    return 0;
}
