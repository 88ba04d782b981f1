/*
 * The frozen columnar table and its builder.
 *
 * A builder takes sources, children, people and events in any order; freezing sorts the events by
 * child (bytes of the id), sort day and the order in which they came, links stated incidents and
 * pairs nothing else. From then on nothing changes.
 */
#ifndef TDM_CHRONOLOGY_CHRONOLOGY_H
#define TDM_CHRONOLOGY_CHRONOLOGY_H

#include "base/diagnostic.h"
#include "base/file.h"
#include "chronology/vocabulary.h"

/* Three values, never two. */
enum { TDM__NOT_RECORDED = 0, TDM__YES = 1, TDM__NO = 2 };
enum { TDM__POLARITY_NOT_STATED = 0, TDM__CONCERN = 1, TDM__NEUTRAL = 2, TDM__STRENGTH = 3 };
enum { TDM__SIGNIFICANCE_NOT_RATED = 0, TDM__LOW = 1, TDM__MEDIUM = 2, TDM__HIGH = 3 };

/* Codes of the four small fields as they stand in NDJSON ("yes", "concern", "low"); "" for 0. */
const char *tdm__yes_no_code(uint32_t value);
const char *tdm__polarity_code(uint32_t value);
const char *tdm__significance_code(uint32_t value);
/* The other way round; false when the text is none of them ("" is 0). */
bool tdm__yes_no_read(uint32_t *out, tdm_str code);
bool tdm__polarity_read(uint32_t *out, tdm_str code);
bool tdm__significance_read(uint32_t *out, tdm_str code);

/* Strings an event may carry beside its codes. TDM__TEXT is kept for every event, the others in sparse
 * columns. */
typedef enum tdm__string_field {
    TDM__TEXT,
    TDM__OCCURRED_AS_WRITTEN, /* only where it differs from the canonical form */
    TDM__KIND_AS_WRITTEN,
    TDM__ROLE,
    TDM__SIGNIFICANCE_BY,
    TDM__ACTION,
    TDM__OUTCOME,
    TDM__ANALYSIS,
    TDM__REFERENCE, /* the agency's own number */
    TDM__INCIDENT,  /* stated: ties entries of several agencies */
    TDM__EPISODE,   /* ties a start and an end */
    TDM__STRING_FIELDS
} tdm__string_field;

/* Name of the field in NDJSON and maps ("occurred_as_written"). */
const char *tdm__string_field_name(tdm__string_field field);

typedef struct tdm__period {
    tdm_day from, to; /* both included */
} tdm__period;

/* The format of a source that is no return: what a person typed. It corrects an entry of any form, and an
 * earlier return that comes again does not undo it. */
#define TDM__FORMAT_ENTERED "entered"

/* Where rows came from. Strings are copied by the builder. */
typedef struct tdm__source_input {
    tdm_str id;                /* hash of (name, sheet, agency) when empty */
    tdm_str name;              /* file name relative to the case folder, as every report shows it */
    tdm_str sheet;             /* sheet or list inside the file; "" */
    tdm_str agency;            /* code; "" when the rows name theirs */
    tdm_str map;               /* name of the column map, "" */
    tdm_str format;            /* name of the reader */
    tdm_str hash;              /* SHA-256 of the file, hex */
    tdm_day received;          /* TDM_DAY_NONE: not known */
    const tdm__period *covers; /* declared coverage; none: declares no coverage */
    size_t cover_count;
    const tdm__period *no_contact; /* declared: the agency was not involved */
    size_t no_contact_count;
    const uint32_t *carries; /* kinds that this source could hold (map values, constants, reader's table) */
    size_t carry_count;
    const uint64_t *carries_facts; /* for each of `carries` bits of the facts it could hold; NULL: none */
    const uint32_t *in_part;       /* those of `carries` of which it holds some alone, such as the latest */
    size_t in_part_count;
    bool carries_all;        /* our own NDJSON and stores: any kind, any fact */
    const tdm_str *children; /* ids of the children it is about (a case folder); none: any child */
    size_t child_count;
    tdm_str bytes;        /* the text that event strings point into; borrowed when `owned_bytes` is NULL */
    char *owned_bytes;    /* handed over: the chronology frees it with its allocator */
    tdm__held_file *file; /* handed over: long strings are left in it, see tdm__builder_source_window */
} tdm__source_input;

