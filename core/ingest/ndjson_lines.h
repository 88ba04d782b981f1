/*
 * Lines of NDJSON made ready ahead of their reading, in blocks: parsed, the members of an event found, its
 * cells hashed. With two jobs a thread does that while the lines before become events; the blocks are the
 * same whoever makes them.
 */
#ifndef TDM_INGEST_NDJSON_LINES_H
#define TDM_INGEST_NDJSON_LINES_H

#include "ingest/ahead.h"
#include "ingest/draft.h"
#include "json/json.h"

#define TDM__BLOCK_LINES 256
#define TDM__LINE_BLOCKS 4

/* What a line of an event may have beside the fields of a draft. */
typedef enum tdm__ndjson_member {
    TDM__MEMBER_FACTS = TDM__FIELD_FACT,
    TDM__MEMBER_TYPE = TDM__FIELDS,
    TDM__MEMBER_ID,
    TDM__MEMBER_SOURCE,
    TDM__MEMBER_ROW_KEY,
    TDM__MEMBER_PART,
    TDM__MEMBER_REPLACED_BY,
    TDM__MEMBERS
} tdm__ndjson_member;

/* The members of an event by the shape of their names: length, first and last letter. */
#define TDM__NAME_SHAPES 64
typedef struct tdm__ndjson_names {
    tdm_str names[TDM__MEMBERS];
    uint8_t first[TDM__NAME_SHAPES]; /* member of that shape + 1; 0: none */
    uint8_t next[TDM__MEMBERS];      /* the same, the next one of its shape */
} tdm__ndjson_names;

typedef struct tdm__ndjson_line {
    tdm_str text;  /* trimmed, as it stands in the file; "": nothing to read */
    size_t behind; /* bytes of the file up to the next line */
    size_t root;   /* in the values of the block */
    uint64_t cells;
    int32_t number;
    bool is_read;                   /* else it is long, or reading it again tells why it is no JSON */
    bool is_event;                  /* and then: */
    bool has_unknown;               /* members beside those below */
    uint32_t members[TDM__MEMBERS]; /* by tdm__json_place; 0: none */
} tdm__ndjson_line;

typedef struct tdm__line_block {
    tdm__ndjson_line lines[TDM__BLOCK_LINES];
    size_t count;
    tdm__json_values values;
    char *text; /* copies of the lines, for the values to stand in */
    size_t text_capacity;
    tdm__arena strings; /* texts made of numbers and lists */
    tdm_status status;  /* behind the lines: TDM_OK or TDM_NO_MEMORY */
} tdm__line_block;

typedef struct tdm__ndjson_lines {
    const tdm__return *file;
    tdm_str rest; /* lines that are in no block yet */
    int32_t line; /* number of the next one */
    tdm__line_block *blocks;
    size_t block_count;
    tdm__ndjson_names names;
    tdm__ahead ahead;
} tdm__ndjson_lines;

/* `lines` stays where it is until it is closed; it is closed also where it did not open. TDM_NO_MEMORY. */
tdm_status tdm__ndjson_lines_open(tdm__ndjson_lines *lines, const tdm__return *file);
void tdm__ndjson_lines_close(tdm__ndjson_lines *lines);
/* The next block, good until the one after it is asked for; NULL behind the last. */
const tdm__line_block *tdm__ndjson_lines_next(tdm__ndjson_lines *lines);

/* Takes the next line off `rest`, trimmed, and counts it: *line is its number, *next that of the one after
 * it. Parts of an input keep the numbers that the lines have in the whole. */
tdm_str tdm__ndjson_line_off(int32_t *line, int32_t *next, tdm_str *rest, const tdm__input_part *part);

/* --- ndjson_members.c --- */

void tdm__ndjson_names_init(tdm__ndjson_names *names);
/* Fills `members`, is_event and has_unknown of a line from its object. */
void tdm__ndjson_find_members(tdm__ndjson_line *line, const tdm__ndjson_names *names,
                              const tdm__json_value *object);
/* The member of an event's object, NULL when there is none. */
const tdm__json_value *tdm__ndjson_member_of(const tdm__ndjson_line *line, const tdm__json_value *object,
                                             size_t member);
/* Hashes what the events of a block say, where nothing else names them; or the event of a line alone.
 * TDM_NO_MEMORY. */
tdm_status tdm__ndjson_hash_block(tdm__line_block *block);
tdm_status tdm__ndjson_hash_line(tdm__ndjson_line *line, const tdm__json_value *object, tdm__arena *scratch);

/* The fields of an event in the order in which they are read, so that what is stated outright goes over what
 * follows from another member. */
#define TDM__EVENT_FIELDS 24
extern const tdm__field tdm__event_fields[TDM__EVENT_FIELDS];

/* A member as text: strings trimmed, true and false as yes and no, whole numbers, arrays of strings by
 * one space. Empty when there is none. TDM_INVALID_INPUT for another form. Made text is in `scratch`. */
tdm_status tdm__ndjson_text(tdm_str *out, tdm__arena *scratch, const tdm__json_value *member);
/* 16 lower-case hex digits. */
bool tdm__ndjson_hex64(uint64_t *out, tdm_str text);

#endif
