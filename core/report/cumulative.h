/*
 * The cumulative picture of a child (engine/cumulative.h) in each form of a review. cumulative_words.c says
 * what the numbers mean, cumulative_json.c and cumulative_html.c write them, picture_cumulative.c draws them.
 * It says how much was recorded, never how bad that was; no writer may drop the words that say so.
 */
#ifndef TDM_REPORT_CUMULATIVE_H
#define TDM_REPORT_CUMULATIVE_H

#include "engine/cumulative.h"
#include "report/html.h"
#include "report/picture.h"
#include "report/terminal.h"

struct tdm__json_writer;

/* The caution that stands beside the numbers in every form. */
extern const char *const tdm__cumulative_caution;
/* "All concerns", "Physical", ..., "Another theme", "Theme not stated". */
const char *tdm__cumulative_title(size_t line);

/* "3", "3 to 5"; the same of a load without fading; with fading "6.4", "5.9 to 6.4". */
#define TDM__BOUNDS_WORDS_SIZE 48
void tdm__bounds_words(char out[TDM__BOUNDS_WORDS_SIZE], tdm_bounds count);
void tdm__load_words(char out[TDM__BOUNDS_WORDS_SIZE], tdm_bounds milli);
void tdm__milli_bounds_words(char out[TDM__BOUNDS_WORDS_SIZE], tdm_bounds milli);
/* As a number with as many decimals as it needs: "0.5", "3". */
void tdm__milli_words(char out[TDM__BOUNDS_WORDS_SIZE], int32_t milli);
/* Of all concerns as at the as-of day. */
tdm_bounds tdm__cumulative_now(const tdm__cumulative *cumulative, bool faded);

/* Whether there was a sustained rise, since when, or why that was not assessed. In a sentence. */
#define TDM__RISE_WORDS_SIZE (3 * TDM__WORDS_SIZE)
void tdm__rise_words(char out[TDM__RISE_WORDS_SIZE], const tdm__cumulative *cumulative);

/* What each number means, the values filled in. */
typedef struct tdm__cumulative_definition {
    const char *term;
    char words[1100];
} tdm__cumulative_definition;
#define TDM__CUMULATIVE_DEFINITIONS 6
void tdm__cumulative_define(tdm__cumulative_definition out[TDM__CUMULATIVE_DEFINITIONS], const tdm_run *run);

/* JSON: the member "cumulative" of the whole and of a child (review.schema.json). */
void tdm__put_cumulative_settings(struct tdm__json_writer *json, const tdm_run *run);
void tdm__put_child_cumulative(struct tdm__json_writer *json, const tdm_run *run, uint32_t child);
/* Text: two lines. */
void tdm__say_cumulative(tdm__terminal *terminal, const tdm_run *run, uint32_t child);
/* HTML: figure and table of a child, and the definitions once a page. */
tdm_status tdm__html_cumulative(tdm__page *page, size_t position);
void tdm__html_cumulative_definitions(tdm__page *page);

/*
 * Appends one <svg> element, on the same axis of days as the picture of the child in the same layout.
 *
 * TDM_OK or TDM_NO_MEMORY. Only where the picture has dated rows.
 */
tdm_status tdm__picture_cumulative(tdm__page *page, size_t position, const tdm__cumulative *cumulative,
                                   const tdm__shape *shape);

#endif
