/*
 * What every reader is given and shares: one file of an input on its way into the collection. Its
 * name, content and declarations; its diagnostics, row keys and account; the children it may name.
 */
#ifndef TDM_INGEST_READER_H
#define TDM_INGEST_READER_H

#include "ingest/hashing.h"
#include "ingest/ingest.h"
#include "ingest/roster.h"
#include "ingest/row_keys.h"

/* Diagnostics of one code that a file may give one by one; the rest are counted in one line. */
#define TDM__NOTES_SHOWN 200
#define TDM__NOTE_CODES  64

typedef struct tdm__note_count {
    const char *code;
    int64_t count;
} tdm__note_count;

/* What the case folder says of a return, beside its rows. */
typedef struct tdm__declared {
    tdm_day received; /* TDM_DAY_NONE: not known */
    const tdm__period *covers;
    size_t cover_count;
    const tdm__period *no_contact;
    size_t no_contact_count;
} tdm__declared;

typedef struct tdm__return {
    tdm__collection *collection;
    const tdm_allocator *allocator;
    tdm_str name;         /* as every report shows it */
    tdm_str format;       /* name of the reader */
    tdm_str content;      /* as read; after tdm__decode valid UTF-8 without a BOM */
    char *owned;          /* block that content lies in; NULL: borrowed, or handed to the chronology */
    tdm__held_file *left; /* see left.h: content is no more than its first bytes; NULL: it is the whole */
    bool left_is_kept;    /* handed to the chronology */
    bool is_decoded;      /* content is no longer the bytes of the file */
    char hash[TDM_SHA256_HEX_SIZE]; /* known once `hashing` has ended */
    bool is_hashed;                 /* already, without `hashing` */
    tdm__hashing hashing;
    bool hash_comes_later; /* `source` was registered without it */
    uint32_t source;
    const char *root; /* case folder that names are relative to; NULL: none */
    const char *path; /* NULL: given as content */
    tdm_str map;      /* as in tdm__input */
    bool map_is_json;
    tdm_str agency; /* that the case folder gives; "" */
    tdm_str case_id;
    tdm__declared declared;
    const tdm__roster *roster; /* NULL: any child */
    uint32_t *closer;          /* for each kind the kind that closes what it opens; TDM_NO_INDEX: none */
    uint64_t *misplaced;       /* for each kind a bit per fact that was told to be none of it */
    tdm__row_keys keys;
    tdm__arena arena;      /* lives as long as the file is read */
    tdm__dictionary noted; /* what has been said once already */
    tdm__text note_key;    /* of the thing to be said; kept, so that a row allocates nothing */
    tdm__note_count note_counts[TDM__NOTE_CODES];
    size_t note_code_count;
    tdm_str *reached; /* children of the row at hand */
    size_t reached_count, reached_capacity;
    int64_t rows, read, set_aside; /* of the file; of one with sheets, of the sheet at hand */
    bool has_sheets;               /* gives an account a sheet */
    tdm_str place;                 /* file and sheet, for diagnostics; "": the file */
} tdm__return;

/* Adds a diagnostic about this file. `code` must be a literal. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__note(tdm__return *file, tdm__severity severity, const char *code, int32_t row, tdm_str column,
                     const char *format, ...) TDM_PRINTF(6, 7);
/* The same, but only the first time for this code, column and value. The value is not shown. */
tdm_status tdm__note_once(tdm__return *file, tdm__severity severity, const char *code, int32_t row,
                          tdm_str column, tdm_str value, const char *message);

/* Registers the source of the rows; `text_kept` hands the content over, so that strings may point into it. */
typedef struct tdm__rows_from {
    tdm_str agency;
    tdm_str map;
    tdm_str sheet;
    const uint32_t *carries;
    size_t carry_count;
    const uint64_t *carries_facts; /* as in tdm__source_input, like the next */
    const uint32_t *in_part;
    size_t in_part_count;
    bool carries_all;
    bool text_kept;
} tdm__rows_from;
tdm_status tdm__return_source(uint32_t *out, tdm__return *file, const tdm__rows_from *rows);

/* What is told and counted from here on is of this sheet; its end gives the account. TDM_NO_MEMORY. */
tdm_status tdm__return_sheet(tdm__return *file, tdm_str sheet);
tdm_status tdm__return_sheet_end(tdm__return *file, tdm_str sheet);

/* Fills a source that is about to be registered with what is known of the file, the hash with it. */
void tdm__return_describe(tdm__source_input *source, const tdm__return *file);

/*
 * Makes content text: UTF-8 with or without BOM, else Windows-1252 (with a diagnostic unless
 * `encoding` says so). encoding: "", "utf-8" or "windows-1252". TDM_ENCODING; TDM_NO_MEMORY.
 */
tdm_status tdm__decode(tdm__return *file, tdm_str encoding, tdm_error *error);
/* Whether the content is a zip file; whether it is the form of old or encrypted Office files. */
bool tdm__looks_like_package(tdm_str content);
bool tdm__package_lists(tdm_str content,
                        tdm_str start); /* a part whose name starts so; false: no whole zip file */
bool tdm__looks_like_old_office(tdm_str content);
/* TDM_INVALID_INPUT for an empty file, TDM_ENCODING for one with zero bytes or in UTF-16. */
tdm_status tdm__check_is_text(tdm_str content, tdm_str name, tdm_error *error);

/* The id of a child that an agency names by its own number, outside a case folder: the number, or what the
 * crosswalk says. TDM_NO_MEMORY. */
tdm_status tdm__return_child_id(tdm_str *out, tdm__return *file, tdm_str agency, tdm_str number);
/* Adds a child; values that differ from what is known become a diagnostic. */
tdm_status tdm__return_child(tdm__return *file, const tdm__child_input *child, int32_t row);

/*
 * Reads one file: detection, reader, account. Fields up to `roster` are set by the caller; the rest
 * is zero. Frees `owned` unless it has been handed over.
 */
tdm_status tdm__return_read(tdm__return *file, tdm_str format, tdm_error *error);

/* The readers, each in its file. */
tdm_status tdm__read_csv(tdm__return *file, tdm_error *error);
tdm_status tdm__read_workbook(tdm__return *file, tdm_error *error);
tdm_status tdm__read_document(tdm__return *file, tdm_error *error);
tdm_status tdm__read_ndjson(tdm__return *file, tdm_error *error);
tdm_status tdm__read_census(tdm__return *file, tdm_error *error);
tdm_status tdm__read_ssd(tdm__return *file, tdm_error *error);
tdm_status tdm__read_dfe_api(tdm__return *file, tdm_error *error);
tdm_status tdm__read_school_census(tdm__return *file, tdm_error *error);
bool tdm__ssd_recognised(tdm_str content);
bool tdm__dfe_api_recognised(tdm_str content);
bool tdm__school_census_recognised(tdm_str content);
tdm_status tdm__read_sheet(tdm__return *file, tdm_error *error);
tdm_status tdm__read_fhir(tdm__return *file, tdm_error *error);
/* An assessment in any form. */
tdm_status tdm__read_assessment(tdm__return *file, tdm_error *error);

/* A folder with a case.json. */
tdm_status tdm__read_case_folder(tdm__collection *collection, const char *path, tdm_error *error);

#endif
