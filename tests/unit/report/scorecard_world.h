/*
 * A small scorecard put together by hand: every form of measure, areas and years, a trend with a change of
 * definition and signals, peers, figures that are not shown, a measure that is not assessed, texts that mean
 * harm. Numbers that no writer may show are CANARY and those next to it.
 */
#ifndef TDM_TESTS_REPORT_SCORECARD_WORLD_H
#define TDM_TESTS_REPORT_SCORECARD_WORLD_H

#include "report/fixture.h"
#include "report/scorecard.h"

#define CANARY 70007 /* to 70019: stands where a number is hidden */

enum { WORLD_MEASURES = 9, WORLD_FIGURES = 120, WORLD_POINTS = 12, WORLD_LINES = 9 };

/* Places of the measures. */
enum {
    WORLD_CONTACTS,    /* a count with a rate, a trend with a change and a signal */
    WORLD_RE_REFERRED, /* a share beside other areas; one area suppressed */
    WORLD_SOURCES,     /* a breakdown; one line suppressed, so another with it */
    WORLD_DURATION,    /* times in working days, within 45, in bins */
    WORLD_SECOND,      /* a share with a denominator of zero in one area */
    WORLD_VISITS,      /* not assessed */
    WORLD_WAITING,     /* times without a limit, nothing of one area shown */
    WORLD_TO_CARE,     /* survival */
    WORLD_DEATHS       /* a g chart: days from one to the next */
};

typedef struct scorecard_world {
    report_fixture *fixture; /* its chronology, diagnostics and account */
    tdm__measure files[WORLD_MEASURES];
    tdm__card_measure measures[WORLD_MEASURES];
    tdm__card_figure figures[WORLD_MEASURES][WORLD_FIGURES];
    tdm__card_times times[WORLD_MEASURES][9];
    tdm__card_point points[WORLD_MEASURES][WORLD_POINTS];
    tdm__card_group groups[3];
    tdm__card_period periods[3];
    tdm_scorecard card;
} scorecard_world;

/* parted: by area (everything and two) and by year (the whole and two); else everything, the whole period. */
scorecard_world *scorecard_world_new(bool parted);
void scorecard_world_free(scorecard_world *world);

typedef tdm_status (*scorecard_writer)(const tdm_scorecard *card, const tdm__report_options *options,
                                       tdm_sink sink, tdm_error *error);
/* Everything that was written; freed with tdm__text_free. A status other than TDM_OK fails the test. */
tdm__text scorecard_written(scorecard_writer write, const tdm_scorecard *card);

#endif
