/*
 * A score as a few lines for people: each area, the total, every flag, what decided, when the next is due.
 */
#include "instrument/words.h"

static void put_band(tdm__text *out, const tdm__part_result *result)
{
    if (result->band)
        tdm__text_printf(out, " (band \"%.*s\")", TDM_STR_ARGS(result->band->label));
}

static void put_area(tdm__text *out, const tdm_score *score, uint32_t index)
{
    const tdm__part *part = &score->instrument->areas.items[index];
    const tdm__part_result *area = &score->areas[index];
    const int32_t *counts = area->items.of_state;
    tdm__text_printf(out, "  %-6.*s %-28.*s ", TDM_STR_ARGS(part->code), TDM_STR_ARGS(part->title));
    if (area->reason == TDM__REASON_NONE)
        tdm__text_printf(out, "%d%s", (int)area->grade, area->override ? " (override)" : "");
    else
        tdm__text_printf(out, "not assessed: %s", tdm__reason_words(area->reason));
    put_band(out, area);
    tdm__text_printf(out, "  [%d scored, %d not seen, %d not applicable, %d not recorded]\n",
                     (int)counts[TDM__ENTRY_SCORED], (int)counts[TDM__ENTRY_NOT_SEEN],
                     (int)counts[TDM__ENTRY_NOT_APPLICABLE], (int)counts[TDM__ENTRY_NOT_RECORDED]);
}

static void put_total(tdm__text *out, const tdm_score *score)
{
    tdm_score_view view;
    if (!tdm_score_total(&view, score))
        return;
    if (view.assessed)
        tdm__text_printf(out, "  total  %d of %d", (int)view.grade, (int)view.max);
    else
        tdm__text_printf(out, "  total  not assessed: at least %d and at most %d of %d", (int)view.low,
                         (int)view.high, (int)view.max);
    put_band(out, &score->total);
    tdm__text_char(out, '\n');
}

static void put_flags(tdm__text *out, const tdm_score *score)
{
    for (size_t i = 0; i < score->flag_count; i++) {
        tdm__text_puts(out, "  Flag: ");
        tdm__flag_words(out, score, &score->flags[i]);
        tdm__text_char(out, '\n');
    }
}

void tdm__score_text(tdm__text *out, const tdm_score *score)
{
    char date[TDM_DATE_TEXT_SIZE];
    tdm_date_words(date, (tdm_date){score->date, score->date, 0});
    tdm__text_printf(out, "%.*s  %.*s  %s\n", TDM_STR_ARGS(score->assessment),
                     TDM_STR_ARGS(tdm_score_instrument(score)), date);
    for (uint32_t i = 0; i < score->instrument->areas.count; i++)
        put_area(out, score, i);
    put_total(out, score);
    put_flags(out, score);
    tdm__text_puts(out, "  ");
    tdm__text_add(out, score->sentence);
    tdm__text_char(out, '\n');
    if (score->instrument->review_after.count > 0) {
        tdm__text_puts(out, "  Next due: ");
        tdm__next_due_words(out, score);
        tdm__text_char(out, '\n');
    }
}
