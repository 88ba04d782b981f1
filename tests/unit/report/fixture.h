/*
 * A small chronology and a run over it, put together by hand: two children, two agencies, one
 * incident told twice, a doubtful date, an undated row, a row that occurred and one that
 * was recorded after the as-of day, and texts that mean harm.
 */
#ifndef TDM_TESTS_REPORT_FIXTURE_H
#define TDM_TESTS_REPORT_FIXTURE_H

#include "report/report.h"
#include "support.h"

/* Markup, quotes, the end of CDATA, a terminal escape, a direction override, a formula. */
#define HOSTILE                                                                                              \
    "<script>alert(\"x\")</script> ' ]]> & \x1b[31mred \xE2\x80\xAE"                                         \
    "olleh =SUM(A1)"

typedef struct report_fixture {
    tdm_vocabulary *vocabulary;
    tdm_chronology *chronology;
    tdm__diagnostics diagnostics;
    tdm_instrument *instrument;
    tdm_score *score;
    const tdm_score *scores[1];
    tdm__standing standings[2];
    tdm__param params[2];
    tdm__effective_param in_force[2];
    tdm__indicator scripts[3];
    tdm__effective_indicator indicators[3];
    uint32_t evidence[3];
    uint32_t undated[1];
    tdm__run_spell spells[2];
    tdm__prompt prompts[2];
    tdm__no_prompt no_prompts[2];
    tdm__level_step levels[3];
    tdm__episode episodes[2];
    tdm__run_contradiction contradiction;
    tdm__one_incident incidents[2];
    tdm__policy_file policy_file;
    tdm__account account;
    tdm__child_result children[2];
    tdm_run run;
} report_fixture;

/* Made with malloc; the run's allocator is malloc too until a test sets another. */
report_fixture *report_fixture_new(void);
void report_fixture_free(report_fixture *fixture);

/* Everything that was written; freed with tdm__text_free. A status other than TDM_OK fails the test. */
typedef tdm_status (*report_writer)(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                                    tdm_error *error);
tdm__text report_written(report_writer write, const tdm_run *run, const tdm__report_options *options);
tdm_sink report_text_sink(tdm__text *text);
tdm_sink report_no_sink(void);      /* takes everything and keeps nothing */
tdm_sink report_failing_sink(void); /* gives TDM_IO */

tdm_day report_day(int year, int month, int day);
/* How often `part` stands in `text`. */
int report_count(tdm_str text, const char *part);

#endif