typedef struct tdm__child_input {
    tdm_str id;
    tdm_date born, expected, died; /* undated: not known */
    tdm_str sex, area, household;  /* "" not known */
} tdm__child_input;

typedef struct tdm__person_input {
    tdm_str id, role, household;
} tdm__person_input;

typedef struct tdm__fact_input {
    tdm_str key;   /* unknown keys are kept, with a diagnostic from whoever read them */
    tdm_str value; /* canonical text: code, "yes"/"no", decimal number, ISO day, HH:MM, codes by one space */
} tdm__fact_input;

/* One event to add. Zero-initialise, then fill; strings are borrowed for the call. */
typedef struct tdm__event_input {
    tdm_str child;
    tdm_date occurred;
    int32_t minute;   /* minute of the day; -1 not known */
    tdm_day recorded; /* TDM_DAY_NONE: not known */
    tdm_date ended;   /* only for kinds that open no episode: end of the period; undated: none */
    tdm_str agency;   /* code */
    uint32_t source;  /* from tdm__builder_source */
    uint32_t row;     /* line or row in the source, from 1 */
    uint32_t kind;    /* index in the vocabulary */
    uint32_t themes;  /* bits */
    uint32_t polarity, significance, child_seen, seen_alone, voice;
    tdm_str strings[TDM__STRING_FIELDS];
    const tdm__fact_input *facts;
    size_t fact_count;
    uint64_t id;      /* as an export carries it; 0: made from agency, row key, part and child */
    uint64_t row_key; /* hash of the return's own reference, else of the mapped cells and their ordinal */
    /* Ordinal of an event among those that one row gave (a start and an end, dated columns): part of the id.
     */
    uint32_t part;
} tdm__event_input;

typedef struct tdm__builder tdm__builder;

/* vocabulary: borrowed, must outlive the chronology. */
tdm_status tdm__builder_new(tdm__builder **out, const tdm_allocator *allocator,
                            const tdm_vocabulary *vocabulary);
void tdm__builder_free(tdm__builder *builder); /* accepts NULL */
tdm_status tdm__builder_source(uint32_t *out, tdm__builder *builder, const tdm__source_input *source);
/* Adds kinds, and for each the facts (NULL: none), to what a source could hold, once its rows have been
 * looked at. */
tdm_status tdm__builder_source_carries(tdm__builder *builder, uint32_t source, const uint32_t *kinds,
                                       const uint64_t *facts, size_t count);
/* A child named twice: later non-empty values fill empty ones; values that differ are TDM_CONFLICT and the
 * first stands. */
tdm_status tdm__builder_child(tdm__builder *builder, const tdm__child_input *child);
/* Says that events of these children are about to come, so that finding them takes less time. */
void tdm__builder_expect_children(const tdm__builder *builder, const tdm_str *ids, size_t count);
tdm_status tdm__builder_person(tdm__builder *builder, const tdm__person_input *person);
/* A source replaces an earlier one as a whole: TDM_INVALID_ARG where that does not stand before it. */
tdm_status tdm__builder_source_replaces(tdm__builder *builder, uint32_t source, uint32_t replaced);
/* The hash of a source that was registered before it was known. TDM_NO_MEMORY. */
tdm_status tdm__builder_source_hash(tdm__builder *builder, uint32_t source, tdm_str hash);
size_t tdm__builder_source_count(const tdm__builder *builder);
/*
 * What of a source's file is in memory while events of it are added: `bytes` from the byte `at` of the file
 * on, borrowed until the next call. Of strings that lie in them, the long ones (what happened, analysis,
 * action, outcome) are left in the file and read when they are asked for; the others are copied.
 */
void tdm__builder_source_window(tdm__builder *builder, uint32_t source, tdm_str bytes, uint64_t at);
/* Adds an event; the child is made when it is not there yet. Of events with one id that say the same freezing
 * keeps one; one that says something else, of a source received later, corrects the one before, which is
 * kept. */
tdm_status tdm__builder_event(tdm__builder *builder, const tdm__event_input *event);
/*
 * Freezes: *out takes over everything, the builder is empty afterwards and only to be freed.
 * diagnostics: gets how many entries were repeated, and what each source corrected and withdrew.
 */
tdm_status tdm__builder_freeze(tdm_chronology **out, tdm__builder *builder, tdm__diagnostics *diagnostics);

/* --- reading a frozen chronology: all views are owned by it --- */

