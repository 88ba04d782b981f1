/*
 * Writers of a backtest. As report.h; CSV has a row a child.
 */
#ifndef TDM_REPORT_BACKTEST_H
#define TDM_REPORT_BACKTEST_H

#include "engine/backtest.h"
#include "report/report.h"

tdm_status tdm__report_backtest_text(const tdm__backtest *backtest, const tdm__report_options *options,
                                     tdm_sink sink, tdm_error *error);
tdm_status tdm__report_backtest_json(const tdm__backtest *backtest, const tdm__report_options *options,
                                     tdm_sink sink, tdm_error *error);
tdm_status tdm__report_backtest_csv(const tdm__backtest *backtest, const tdm__report_options *options,
                                    tdm_sink sink, tdm_error *error);

#endif
