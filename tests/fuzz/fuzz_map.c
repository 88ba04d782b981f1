/*
 * Any bytes as a column map, applied to a small return.
 */
#include "ingest_target.h"

static const char csv[] = "A,B,C,D\n1,2024-03-05,Visit,x; y\n2,5/13/24,,\n,\"q\"\"q\",14:30,yes\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* An empty map would be looked for by name. */
    if (size > 0)
        read_input("csv", tdm__str(csv), bytes_of(data, size));
    return 0;
}
