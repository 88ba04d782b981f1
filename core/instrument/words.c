/*
 * What a score says in codes, in words (see words.h).
 */
#include "instrument/words.h"

#include <string.h>

const char *tdm__reason_words(tdm__reason reason)
{
    static const char *const words[] = {
        [TDM__REASON_NONE] = "",
        [TDM__REASON_NO_POLICY] = "the instrument gives no result for it",
        [TDM__REASON_NOT_APPLICABLE] = "nothing in it applies",
        [TDM__REASON_NOTHING_SCORED] = "nothing in it was graded",
        [TDM__REASON_TOO_FEW_SCORED] = "too few items were graded",
        [TDM__REASON_INCOMPLETE] = "not every item was graded",
    };
    return words[reason];
}

/* --- flags --- */

static const tdm__part *part_named(const tdm_instrument *instrument, tdm_str code)
{
    uint32_t item = tdm__instrument_find_item(instrument, code);
    if (item != TDM__NO_PART)
        return &instrument->items.items[item];
    const tdm__parts *const levels[] = {&instrument->sub_areas, &instrument->areas};
    for (int i = 0; i < 2; i++) {
        uint32_t at = tdm__instrument_find_part(levels[i], code);
        if (at != TDM__NO_PART)
            return &levels[i]->items[at];
    }
    return NULL;
}

/* "A2a mattress and bedding"; of a code that the instrument lacks the code alone. */
static void put_part(tdm__text *out, const tdm_instrument *instrument, tdm_str code)
{
    const tdm__part *part = part_named(instrument, code);
    tdm__text_add(out, code);
    if (part && part->title.length > 0)
        tdm__text_printf(out, " %.*s", TDM_STR_ARGS(part->title));
}

static void put_item_flag(tdm__text *out, const tdm_score *score, const tdm__raised_flag *flag)
{
    uint32_t item = tdm__instrument_find_item(score->instrument, flag->part);
    put_part(out, score->instrument, flag->part);
    tdm__text_printf(out, " is %d: %.*s", (int)score->values[item], TDM_STR_ARGS(flag->text));
}

static void put_condition(tdm__text *out, const tdm_score *score, const tdm__raised_flag *flag)
{
    const tdm_instrument *instrument = score->instrument;
    uint32_t sub_area = tdm__instrument_find_part(&instrument->sub_areas, flag->part);
    put_part(out, instrument, flag->part);
    tdm__text_puts(out, " takes the result of ");
    put_part(out, instrument, instrument->sub_areas.items[score->sub_areas[sub_area].takes].code);
    tdm__text_printf(out, ", by the condition %.*s", TDM_STR_ARGS(flag->text));
}

/* What could not be used, or holds for the whole form. */
static void put_remark(tdm__text *out, const tdm_score *score, const tdm__raised_flag *flag)
{
    if (flag->part.length > 0) {
        put_part(out, score->instrument, flag->part);
        tdm__text_puts(out, ": ");
    }
    tdm__text_add(out, flag->text);
}

typedef void (*put_flag)(tdm__text *out, const tdm_score *score, const tdm__raised_flag *flag);

static const struct flag_row {
    const char *code;
    put_flag put;
} flag_rows[] = {
    {"item", put_item_flag},  {"condition", put_condition}, {"draft", put_remark},
    {"left-out", put_remark}, {"age-band", put_remark},
};

void tdm__flag_words(tdm__text *out, const tdm_score *score, const tdm__raised_flag *flag)
{
    for (size_t i = 0; i < sizeof flag_rows / sizeof *flag_rows; i++)
        if (strcmp(flag_rows[i].code, flag->code) == 0)
            flag_rows[i].put(out, score, flag);
    if (out->length > 0 && out->data[out->length - 1] != '.')
        tdm__text_char(out, '.');
}

/* --- when the next is due --- */

void tdm__review_after_words(tdm__text *out, const tdm_instrument *instrument)
{
    static const char *const units[][2] = {
        [TDM_SPAN_DAYS] = {"day", "days"},
        [TDM_SPAN_MONTHS] = {"month", "months"},
        [TDM_SPAN_WORKING_DAYS] = {"working day", "working days"},
    };
    tdm_span span = instrument->review_after;
    if (span.count > 0)
        tdm__text_printf(out, "%d %s", (int)span.count, units[span.unit][span.count != 1]);
}

void tdm__next_due_words(tdm__text *out, const tdm_score *score)
{
    char day[TDM_DATE_TEXT_SIZE];
    tdm_span span = score->instrument->review_after;
    bool has_day = score->next_due != TDM_DAY_NONE;
    if (span.count == 0)
        return;
    if (has_day) {
        tdm_date_words(day, (tdm_date){score->next_due, score->next_due, 0});
        tdm__text_printf(out, "%s (", day);
    }
    tdm__review_after_words(out, score->instrument);
    tdm__text_puts(out, has_day ? " after)" : " after");
}

/* --- codes in messages --- */

void tdm__code_list_add(tdm__code_list list, tdm_str code)
{
    static const char separator[] = ", ", more[] = ", ...";
    size_t length = strlen(list), room = sizeof(tdm__code_list) - sizeof more;
    if (length >= 3 && strcmp(list + length - 3, "...") == 0)
        return;
    if (length + strlen(separator) + code.length > room) {
        memcpy(list + length, length > 0 ? more : more + strlen(separator),
               sizeof more - (length > 0 ? 0 : strlen(separator)));
        return;
    }
    if (length > 0)
        memcpy(list + length, separator, sizeof separator);
    length += length > 0 ? strlen(separator) : 0;
    memcpy(list + length, code.data, code.length);
    list[length + code.length] = '\0';
}
