/*
 * Any bytes as a payload of the DfE's API.
 */
#include "ingest_target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_input("dfe-api", bytes_of(data, size), TDM_LIT(""));
    return 0;
}