typedef struct tdm__source {
    tdm_str id, name, sheet, agency, map, format, hash;
    tdm_day received;
    const tdm__period *covers;
    size_t cover_count;
    const tdm__period *no_contact;
    size_t no_contact_count;
    uint64_t *carries;       /* bit per kind */
    uint64_t *in_part;       /* bit per kind: of these it holds some alone */
    uint64_t *carries_facts; /* for each kind, bit per registered fact */
    bool carries_all;
    bool any_child;           /* named no children: about any */
    const uint32_t *children; /* child indices */
    size_t child_count;
    tdm_str bytes;
    uint64_t bytes_at; /* where they begin in its text */
    char *owned_bytes;
    tdm__held_file *file; /* NULL: its text is in memory */
} tdm__source;

typedef struct tdm__child {
    tdm_str id;
    tdm_date born, expected, died;
    tdm_str sex, area, household;
} tdm__child;

typedef struct tdm__person {
    tdm_str id, role, household;
} tdm__person;

/*
 * When an event stands that has other versions, or whose return was replaced: known from `from` on, and no
 * more from `until` on. TDM_DAY_BEFORE_ALL: no day is known, so it is as if it had always been so.
 */
typedef struct tdm__version {
    uint32_t event;
    uint32_t by_event;   /* what stands instead; TDM_NO_INDEX: withdrawn, or nothing does */
    uint32_t by_source;  /* the return that replaces it; TDM_NO_INDEX: it stands to the end */
    tdm_day from, until; /* until TDM_DAY_AFTER_ALL: it stands to the end */
} tdm__version;

/* One source replaces another as a whole. */
typedef struct tdm__replacement {
    uint32_t by, replaced;
} tdm__replacement;

/* One event, put together from the columns. */
typedef struct tdm__event {
    uint32_t index; /* in the table */
    uint32_t child;
    tdm_date occurred;
    tdm_day ended_from, ended_to; /* TDM_DAY_NONE: no period */
    int32_t minute;
    tdm_day recorded;
    uint32_t agency; /* in tdm__chronology_agency */
    uint32_t source, row;
    uint32_t kind;
    uint32_t themes, polarity, significance, child_seen, seen_alone, voice;
    uint32_t incident; /* 0: none; the same number for rows of one incident and child */
    uint64_t id;
} tdm__event;

tdm__event tdm__chronology_event(const tdm_chronology *chronology, uint32_t index);
/* The same where the child is known, who else is looked for among all of them. */
tdm__event tdm__chronology_event_of(const tdm_chronology *chronology, uint32_t index, uint32_t child);
/* Id of an event, 16 hex digits: hash(agency, row key, part, child). */
void tdm__chronology_event_id(char out[TDM_HEX64_SIZE], const tdm_chronology *chronology, uint32_t index);
/*
 * A string of an event; empty when it has none. The one door to text.
 *
 * Text that is left in a file is read into `room`, which is emptied before: it is good until the room is used
 * again. What cannot be read comes out empty, and tdm__chronology_check_texts says so: whoever has given text
 * away asks it before the work is called done.
 */
tdm_str tdm__chronology_text(tdm__text *room, const tdm_chronology *chronology, uint32_t event,
                             tdm__string_field field);
bool tdm__chronology_has_string(const tdm_chronology *chronology, uint32_t event, tdm__string_field field);
/* One that is always in memory: any but what happened, analysis, action and outcome. */
tdm_str tdm__chronology_string(const tdm_chronology *chronology, uint32_t event, tdm__string_field field);
/* TDM_IO where a file that text is left in has changed since, or some could not be read; TDM_NO_MEMORY. */
tdm_status tdm__chronology_check_texts(const tdm_chronology *chronology, tdm_error *error);
/* What was written as its date: the kept text, else the canonical form into `room`. */
tdm_str tdm__chronology_occurred_text(char room[TDM_DATE_TEXT_SIZE], const tdm_chronology *chronology,
                                      uint32_t event);

/* A fact: false when the event has none of that key. `number` for yes-no, count, date, time; `text` always.
 */
typedef struct tdm__fact_value {
    int64_t number;
    tdm_str text;
} tdm__fact_value;
bool tdm__chronology_fact(tdm__fact_value *out, const tdm_chronology *chronology, uint32_t event,
                          uint32_t key);
