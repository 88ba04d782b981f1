/*
 * What the files share that read an instrument file: the table on the stack, and the builder it goes to.
 */
#ifndef TDM_SCRIPT_INSTRUMENT_READER_H
#define TDM_SCRIPT_INSTRUMENT_READER_H

#include "instrument/instrument.h"
#include "script/contract.h"

typedef struct tdm__instrument_reader {
    tdm__contract contract;
    lua_State *lua;
    tdm__instrument_builder *builder;
} tdm__instrument_reader;

/* The line of the first `field = "value"` in a text; `otherwise` where the file does not spell it out. */
int32_t tdm__instrument_text_line(tdm_str text, const char *field, tdm_str value, int32_t otherwise);

/* One row of "examples", at `index`. */
void tdm__instrument_read_example(const tdm__instrument_reader *reader, int index, const char *path);

#endif
