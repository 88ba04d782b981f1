/*
 * What every operation stands on: vocabulary, bank holidays, scripts, instruments and the policy,
 * read from the data folder and from what the request adds. Files are opened here (through
 * base/file.h) and handed to the layers below as named buffers.
 */
#ifndef TDM_API_DATA_H
#define TDM_API_DATA_H

#include "base/file.h"
#include "engine/engine.h"
#include "guard/common_password.h"
#include "ingest/ingest.h"
#include "ingest/map_words.h"
#include "script/measures.h"

/* A file below scripts/, by the name that output shows. */
typedef struct tdm__named_files {
    tdm__script_file *items;
    size_t count, capacity;
} tdm__named_files;

typedef struct tdm__data {
    const tdm_context *context;
    tdm__arena arena;
    tdm_str scripts_root; /* of the context, ended by zero */
    tdm_problem_fn tell;  /* told of everything that is wrong with the policy; NULL: only the error */
    void *tell_payload;
    tdm__named_files indicators, lib, instrument_files, measure_files;
    tdm_vocabulary *vocabulary;
    tdm_holidays *holidays;
    tdm__catalogue *catalogue;
    bool with_measures;      /* to be read with the rules though no policy speaks of them */
    tdm__measures *measures; /* NULL until they are read */
    tdm__review_policy *policy;
    tdm_instrument **instruments;
    size_t instrument_count;
    tdm_str common_words[TDM__COMMON_LISTS]; /* of passwords; empty until they are read */
    bool shared;                             /* all but the arena is another's */
} tdm__data;

/* What the request adds to the data folder. */
typedef struct tdm__data_request {
    const char *scripts; /* folder with indicators/, lib/, instruments/; NULL */
    const char *policy;  /* file; NULL: scripts/policy/default.json */
    tdm_str policy_json; /* in place of a file; "" */
} tdm__data_request;

/* Zeroes the data and reads the vocabulary. Free it with tdm__data_free whatever happens. */
tdm_status tdm__data_open(tdm__data *data, const tdm_context *context, tdm_error *error);
/* Scripts, policy, and the instruments that examples may name: what a review needs. */
tdm_status tdm__data_read_rules(tdm__data *data, const tdm__data_request *request, tdm_error *error);
/* The indicators that tdm__data_add_file added, shared code and instruments, none that is shipped beside and
 * no policy: what checking a file needs. */
tdm_status tdm__data_read_named(tdm__data *data, const tdm__data_request *request, tdm_error *error);
/* Instruments, unless they have been read, and the policy's word on them checked where there is one. */
tdm_status tdm__data_read_instruments(tdm__data *data, const tdm__data_request *request, tdm_error *error);
/* Only the instrument files that tdm__data_add_file added: what checking a file needs. */
tdm_status tdm__data_load_instruments(tdm__data *data, tdm_error *error);
/* Measures, unless they have been read: those that tdm__data_add_file added, and where there are none the
 * shipped ones with those of the request's folder. The rules have been read. */
tdm_status tdm__data_read_measures(tdm__data *data, const tdm__data_request *request, tdm_error *error);
/* The words that passwords may not be made of: the shipped ones, and those of the request's folder where it
 * has some. */
tdm_status tdm__data_read_common_words(tdm__data *data, const tdm__data_request *request, tdm_error *error);
/* What another has read with all its rules, to be only read here; reading rules or instruments then does
 * nothing more. The other must outlive it. */
void tdm__data_share(tdm__data *out, const tdm__data *of, const tdm_context *context);
void tdm__data_free(tdm__data *data);
/* NULL when there is none of that id. */
const tdm_instrument *tdm__data_instrument(const tdm__data *data, tdm_str id);

/* The words that column maps are guessed by. Free it with tdm__map_words_free whatever happens. */
tdm_status tdm__data_map_words(tdm__map_words *words, tdm__data *data, tdm_error *error);

/* Whether the policy chooses how the instrument is put together; `name` is filled then. */
bool tdm__data_aggregation(char *name, size_t size, const tdm__data *data, const tdm_instrument *instrument);

/* Reads one file into the data's arena; the name in errors is `shown`. */
tdm_status tdm__data_file(tdm_str *out, tdm__data *data, const char *root, const char *path, tdm_str shown,
                          tdm_error *error);
/* Adds one script file given by path. */
tdm_status tdm__data_add_file(tdm__named_files *list, tdm__data *data, const char *root, const char *path,
                              tdm_str shown, tdm_error *error);

#endif
