/*
 * A scorecard: every figure of a period with its definition, for the writers, which read this and nothing
 * else. All of it is owned by the scorecard and valid until tdm__scorecard_free.
 */
#ifndef TDM_ENGINE_SCORECARD_H
#define TDM_ENGINE_SCORECARD_H

#include "base/context.h"
#include "engine/run.h"
#include "engine/statistics.h"
#include "script/measures.h"

/* A period that figures are of. */
typedef struct tdm__card_period {
    tdm_day from, to;
    bool cut;     /* shorter than the others, by --to */
    tdm_str name; /* "2023-04-01 to 2024-03-31" */
} tdm__card_period;

typedef struct tdm__card_group {
    tdm_str code, name; /* "" and "" for all, the first; code "" among several: "not recorded" */
    int64_t population; /* children; -1 not known */
} tdm__card_group;

/* In place of a number that is not shown: small, or it would give a small one away. */
#define TDM__NOT_SHOWN ((int64_t)-2)

typedef enum tdm__figure_status {
    TDM__FIGURE_GIVEN,
    TDM__FIGURE_NONE,         /* a denominator of zero, or no lengths */
    TDM__FIGURE_SMALL,        /* under the threshold: not shown */
    TDM__FIGURE_BESIDE_SMALL, /* not shown because it would give a small one away */
    TDM__FIGURE_NOT_ASSESSED
} tdm__figure_status;

/* Where a figure lies against limits around the target: 0 within, else beyond 95 % or 99.8 %, below or above.
 */
typedef enum tdm__beyond {
    TDM__WITHIN,
    TDM__BELOW_95,
    TDM__ABOVE_95,
    TDM__BELOW_998,
    TDM__ABOVE_998,
    TDM__WIDER /* a country or region, beside the areas and not among them */
} tdm__beyond;

typedef struct tdm__card_figure {
    uint32_t group, period; /* in the scorecard's */
    uint32_t line;          /* in the measure's lines; TDM_NO_INDEX: the figure itself */
    tdm__figure_status status;
    const char *reason; /* of not assessed: static code */
    tdm_str words;      /* that reason as a sentence */
    /* What the figure says of a measure: a count or breakdown its number (without a denominator); a share
     * and a line those of the denominator; times those within the limit (without a limit their number,
     * without a denominator); survival those that have ended of all. */
    int64_t numerator;                      /* TDM__NOT_SHOWN; -1: not assessed */
    int64_t denominator;                    /* -1: a count; TDM__NOT_SHOWN */
    int64_t percent_tenths;                 /* -1: none */
    int64_t rate_tenths;                    /* per the measure's `per` of the group's population; -1: none */
    int64_t left_out[TDM__UNCOUNTED_COUNT]; /* of the figure itself; 0 for lines; TDM__NOT_SHOWN */
    tdm_str commentary;                     /* "" none; of the figure itself */
    bool moved; /* beyond a limit of its chart or of a comparison; of the figure itself */
} tdm__card_figure;

/* The share not yet ended on a day. */
typedef struct tdm__card_share {
    tdm_span span;           /* as the measure asks */
    int32_t day;             /* that span in days, a month as the twelfth part of 365.25 of them */
    bool given;              /* false: nobody was followed for so long, or it is not shown */
    double share, low, high; /* 0 to 1; low and high NAN: no limits */
} tdm__card_share;

/* Lengths of one group and period, for times and survival. */
typedef struct tdm__card_times {
    uint32_t group, period;
    bool shown;             /* false: none, or as few as the threshold hides; then nothing below is filled */
    int64_t count, waiting; /* ended, and still waiting; TDM__NOT_SHOWN */
    int64_t mean_tenths;    /* of those that have ended, as are the next three; -1: none */
    int64_t median_doubled, lower_doubled, upper_doubled; /* quartiles; -1: none */
    /* Survival only. Under a threshold steps are put together until each stands for none or for as many as
     * it shows. */
    const tdm__survival_step *steps;
    size_t step_count;
    tdm__survival_median middle;
    const tdm__card_share *at; /* one for each of `at` */
} tdm__card_times;

/*
 * A series of quarters that end with the period, over everything, and its limits. Of a g chart the points are
 * single events: from one event to the next, the value being the days between; it is given only where
 * everything is shown (threshold 0), else the quarters stand without limits (kind TDM__CHART_NONE).
 */
typedef struct tdm__card_point {
    tdm_day from, to;
    bool given;                     /* false: not assessed, none, or not shown */
    int64_t numerator, denominator; /* -1: a count, or not given */
    double value;                   /* percent or count, or median length */
    uint32_t signals;               /* bits of tdm__chart_rule */
    bool definition_breaks;         /* the definition changed within it or between it and the one before */
} tdm__card_point;
typedef struct tdm__card_trend {
    tdm__chart_kind kind;
    const tdm__card_point *points;
    size_t point_count;
    bool limited;       /* limits could be given: eight points or more since the latest break */
    size_t limits_from; /* the first point that they are of */
    tdm__control_chart chart;
} tdm__card_trend;

/* National and neighbour figures of a measure, and limits around the pooled share of the areas among them
 * (a country or region is none; where there is nothing else its own share): exact binomial limits of
 * 95 % and 99.8 % by tdm__funnel_limits from `target` and a denominator. */
