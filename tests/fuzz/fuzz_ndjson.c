/*
 * Any bytes as our own NDJSON.
 */
#include "ingest_target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_input("ndjson", bytes_of(data, size), TDM_LIT(""));
    return 0;
}
