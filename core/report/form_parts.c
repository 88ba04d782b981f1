/*
 * Every area, sub-area and item of a record in the instrument's order: the grade, what decided it, and
 * what was written down.
 */
#include "report/form_record.h"

/* --- what decided --- */

/* "A2a, A2c": the items that the result of a sub-area rests on. */
static void put_deciding_items(tdm__record *record, uint32_t sub_area, const char *before)
{
    const tdm_score *score = record->form.score;
    uint32_t takes = score->sub_areas[sub_area].takes;
    const tdm__part *part = &score->instrument->sub_areas.items[takes != TDM__NO_PART ? takes : sub_area];
    bool any = false;
    for (uint32_t i = part->first; i < part->first + part->count; i++) {
        if (!score->decides[i])
            continue;
        tdm__put(&record->form.out, "%r%h", any ? ", " : before, score->instrument->items.items[i].code);
        any = true;
    }
}

static bool any_sub_area_decides(const tdm_score *score, const tdm__part *area)
{
    for (uint32_t i = area->first; i < area->first + area->count; i++)
        if (score->sub_areas[i].decides)
            return true;
    return false;
}

/* What the result of an area rests on: sub-areas, and the items that made these. */
static void put_deciding_sub_areas(tdm__record *record, const tdm__part *area)
{
    const tdm_score *score = record->form.score;
    bool any = false;
    for (uint32_t i = area->first; i < area->first + area->count; i++) {
        if (!score->sub_areas[i].decides)
            continue;
        tdm__put(&record->form.out, "%r<span class=\"code\">%h</span>", any ? "; " : "",
                 score->instrument->sub_areas.items[i].code);
        if (!tdm__form_is_own_item(score->instrument, i))
            put_deciding_items(record, i, " by ");
        any = true;
    }
}

static void put_rule(tdm__record *record, const tdm__part_result *result, const tdm__scale *scale)
{
    if (result->override)
        tdm__put(&record->form.out, " A grade of %d or worse stands whatever the others are.",
                 (int)scale->concern_from);
    else if (result->majority_not_clear)
        tdm__put(&record->form.out, " No grade has more than half, so the most frequent stands, of equally "
                                    "frequent ones the worst.");
}

static void put_decision(tdm__record *record, uint32_t index, const tdm__scale *scale)
{
    const tdm_score *score = record->form.score;
    const tdm__part *area = &score->instrument->areas.items[index];
    const tdm__part_result *result = &score->areas[index];
    if (result->reason != TDM__REASON_NONE || !any_sub_area_decides(score, area))
        return;
    bool grade = tdm__score_policy(record->form.score, TDM__LEVEL_SUB_AREAS, index)->kind ==
                 TDM__POLICY_GRADE;
    tdm__put(&record->form.out, "<p class=\"decided\">%r ", grade ? "Decided by" : "Made up of");
    put_deciding_sub_areas(record, area);
    tdm__put(&record->form.out, ".");
    put_rule(record, result, scale);
    tdm__put(&record->form.out, "</p>\n");
}

/* --- items --- */

static tdm_str flag_text(const tdm_score *score, tdm_str code)
{
    for (size_t i = 0; i < score->flag_count; i++)
        if (tdm__str_equal(tdm__str(score->flags[i].code), TDM_LIT("item")) &&
            tdm__str_equal(score->flags[i].part, code))
            return score->flags[i].text;
    return TDM_LIT("");
}

static void put_grade_words(tdm__record *record, tdm_str code, const tdm__scale *scale, int32_t grade)
{
    static const char *const meanings[] = {
        [TDM__MEANING_NONE] = "",
        [TDM__MEANING_STRENGTH] = " <span class=\"tag\">strength</span>",
        [TDM__MEANING_CONCERN] = " <span class=\"tag current\">concern</span>",
    };
    const tdm__scale_value *value = tdm__scale_find(scale, grade);
    tdm_str text = tdm__texts_grade(record->form.texts, code, grade);
    tdm__put(&record->form.out, "<span class=\"said\"><strong>%d</strong> %h%r", (int)grade,
             value ? value->label : TDM_LIT(""), value ? meanings[value->meaning] : "");
    if (text.length > 0)
        tdm__put(&record->form.out, "<br/>%h", text);
}

static void put_answer(tdm__record *record, uint32_t item, const tdm__scale *scale)
{
    const tdm_score *score = record->form.score;
    tdm_str code = score->instrument->items.items[item].code, flag = flag_text(score, code);
    bool graded = score->states[item] == TDM__ENTRY_SCORED;
    tdm__put(&record->form.out, "<span class=\"boxes\" aria-hidden=\"true\">");
    tdm__form_boxes(&record->form, scale, graded ? &score->values[item] : NULL);
    tdm__put(&record->form.out, "</span>");
    if (graded)
        put_grade_words(record, code, scale, score->values[item]);
    else
        tdm__put(&record->form.out, "<span class=\"said\"><span class=\"tag possible\">%r</span> %h",
                 tdm__record_state_words(score->states[item]),
                 tdm__texts_state(record->form.texts, code, score->states[item]));
    if (flag.length > 0)
        tdm__put(&record->form.out, " <span class=\"tag current\">flag</span> %h", flag);
    tdm__put(&record->form.out, "</span>");
}

