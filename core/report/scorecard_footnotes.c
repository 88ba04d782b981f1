/*
 * What stands beneath the tables of a measure.
 */
#include "report/scorecard_tables.h"

#define REASONS_MAX 8 /* there are no more codes */

static size_t add_reasons(const tdm__card_measure *measure, tdm_str *out)
{
    const char *told[REASONS_MAX];
    size_t count = 0;
    if (measure->reason)
        return 0;
    for (size_t i = 0; i < measure->figure_count && count < REASONS_MAX; i++) {
        const tdm__card_figure *figure = &measure->figures[i];
        size_t at = 0;
        if (figure->status != TDM__FIGURE_NOT_ASSESSED || !figure->reason)
            continue;
        while (at < count && !tdm__str_equal(tdm__str(told[at]), tdm__str(figure->reason)))
            at++;
        if (at < count)
            continue;
        told[count] = figure->reason;
        out[count++] = figure->words;
    }
    return count;
}

tdm_status tdm__card_footnotes(const tdm_str **out, size_t *count, tdm__arena *arena,
                               const tdm_scorecard *card, const tdm__card_measure *measure)
{
    tdm_str reasons[REASONS_MAX], *notes;
    size_t reason_count = add_reasons(measure, reasons);
    tdm__text text;
    *count = 0;
    notes = tdm__arena_array(arena, reason_count + 1 + measure->note_count, sizeof *notes);
    if (!notes)
        return TDM_NO_MEMORY;
    tdm__text_init(&text, arena->allocator);
    tdm__put_left_out_words(&text, card, tdm__card_figure_of(measure, 0, 0, TDM_NO_INDEX));
    if (text.length > 0) {
        tdm_str words = tdm__text_str(&text);
        tdm__text whole;
        tdm__text_init(&whole, arena->allocator);
        tdm__text_puts(&whole, "Left out, counted nowhere above: ");
        tdm__text_add(&whole, words);
        tdm__text_char(&whole, '.');
        notes[(*count)++] = tdm__arena_copy(arena, tdm__text_str(&whole));
        text.failed = text.failed || whole.failed || !notes[0].data;
        tdm__text_free(&whole);
    }
    tdm_status status = text.failed ? TDM_NO_MEMORY : TDM_OK;
    tdm__text_free(&text);
    for (size_t i = 0; i < reason_count; i++)
        notes[(*count)++] = reasons[i];
    for (size_t i = 0; i < measure->note_count; i++)
        notes[(*count)++] = measure->notes[i];
    *out = notes;
    return status;
}
