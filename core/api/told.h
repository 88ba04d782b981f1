/*
 * What reading an input said, as JSON: accounts of rows and diagnostics. Internal to the layer.
 */
#ifndef TDM_API_TOLD_H
#define TDM_API_TOLD_H

#include "base/account.h"
#include "base/diagnostic.h"
#include "json/json.h"

/* {"file", "sheet", "rows", "read", "set_aside"}. */
void tdm__put_account(tdm__json_writer *json, const tdm__account *account);
/* {"file", "row", "column", "code", "severity", "message"}. */
void tdm__put_diagnostic(tdm__json_writer *json, const tdm__diagnostic *d);

#endif