static void put_item(tdm__record *record, uint32_t item, bool named, const tdm__scale *scale)
{
    const tdm__part *part = &record->form.instrument->items.items[item];
    tdm__put(&record->form.out, "<li><span class=\"name\">");
    if (named)
        tdm__form_name(&record->form, part);
    tdm__put(&record->form.out, "</span>");
    put_answer(record, item, scale);
    tdm__record_remarks(record, part->code);
    tdm__put(&record->form.out, "</li>\n");
}

/* --- sub-areas --- */

/* The number alone: the label stands beside the items that it came from. */
static void put_sub_area_result(tdm__record *record, uint32_t index)
{
    const tdm_score *score = record->form.score;
    const tdm__part_result *result = &score->sub_areas[index];
    const tdm__aggregation *policy = tdm__score_policy(record->form.score, TDM__LEVEL_ITEMS,
                                                       score->instrument->sub_areas.items[index].parent);
    if (policy->kind == TDM__POLICY_NOTHING)
        return;
    tdm__put(&record->form.out, "<p class=\"decided\">");
    tdm__record_result(record, result, policy, NULL);
    if (result->takes != TDM__NO_PART)
        tdm__put(&record->form.out, " by the condition, the result of %h",
                 score->instrument->sub_areas.items[result->takes].code);
    else if (result->reason == TDM__REASON_NONE)
        put_deciding_items(record, index, " by ");
    tdm__put(&record->form.out, "</p>");
}

static void put_sub_area(tdm__record *record, uint32_t index, const tdm__scale *scale)
{
    const tdm__part *part = &record->form.instrument->sub_areas.items[index];
    bool own = tdm__form_is_own_item(record->form.instrument, index);
    tdm__put(&record->form.out, "<div class=\"sub\"><div><h3>");
    tdm__form_name(&record->form, part);
    tdm__put(&record->form.out, "</h3>");
    if (!own || record->form.score->sub_areas[index].takes != TDM__NO_PART)
        put_sub_area_result(record, index);
    tdm__put(&record->form.out, "</div><div>\n<ul class=\"items\">");
    for (uint32_t i = part->first; i < part->first + part->count; i++)
        put_item(record, i, !own, scale);
    tdm__put(&record->form.out, "</ul>\n");
    tdm__record_remarks(record, part->code);
    tdm__put(&record->form.out, "</div></div>\n");
}

/* --- areas --- */

static void put_items_of_area(tdm__record *record, const tdm__part *area, const tdm__scale *scale)
{
    tdm__put(&record->form.out, "<div class=\"sub\"><ul class=\"items\">\n");
    for (uint32_t i = area->first; i < area->first + area->count; i++)
        put_item(record, record->form.instrument->sub_areas.items[i].first, true, scale);
    tdm__put(&record->form.out, "</ul></div>\n");
}

static void put_area(tdm__record *record, uint32_t index)
{
    const tdm_instrument *instrument = record->form.instrument;
    const tdm__part *area = &instrument->areas.items[index];
    const tdm__scale *scale = tdm__instrument_area_scale(instrument, index);
    bool plain = tdm__form_only_items(instrument, area);
    tdm__put(&record->form.out,
             "<section class=\"area done%r\" style=\"--name:%tmm;--boxes:%tmm\">\n<div class=\"bar\"><h2>",
             plain ? " plain" : "", plain ? 680 : 330, tdm__form_boxes_width(scale, false));
    tdm__form_name(&record->form, area);
    tdm__put(&record->form.out, "</h2><span class=\"result\"><span>");
    tdm__record_result(record, &record->form.score->areas[index],
                       tdm__score_policy(record->form.score, TDM__LEVEL_SUB_AREAS, index), scale);
    tdm__put(&record->form.out, "</span></span></div>\n");
    put_decision(record, index, scale);
    tdm__form_texts(&record->form, area->code, NULL);
    tdm__record_remarks(record, area->code);
    if (plain)
        put_items_of_area(record, area, scale);
    for (uint32_t i = area->first; i < area->first + area->count && !plain; i++)
        put_sub_area(record, i, scale);
    tdm__put(&record->form.out, "</section>\n");
}

void tdm__record_areas(tdm__record *record)
{
    for (uint32_t i = 0; i < record->form.instrument->areas.count; i++)
        put_area(record, i);
}