/* Keys of the chronology: the registered ones in the order of the vocabulary, then unknown ones. */
size_t tdm__chronology_fact_key_count(const tdm_chronology *chronology);
tdm_str tdm__chronology_fact_key(const tdm_chronology *chronology, uint32_t key);

const tdm_vocabulary *tdm__chronology_vocabulary(const tdm_chronology *chronology);
/* Events of a child: [*first, *end). */
void tdm__chronology_child_events(const tdm_chronology *chronology, size_t child, uint32_t *first,
                                  uint32_t *end);
const tdm__child *tdm__chronology_child(const tdm_chronology *chronology, size_t child);
uint32_t tdm__chronology_find_child(const tdm_chronology *chronology, tdm_str id); /* TDM_NO_INDEX */
size_t tdm__chronology_source_count(const tdm_chronology *chronology);
const tdm__source *tdm__chronology_source(const tdm_chronology *chronology, uint32_t source);
size_t tdm__chronology_person_count(const tdm_chronology *chronology);
const tdm__person *tdm__chronology_person(const tdm_chronology *chronology, size_t person);
size_t tdm__chronology_agency_count(const tdm_chronology *chronology);
tdm_str tdm__chronology_agency(const tdm_chronology *chronology, uint32_t agency); /* code */
tdm_str tdm__chronology_agency_title(const tdm_chronology *chronology, uint32_t agency);
/* NULL: it has no other versions. */
const tdm__version *tdm__chronology_version(const tdm_chronology *chronology, uint32_t event);
/* How many events have one. */
size_t tdm__chronology_version_count(const tdm_chronology *chronology);
/* Whether this version is the one to go by as of a day; whether another stands in its place by then, or
 * nothing. */
bool tdm__chronology_stands(const tdm_chronology *chronology, uint32_t event, tdm_day day);
bool tdm__chronology_replaced(const tdm_chronology *chronology, uint32_t event, tdm_day day);
/* By the one that replaces, then by the replaced one; and whether a source is replaced as of a day. */
const tdm__replacement *tdm__chronology_replacements(const tdm_chronology *chronology, size_t *count);
bool tdm__chronology_source_replaced(const tdm_chronology *chronology, uint32_t source, tdm_day day);
/* Whether a source is about that child: one of a case folder is about the case's children, another about any.
 */
bool tdm__source_concerns(const tdm__source *source, size_t child);
/* Whether some source that concerns the child, and is not replaced as of the day, could hold that kind. */
bool tdm__chronology_could_hold(const tdm_chronology *chronology, size_t child, uint32_t kind, tdm_day day);

/* What the sources that concern a child, and are not replaced as of a day, could hold, taken together. */
typedef struct tdm__carried {
    bool all;          /* one of them could hold anything; then nothing else is filled */
    uint64_t *kinds;   /* bit per kind */
    uint64_t *in_full; /* bit per kind: one of them holds all there are, not some alone */
    uint64_t *facts;   /* for each kind, bits of the facts that a source of `in_full` could hold with it */
} tdm__carried;
/* In `arena`. TDM_NO_MEMORY. */
tdm_status tdm__chronology_carried(tdm__carried *out, tdm__arena *arena, const tdm_chronology *chronology,
                                   size_t child, tdm_day day);
bool tdm__carried_kind(const tdm__carried *carried, uint32_t kind);
/* In full; fact TDM_NO_INDEX: the kind alone. */
bool tdm__carried_in_full(const tdm__carried *carried, uint32_t kind, uint32_t fact);
/* Entries that are not in the table, because they are limited to agencies which whoever reads it is not of.
 */
typedef struct tdm__missing {
    int64_t shown;  /* of children that are shown */
    int64_t others; /* of others who are read beside them: siblings */
} tdm__missing;
/* Once, by whoever froze it. */
void tdm__chronology_set_missing(tdm_chronology *chronology, tdm__missing missing);
tdm__missing tdm__chronology_missing(const tdm_chronology *chronology);
/* Says that the children come one by one: the siblings of any of them may be missing. */
void tdm__builder_by_child(tdm__builder *builder);
bool tdm__chronology_by_child(const tdm_chronology *chronology);
/* Other children of the same household, in order of id. *out lives in the arena. */
tdm_status tdm__chronology_siblings(uint32_t **out, size_t *count, tdm__arena *arena,
                                    const tdm_chronology *chronology, size_t child);

#endif
