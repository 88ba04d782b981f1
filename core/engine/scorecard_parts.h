/*
 * What the files that make a scorecard share: the scorecard in the making, what the returns could hold, and
 * what was measured, put together by group and period before anything is hidden. Internal to the layer.
 */
#ifndef TDM_ENGINE_SCORECARD_PARTS_H
#define TDM_ENGINE_SCORECARD_PARTS_H

#include "engine/scorecard.h"

#define TDM__CARD_PERIODS_MAX 400

/* What the returns that stand as of the day could hold, taken together; bits as in tdm__source. */
typedef struct tdm__card_sources {
    bool all;              /* one of them could hold anything */
    bool declares;         /* one of them declares which time it covers */
    uint64_t *kinds;       /* bit per kind */
    uint64_t *in_full;     /* bit per kind: one of them holds all there are */
    uint64_t *facts;       /* for each kind, bits of facts */
    uint64_t *full_facts;  /* the same, of those that hold all there are of the kind */
    tdm_day *first;        /* for each kind, of its first dated row; TDM_DAY_AFTER_ALL: none */
    const uint32_t *alike; /* for each source the first one of the same agency */
} tdm__card_sources;

typedef struct tdm__carding {
    tdm_scorecard *card;
    const tdm_chronology *chronology;
    const tdm__scorecard_options *options;
    tdm__card_sources sources;
    const uint32_t *group_of; /* for each measured group its own in the card; TDM_NO_INDEX: it has none */
    size_t measured_count;
    const tdm__card_period *quarters; /* of the trend, the latest last */
    size_t quarter_count;
    tdm__arena scratch; /* of one measure */
} tdm__carding;

/* One group and period as it was measured; numbers as in tdm__card_figure. */
typedef struct tdm__tally {
    const char *reason; /* NULL: there is an answer */
    int64_t numerator, denominator;
    int64_t total;        /* what its lines are lines of */
    const int64_t *lines; /* by the measure's lines */
    const tdm__length *lengths;
    size_t length_count;
    int64_t left_out[TDM__UNCOUNTED_COUNT];
    int64_t shown_numerator, shown_denominator; /* with what is not to be shown taken out */
    int64_t waiting, shown_count, shown_waiting;
    uint8_t mark;              /* tdm__cell_mark of the figure */
    const uint8_t *line_marks; /* by line */
} tdm__tally;

/* One measure in the making. */
typedef struct tdm__card_work {
    uint32_t index; /* in the catalogue of measures */
    const tdm__measure *measure;
    const tdm__param_value *values;
    tdm__card_measure *out;
    tdm__card_figure *figures;    /* those of `out` */
    const char **reasons;         /* why it is not asked of a period, then of a quarter; NULL: it is */
    const char **group_reasons;   /* of the periods by group: why the group is not told */
    tdm__measure_answer *answers; /* of the periods, then of the quarters, then of the events of a g chart */
    tdm__tally *tallies;          /* by period, group */
    tdm__tally *quarters;
    bool of_time; /* see tdm__measured */
    bool lists;   /* units of the whole period are wanted */
    bool events;  /* units of the quarters are wanted, for a g chart */
    tdm_str *notes;
    size_t note_count, note_room;
} tdm__card_work;

/* --- scorecard_periods.c --- */

/* Periods and groups of the card, quarters of the trend. TDM_INVALID_ARG, TDM_NO_MEMORY. */
tdm_status tdm__card_periods(tdm__carding *making, tdm_error *error);
/* names: of the measured groups, in their order. */
tdm_status tdm__card_groups(tdm__carding *making, tdm__groups names);

/* --- scorecard_needs.c --- */

tdm_status tdm__card_sources_of(tdm__carding *making);
/* Reasons, words and notes of a measure from what the returns could hold and cover. */
tdm_status tdm__card_needs(tdm__carding *making, tdm__card_work *work);
/* The sentence of a reason; the code itself where there is none. */
tdm_str tdm__card_reason_words(const char *reason);

/* --- scorecard_ask.c --- */

/* Every question that has no reason yet not to be asked. arenas: one a thread; they get the answers. */
tdm_status tdm__card_ask(tdm__carding *making, tdm__card_work *works, size_t count,
                         const tdm__measures *measures, const tdm__population *population, tdm__arena *arenas,
                         const tdm_context *context, tdm_error *error);

/* --- scorecard_tallies.c --- */

/* Lines, form and tallies of what was measured. */
tdm_status tdm__card_tallies(tdm__carding *making, tdm__card_work *work);

/* --- scorecard_hide.c --- */

/* What may be shown of the tallies, by the threshold. */
tdm_status tdm__card_hide(tdm__carding *making, tdm__card_work *work);

/* --- scorecard_figures.c --- */

tdm_status tdm__card_figures(tdm__carding *making, tdm__card_work *work);

/* --- scorecard_lengths.c --- */

tdm_status tdm__card_lengths(tdm__carding *making, tdm__card_work *work);

/* --- scorecard_trend.c --- */

tdm_status tdm__card_make_trend(tdm__carding *making, tdm__card_work *work);

/* --- scorecard_peers.c --- */

tdm_status tdm__card_peers(tdm__carding *making, tdm__card_work *work);

/* --- scorecard_notes.c --- */

/* One more sentence about a measure; in the card's arena. TDM_NO_MEMORY. */
tdm_status tdm__card_note(tdm__carding *making, tdm__card_work *work, const char *format, ...)
    TDM_PRINTF(3, 4);
/* Once all measures are put together: what somebody wrote about their figures, how many moved without a word,
 * and what is to be known of the whole. */
tdm_status tdm__card_close(tdm__carding *making, tdm__card_work *works, size_t count);

/* --- scorecard.c --- */

/* A card with its periods; groups are next. scratch and card are freed by the caller, whatever happens. */
tdm_status tdm__card_open(tdm__carding *making, const tdm_allocator *allocator,
                          const tdm_chronology *chronology, const tdm__scorecard_options *options,
                          tdm_error *error);
/* Room for the answers, texts, reasons not to ask. The work's index, measure, values, out and lists are set.
 */
tdm_status tdm__card_begin(tdm__carding *making, tdm__card_work *work);
/* From the answers to what is shown. */
tdm_status tdm__card_put_together(tdm__carding *making, tdm__card_work *work);

#endif
