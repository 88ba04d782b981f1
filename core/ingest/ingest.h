/*
 * Ingest: files to events and assessments, one reader a format. Format is found by looking at the
 * content, or named. A bad row becomes a diagnostic and is counted as set aside; only a file that
 * cannot be read as what it is ends the call.
 */
#ifndef TDM_INGEST_INGEST_H
#define TDM_INGEST_INGEST_H

#include "base/account.h"
#include "base/context.h"
#include "base/file.h"
#include "chronology/chronology.h"
#include "chronology/glossary.h"
#include "ingest/crosswalk.h"

/* How an assessment is written: which reader of the instrument layer takes it. */
typedef enum tdm__written {
    TDM__WRITTEN_JSON,
    TDM__WRITTEN_SHEET,
    TDM__WRITTEN_FHIR,              /* a QuestionnaireResponse */
    TDM__WRITTEN_FHIR_QUESTIONNAIRE /* no assessment, but what responses answer */
} tdm__written;

/* An assessment as it came: scored later, when its instrument is known. */
typedef struct tdm__raw_assessment {
    tdm__written form;
    tdm_str file;
    int32_t line;    /* in the file on which `content` starts */
    tdm_str content; /* text; of a sheet UTF-8 without a byte order mark */
} tdm__raw_assessment;

/*
 * What is read is one part of a longer input: its heading, and whole children from the middle of it. Nothing
 * may then be said once for all rows, because the other parts do not know.
 */
typedef struct tdm__input_part {
    bool again;            /* an earlier part has told of the heading and counted its lines */
    int32_t heading_lines; /* column headings, or sources and coverage */
    int32_t lines_before;  /* of the input, between the heading and the first line of the part */
    char delimiter;        /* of CSV, as the start of the input has it */
} tdm__input_part;

/* What all inputs together gave. Zero-initialised by tdm__collection_init; freed whole. */
typedef struct tdm__collection {
    tdm_context *context;
    tdm__arena arena; /* strings below */
    tdm__builder *builder;
    tdm__diagnostics diagnostics;
    tdm__account *accounts;
    size_t account_count, account_capacity;
    tdm__raw_assessment *assessments;
    size_t assessment_count, assessment_capacity;
    tdm_str case_id;        /* of the first case folder; "" */
    tdm_day as_of;          /* of the first case folder; TDM_DAY_NONE */
    tdm__glossary glossary; /* of all case folders, in the arena */
    const tdm_vocabulary *vocabulary;
    tdm__crosswalk crosswalk; /* for inputs that no case folder gives; without an allocator: none */
    tdm_date_rules dates;     /* how dates are read where a map says nothing else; the defaults until set */
    const tdm__input_part *part; /* NULL: inputs are whole */
    int32_t jobs;                /* threads that reading may use; 0 and 1: none but the caller's */
} tdm__collection;

tdm_status tdm__collection_init(tdm__collection *collection, tdm_context *context,
                                const tdm_vocabulary *vocabulary);
void tdm__collection_free(tdm__collection *collection);
tdm_status tdm__collection_account(tdm__collection *collection, tdm_str file, tdm_str sheet, int64_t rows,
                                   int64_t read, int64_t set_aside);
/* Keeps a copy of an assessment in any form, or of one in our JSON. */
tdm_status tdm__collection_form(tdm__collection *collection, const tdm__raw_assessment *assessment);
tdm_status tdm__collection_assessment(tdm__collection *collection, tdm_str file, int32_t line, tdm_str json);

/* What whoever sent a return says of it, as a case folder does of its own. */
typedef struct tdm__sent {
    tdm_str agency;   /* code; "": the rows or the map name it */
    tdm_day received; /* TDM_DAY_NONE: not known */
} tdm__sent;

/* One INPUT of a request. Either `path` (a file, a case folder, "-") or `content` with a `name`. */
typedef struct tdm__input {
    tdm_str name;     /* shown in diagnostics and reports; empty: the path as given */
    const char *path; /* NULL: use content */
    tdm_str content;
    tdm_str format; /* name of a reader; "": look */
    tdm_str map; /* path of a column map, a bare name from scripts/maps/, or inline JSON when map_is_json */
    bool map_is_json;
    const tdm__sent *sent; /* NULL: nothing is said; borrowed */
} tdm__input;

/*
 * Reads one input into the collection.
 *
 * TDM_OK also when rows were set aside (diagnostics say which). TDM_NOT_FOUND, TDM_IO, TDM_ENCODING,
 * TDM_INVALID_INPUT (cut off, DOCTYPE, no map, leads outside its folder), TDM_UNSUPPORTED (no reader
 * knows it), TDM_TOO_LARGE, TDM_NO_MEMORY: the error names file and line, nothing of that input is to be
 * used.
 */
tdm_status tdm__ingest(tdm__collection *collection, const tdm__input *input, tdm_error *error);

/* How an input is called in diagnostics and reports: in the collection's arena, or as it was given.
 * TDM_NO_MEMORY. */
tdm_status tdm__input_name(tdm_str *out, tdm__collection *collection, const tdm__input *input);

struct tdm__return;

/* The readers: adding a format is one file and one row. */
typedef struct tdm__reader {
    const char *name;  /* as --input-format takes it */
    const char *title; /* for --help and lists */
    /* Whether the content looks like this format. */
    bool (*recognises)(tdm_str content);
    tdm_status (*read)(struct tdm__return *file, tdm_error *error); /* reader.h */
} tdm__reader;
const tdm__reader *tdm__readers(size_t *count);

/* Whether the content is an SQLite file. Stores are loaded by the layer above; tdm__ingest gives
 * TDM_UNSUPPORTED for one. */
bool tdm__looks_like_store(tdm_str content);

#endif
