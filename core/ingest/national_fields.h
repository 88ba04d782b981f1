/*
 * Short ways to write the fields of a national form, for the files that hold tables of them and for no
 * others: what a field is called, which of the form's events it belongs to, what it fills.
 */
#ifndef TDM_INGEST_NATIONAL_FIELDS_H
#define TDM_INGEST_NATIONAL_FIELDS_H

#include "ingest/national.h"

#define PASSED(known_as)                                                                                     \
    {                                                                                                        \
        .name = known_as                                                                                     \
    }
#define CHILD(known_as)                                                                                      \
    {                                                                                                        \
        .name = known_as, .use = TDM__USE_CHILD                                                              \
    }
#define REFERENCE(known_as)                                                                                  \
    {                                                                                                        \
        .name = known_as, .use = TDM__USE_REFERENCE                                                          \
    }
#define ANCHOR(known_as)                                                                                     \
    {                                                                                                        \
        .name = known_as, .use = TDM__USE_ANCHOR                                                             \
    }
#define DATE(known_as, at)                                                                                   \
    {                                                                                                        \
        .name = known_as, .use = TDM__USE_DATE, .event = at                                                  \
    }
#define ONLY(known_as, at, among)                                                                            \
    {                                                                                                        \
        .name = known_as, .use = TDM__USE_ONLY, .event = at, .words = among                                  \
    }
#define OUTCOME(known_as, at)                                                                                \
    {                                                                                                        \
        .name = known_as, .use = TDM__USE_OUTCOME, .event = at, .field = TDM__FIELD_OUTCOME                  \
    }
#define LATER_OUTCOME(known_as, at)                                                                          \
    {                                                                                                        \
        .name = known_as, .use = TDM__USE_OUTCOME, .event = at, .or_first = true,                            \
        .field = TDM__FIELD_OUTCOME                                                                          \
    }
#define FIELD(known_as, at, fills)                                                                           \
    {                                                                                                        \
        .name = known_as, .use = TDM__USE_FIELD, .event = at, .field = fills                                 \
    }
#define FIELD_WORDS(known_as, at, fills, among)                                                              \
    {                                                                                                        \
        .name = known_as, .use = TDM__USE_FIELD, .event = at, .field = fills, .words = among                 \
    }
#define LATER(known_as, at, fills, among)                                                                    \
    {                                                                                                        \
        .name = known_as, .use = TDM__USE_FIELD, .event = at, .or_first = true, .field = fills,              \
        .words = among                                                                                       \
    }
#define FACT(known_as, at, key)                                                                              \
    {                                                                                                        \
        .name = known_as, .use = TDM__USE_FACT, .event = at, .fact = key                                     \
    }
#define WORDS(known_as, at, key, among)                                                                      \
    {                                                                                                        \
        .name = known_as, .use = TDM__USE_FACT, .event = at, .fact = key, .words = among                     \
    }
#define LATER_FACT(known_as, at, key, among)                                                                 \
    {                                                                                                        \
        .name = known_as, .use = TDM__USE_FACT, .event = at, .or_first = true, .fact = key, .words = among   \
    }
#define CODE(known_as, at, key, record, element)                                                             \
    {                                                                                                        \
        .name = known_as, .use = TDM__USE_FACT, .event = at, .fact = key, .code_of = record,                 \
        .code_field = element                                                                                \
    }

#endif
