/*
 * Any bytes as a table of the Standard Safeguarding Dataset.
 */
#include "ingest_target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_input("ssd", bytes_of(data, size), TDM_LIT(""));
    return 0;
}
