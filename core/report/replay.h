/*
 * Writers of a replay (engine/replay.h): what could have been known, and since when. As report.h.
 */
#ifndef TDM_REPORT_REPLAY_H
#define TDM_REPORT_REPLAY_H

#include "engine/replay.h"
#include "report/report.h"

tdm_status tdm__report_replay_text(const tdm__replay *replay, const tdm__report_options *options,
                                   tdm_sink sink, tdm_error *error);
/* replay.schema.json */
tdm_status tdm__report_replay_json(const tdm__replay *replay, const tdm__report_options *options,
                                   tdm_sink sink, tdm_error *error);
/* One page: for each child a strip with a row an indicator, and the same as a table. */
tdm_status tdm__report_replay_html(const tdm__replay *replay, const tdm__report_options *options,
                                   tdm_sink sink, tdm_error *error);

#endif
