/*
 * A scorecard in the making: from the request to the figures, for the command and for a service. How it is
 * written out is the operation's. Internal to the layer.
 */
#ifndef TDM_API_CARD_MAKING_H
#define TDM_API_CARD_MAKING_H

#include "api/card_files.h"
#include "api/session.h"
#include "report/report.h"

#define TDM__CARD_THRESHOLD_DEFAULT 6 /* 1 to 5 are not shown, as in the national statistics */

typedef struct tdm__card_making {
    tdm__session session;
    tdm__scorecard_options options;
    tdm__card_areas areas;
    tdm__card_peers peers;
    tdm__card_comment *comments;
    bool lists;          /* of the one measure that is asked for its units are wanted too */
    tdm_scorecard *card; /* NULL until it is made */
} tdm__card_making;

/*
 * Zeroes the making and opens its session. A period that is set in `options` before the card is made stands
 * where the request names none. End it with tdm__card_making_end whatever happens.
 */
tdm_status tdm__card_making_open(tdm__card_making *making, const tdm_request *request, tdm_error *error);
/* Reads options, rules, tables and records, and counts. Of a service: the children whom the caller may see.
 */
tdm_status tdm__card_make(tdm__card_making *making, tdm_error *error);
/* status: of all that was done with it. */
tdm_status tdm__card_making_end(tdm__card_making *making, tdm_status status, tdm_error *error);

/* Whether a script failed: a figure without a number for that reason. */
bool tdm__card_has_failed(const tdm_scorecard *card);

typedef tdm_status (*tdm__card_writer)(const tdm_scorecard *card, const tdm__report_options *options,
                                       tdm_sink sink, tdm_error *error);
/* The one that writes cards (`as_list`: the units behind one measure) in the request's format; NULL: none
 * does. */
tdm__card_writer tdm__card_writer_of(const tdm_request *request, bool as_list);

#endif
