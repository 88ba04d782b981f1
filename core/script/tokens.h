/*
 * The words of a script's text, for what looks at a file without running it. Lua itself has compiled the
 * file before, so that nothing here needs to say what is wrong with its grammar.
 */
#ifndef TDM_SCRIPT_TOKENS_H
#define TDM_SCRIPT_TOKENS_H

#include "base/memory.h"
#include "base/text.h"

typedef enum tdm__token_type {
    TDM__TOKEN_NAME, /* keywords too */
    TDM__TOKEN_STRING,
    TDM__TOKEN_NUMBER,
    TDM__TOKEN_SYMBOL
} tdm__token_type;

typedef struct tdm__token {
    tdm__token_type type;
    tdm_str text; /* as written; of a string what stands between its quotes */
    int32_t line;
    tdm_str section; /* name of the field of the file's table in which it stands; "": outside */
} tdm__token;

/* All tokens of a text, comments left out; they point into it. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__tokens_of(tdm__token **out, size_t *count, tdm__arena *arena, tdm_str text);
bool tdm__token_is(const tdm__token *token, const char *text); /* a name or symbol of that text */

/* A name that is no local one where it stands; each once, where it stands first. */
typedef struct tdm__free_name {
    tdm_str name;
    int32_t line;
    bool written;
} tdm__free_name;

/* Free names of a file; fills `section` of the tokens on the way. TDM_OK or TDM_NO_MEMORY. */
tdm_status tdm__free_names(tdm__free_name **out, size_t *count, tdm__arena *arena, tdm__token *tokens,
                           size_t token_count);

#endif
