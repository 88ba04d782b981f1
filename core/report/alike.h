/*
 * Children who may be one, for a person to look at and to confirm in the crosswalk.
 */
#ifndef TDM_REPORT_ALIKE_H
#define TDM_REPORT_ALIKE_H

#include "report/terminal.h"
#include "report/view.h"
#include "json/json.h"

/* The member "perhaps_same_child" of an open object; nothing where there is none. */
void tdm__alike_json(tdm__json_writer *json, const tdm_run *run);
/* The same for a terminal. */
void tdm__say_alike(tdm__terminal *terminal, const tdm_run *run);

#endif