typedef struct tdm__card_peer {
    tdm_str code, name; /* of an own one those of its group */
    int32_t year;       /* that it is of, as the file says; of an own one the year in which the period ends */
    int64_t numerator, denominator, percent_tenths;
    tdm__beyond beyond;
    bool own;       /* everything, and where parted by area each area, of the whole period */
    uint32_t group; /* of an own one */
} tdm__card_peer;

typedef struct tdm__card_measure {
    const tdm__measure *measure;
    tdm_str definition, numerator, denominator; /* with the parameters filled in */
    const tdm__effective_param *params;         /* one for each of the measure's */
    const char *reason;                         /* NULL: asked; else why it is assessed in no period */
    tdm_str words;                              /* that reason as a sentence */
    tdm_str file;                               /* of a script that failed; "" */
    int32_t line;
    tdm__measured_form form; /* of one that is assessed in no period: a count */
    tdm__counting counting;
    int64_t within; /* -1: none */
    const tdm_span *at;
    size_t at_count;
    const tdm_str *lines;
    size_t line_count;
    const tdm__card_figure *figures; /* by period, group, line; the figure itself before its lines */
    size_t figure_count;
    const tdm__card_times *times;
    size_t times_count;
    tdm__card_trend trend;
    const tdm__card_peer *peers; /* by code; the own ones last */
    size_t peer_count;
    double target; /* pooled share of the peers, 0 to 1; NAN: none */
    const tdm_str
        *notes; /* sentences: what was left out and why, a look-back cut short, coverage not declared */
    size_t note_count;
    const tdm__measured_unit *units; /* of the whole period, only where they were asked for */
    size_t unit_count;
} tdm__card_measure;

typedef struct tdm_scorecard {
    tdm_allocator allocator;
    tdm__arena arena;
    tdm_day from, to, as_of;
    tdm__group_by by;
    tdm_str by_period; /* "", "year", "quarter" */
    int32_t threshold; /* 1 to threshold - 1 are not shown; 0: all are */
    int32_t trend_quarters;
    tdm_str policy_title;
    char policy_hash[TDM_SHA256_HEX_SIZE];
    const tdm__policy_file *policy_files;
    size_t policy_file_count;
    const tdm__card_group *groups; /* the first is everything; then, where parted, each group */
    size_t group_count;
    const tdm__card_period *periods; /* the first is the whole; then, where parted, each */
    size_t period_count;
    const tdm__card_measure *measures; /* by group and id */
    size_t measure_count;
    tdm_str compare_name, commentary_name, areas_name; /* "" without */
    const tdm_str *notes;                              /* of the whole */
    size_t note_count;
    size_t without_commentary;           /* figures that moved and have none */
    tdm_str counted;                     /* whose figures these are; "": all of the inputs */
    const tdm_chronology *chronology;    /* borrowed */
    const tdm__diagnostics *diagnostics; /* NULL: the inputs are not spoken of */
    const tdm__account *accounts;
    size_t account_count;
} tdm_scorecard;

/* An area of the list. */
typedef struct tdm__area {
    tdm_str code, name;
    int64_t population; /* -1 not known */
} tdm__area;
/* A row of a comparison file. */
typedef struct tdm__peer_figure {
    tdm_str measure, code, name; /* measure: the `national` name */
    int32_t year;
    int64_t numerator, denominator;
    uint32_t row; /* in the file */
} tdm__peer_figure;
typedef struct tdm__card_comment {
    tdm_str measure, group, period, text;
} tdm__card_comment;

typedef struct tdm__scorecard_options {
    tdm_day from, to, as_of;
    tdm__group_by by;
    tdm_str by_period;
    int32_t threshold;
    int32_t trend_quarters; /* 0: none; at most 400 */
    int32_t jobs;           /* threads; 1 to 64 */
    const tdm_str *only;    /* ids of measures; none: all */
    size_t only_count;
    tdm_str list;           /* the measure whose units are wanted; "": none */
    const tdm__area *areas; /* sorted by code */
    size_t area_count;
    tdm_str areas_name;
    const tdm__peer_figure *peers;
    size_t peer_count;
    tdm_str compare_name;
    const tdm__card_comment *comments;
    size_t comment_count;
    tdm_str commentary_name;
    const tdm__prompt_record *prompts; /* of a store's worklist */
    size_t prompt_count;
    bool has_prompts; /* there is a worklist, be it empty */
} tdm__scorecard_options;

/*
 * measures, policy   borrowed; outlive the scorecard, as do chronology, diagnostics and accounts
 *
 * TDM_OK; TDM_INVALID_ARG for a period that ends before it starts, more than 400 years or quarters, an
 * unknown measure, or one asked for that the policy switches off; TDM_NO_MEMORY; TDM_STOPPED and
 * TDM_CANCELLED from the context's interrupt. A failing measure is not assessed. Measures that the policy
 * switches off are not there.
 */
struct tdm__review_policy;
tdm_status tdm__scorecard_new(tdm_scorecard **out, const tdm_context *context,
                              const tdm_chronology *chronology, const tdm__diagnostics *diagnostics,
                              const tdm__account *accounts, size_t account_count,
                              const tdm__measures *measures, const struct tdm__review_policy *policy,
                              const tdm__scorecard_options *options, tdm_error *error);
void tdm__scorecard_free(tdm_scorecard *scorecard); /* accepts NULL */

#endif
