/*
 * What changed, in words that a parent can read: one sentence a part and one for the whole. Only the
 * instrument's titles and codes, grades and counts stand in them, nothing that was written in a form.
 */
#include "instrument/compare.h"

typedef struct reason_row {
    const char *code;
    const char *words;
} reason_row;

static const reason_row reasons[TDM__CHANGE_REASON_COUNT] = {
    [TDM__CHANGED] = {"", ""},
    [TDM__SAME_GRADE] = {"same-grade", "the grade is as before"},
    [TDM__SAME_GRADE_ITEMS_WORSE] = {"same-grade-items-worse",
                                     "the grade is as before, but more items got worse than better"},
    [TDM__OTHER_CHILD_OR_CARER] = {"other-child-or-carer",
                                   "they are about another child or the care of another person"},
    [TDM__OTHER_INSTRUMENT] = {"other-instrument", "two different instruments were used"},
    [TDM__OTHER_VERSION] = {"other-version", "two different versions of the instrument were used"},
    [TDM__OTHER_POLICY] = {"other-policy", "the results were put together by two different rules"},
    [TDM__WINDOW_MISSING] = {"window-missing", "not both say which days they are about"},
    [TDM__WINDOW_OVERLAP] = {"window-overlap", "they are partly about the same days, or not in this order"},
    [TDM__NOT_IN_BOTH] = {"not-in-both", "it is in only one of the two versions of the instrument"},
    [TDM__NOT_ASKED] = {"not-asked", "it is not asked at this age"},
    [TDM__NOT_ASSESSED_BEFORE] = {"not-assessed-before", "it was not assessed the first time"},
    [TDM__NOT_ASSESSED_NOW] = {"not-assessed-now", "it was not assessed the second time"},
    [TDM__CONDITION_ONCE] = {"condition-once", "a special rule was used for it in only one of the two"},
    [TDM__OTHER_ITEMS] = {"other-items", "not the same items were counted both times"},
    [TDM__WITHIN_SPREAD] = {"within-spread", "two assessors of the same visit stood at least as far apart"},
    [TDM__NOT_RELIABLE] = {"not-reliable",
                           "a difference as small as this can be chance when one measures twice"},
    [TDM__MAJORITY_NOT_CLEAR] = {"majority-not-clear", "the grades in it are too mixed to be sure"},
    [TDM__ITEM_LOST] = {"item-lost", "an item that had a worse grade before is not graded now"},
    [TDM__NO_ITEM_BETTER] = {"no-item-better", "no single item got better"},
    [TDM__NOT_MORE_BETTER] = {"not-more-better", "not more items got better than worse"},
    [TDM__NO_ITEM_WORSE] = {"no-item-worse", "no single item got worse"},
};

const char *tdm__change_reason_code(tdm__change_reason reason)
{
    return reasons[reason].code;
}

const char *tdm__change_reason_words(tdm__change_reason reason)
{
    return reasons[reason].words;
}

const char *tdm__change_code(tdm__change change)
{
    static const char *const codes[TDM__CHANGE_COUNT] = {
        [TDM__CHANGE_BETTER] = "better",
        [TDM__CHANGE_WORSE] = "worse",
        [TDM__CHANGE_NOT_CLEAR] = "no-clear-change",
        [TDM__CHANGE_NOT_COMPARABLE] = "not-comparable",
    };
    return codes[change];
}

/* "Physical (A)"; the total has no title of its own. */
static void put_name(tdm__text *out, const tdm__part *part)
{
    if (!part)
        tdm__text_puts(out, "The total");
    else if (part->title.length > 0)
        tdm__text_printf(out, "%.*s (%.*s)", TDM_STR_ARGS(part->title), TDM_STR_ARGS(part->code));
    else
        tdm__text_add(out, part->code);
}

/* "one grade", "12 points" */
static void put_steps(tdm__text *out, int32_t steps, bool grades)
{
    static const char *const words[] = {"no",   "one", "two",   "three", "four",
                                        "five", "six", "seven", "eight", "nine"};
    int32_t count = steps < 0 ? -steps : steps;
    const char *unit = grades ? "grade" : "point";
    if (count < (int32_t)(sizeof words / sizeof *words))
        tdm__text_printf(out, "%s %s%s", words[count], unit, count == 1 ? "" : "s");
    else
        tdm__text_printf(out, "%d %ss", (int)count, unit);
}

static void put_count(tdm__text *out, int32_t *put, int32_t count, const char *one, const char *more)
{
    if (count == 0)
        return;
    tdm__text_printf(out, "%s%d %s", *put == 0 ? "; " : ", ", (int)count, count == 1 ? one : more);
    (*put)++;
}

static void put_moves(tdm__text *out, const tdm__moves *moves)
{
    int32_t put = 0;
    put_count(out, &put, moves->worse, "item got worse", "items got worse");
    put_count(out, &put, moves->better, "item got better", "items got better");
    put_count(out, &put, moves->found, "item was graded only the second time",
              "items were graded only the second time");
    put_count(out, &put, moves->lost, "item was graded only the first time",
              "items were graded only the first time");
}

static void put_not_clear(tdm__text *out, const tdm__compared_part *part)
{
    if (part->reason == TDM__SAME_GRADE)
        tdm__text_printf(out, " shows no clear change: it is %d as before", (int)part->now);
    else if (part->reason == TDM__SAME_GRADE_ITEMS_WORSE)
        tdm__text_printf(out, " is %d as before, but more items got worse than better", (int)part->now);
    else
        tdm__text_printf(out, " shows no clear change: it was %d and is now %d, but %s", (int)part->before,
                         (int)part->now, reasons[part->reason].words);
}

static void put_sentence(tdm__text *out, const tdm__compared_part *part, bool grades)
{
    put_name(out, part->part);
    switch (part->change) {
    case TDM__CHANGE_NOT_COMPARABLE:
        if (part->reason == TDM__NOT_ASKED)
            tdm__text_puts(out, " is not asked at this age.");
        else
            tdm__text_printf(out, " cannot be compared: %s.", reasons[part->reason].words);
        return;
    case TDM__CHANGE_NOT_CLEAR:
        put_not_clear(out, part);
        break;
    default:
        tdm__text_puts(out, " is ");
        put_steps(out, part->steps, grades);
        tdm__text_printf(out, " %s: it was %d and is now %d", tdm__change_code(part->change),
                         (int)part->before, (int)part->now);
    }
    put_moves(out, &part->moves);
    tdm__text_char(out, '.');
}

static const char *short_words(const tdm__compared_part *part)
{
    switch (part->reason) {
    case TDM__SAME_GRADE:
        return "as before";
    case TDM__SAME_GRADE_ITEMS_WORSE:
        return "same, items worse";
    case TDM__NOT_ASKED:
        return "not asked at this age";
    case TDM__NOT_ASSESSED_BEFORE:
        return "not assessed before";
    case TDM__NOT_ASSESSED_NOW:
        return "not assessed now";
    default:
        return part->change == TDM__CHANGE_NOT_CLEAR ? "no clear change" : "cannot be compared";
    }
}

void tdm__comparison_words(tdm__text *text, const tdm__comparison *comparison, const tdm__compared_part *part,
                           tdm__level level)
{
    if (part->reason != TDM__CHANGED) {
        tdm__text_puts(text, short_words(part));
        return;
    }
    uint32_t area = 0;
    if (level == TDM__LEVEL_ITEMS)
        area = part->part->parent;
    else if (level == TDM__LEVEL_SUB_AREAS)
        area = (uint32_t)(part - comparison->areas);
    put_steps(text, part->steps,
              tdm__score_policy(comparison->before, level, area)->kind == TDM__POLICY_GRADE);
    tdm__text_printf(text, " %s", tdm__change_code(part->change));
}

static tdm_status keep(tdm_str *out, tdm__comparison *c, tdm__text *text)
{
    *out = text->failed ? (tdm_str){NULL, 0} : tdm__arena_copy(&c->arena, tdm__text_str(text));
    tdm__text_clear(text);
    return out->data ? TDM_OK : TDM_NO_MEMORY;
}

static tdm_status explain_part(tdm__compared_part *part, tdm__comparison *c, tdm__text *text,
                               tdm__level level, uint32_t area)
{
    put_sentence(text, part, tdm__score_policy(c->before, level, area)->kind == TDM__POLICY_GRADE);
    return keep(&part->sentence, c, text);
}

static void put_days(tdm__text *out, const tdm__comparison *c)
{
    char before[TDM_DATE_TEXT_SIZE], now[TDM_DATE_TEXT_SIZE];
    tdm_date_words(before, (tdm_date){c->before->date, c->before->date, 0});
    tdm_date_words(now, (tdm_date){c->now->date, c->now->date, 0});
    tdm__text_printf(out, "From %s to %s", before, now);
}

/* What the whole says of its areas, what matters most first; `items_worse`: only those, or none of those. */
typedef struct summary_row {
    tdm__change change;
    bool items_worse;
    const char *words;
} summary_row;

static const summary_row summary[] = {
    {TDM__CHANGE_WORSE, false, "worse in "},
    {TDM__CHANGE_NOT_CLEAR, true, "the same grade, but items got worse, in "},
    {TDM__CHANGE_BETTER, false, "better in "},
    {TDM__CHANGE_NOT_CLEAR, false, "no clear change in "},
    {TDM__CHANGE_NOT_COMPARABLE, false, "not to be compared in "},
};

/* "; worse in Physical (A), Safety (B)" */
static void put_areas(tdm__text *out, const tdm__comparison *c, const summary_row *row, int32_t *put)
{
    int32_t areas = 0;
    for (size_t i = 0; i < c->before->instrument->areas.count; i++) {
        bool items_worse = c->areas[i].reason == TDM__SAME_GRADE_ITEMS_WORSE;
        if (c->areas[i].change != row->change || items_worse != row->items_worse ||
            c->areas[i].reason == TDM__NOT_ASKED)
            continue;
        tdm__text_puts(out, areas++ > 0 ? ", " : (*put)++ > 0 ? "; " : ": ");
        if (areas == 1)
            tdm__text_puts(out, row->words);
        put_name(out, c->areas[i].part);
    }
}

static bool is_draft(const tdm_score *score)
{
    for (size_t i = 0; i < score->flag_count; i++)
        if (tdm__str_equal(tdm__str(score->flags[i].code), TDM_LIT("draft")))
            return true;
    return false;
}

static void put_whole(tdm__text *out, const tdm__comparison *c)
{
    int32_t put = 0;
    put_days(out, c);
    if (c->reason != TDM__CHANGED) {
        tdm__text_printf(out, ": cannot be compared, since %s.", reasons[c->reason].words);
        return;
    }
    for (size_t i = 0; i < sizeof summary / sizeof *summary; i++)
        put_areas(out, c, &summary[i], &put);
    tdm__text_char(out, '.');
    if (c->has_index && c->total.change != TDM__CHANGE_NOT_CLEAR)
        tdm__text_printf(out, " By the figures of %.*s the change of the total is more than chance.",
                         TDM_STR_ARGS(c->source));
    if (is_draft(c->before) || is_draft(c->now))
        tdm__text_puts(out, " Not both are finished: one is a draft.");
}

static tdm_status explain_all(tdm__comparison *c, tdm__text *text)
{
    const tdm_instrument *instrument = c->before->instrument;
    tdm_status status = TDM_OK;
    for (uint32_t i = 0; status == TDM_OK && i < instrument->areas.count; i++)
        status = explain_part(&c->areas[i], c, text, TDM__LEVEL_SUB_AREAS, i);
    for (uint32_t i = 0; status == TDM_OK && i < instrument->sub_areas.count; i++)
        status = explain_part(&c->sub_areas[i], c, text, TDM__LEVEL_ITEMS,
                              instrument->sub_areas.items[i].parent);
    if (status == TDM_OK && c->has_total)
        status = explain_part(&c->total, c, text, TDM__LEVEL_AREAS, 0);
    put_whole(text, c);
    return status == TDM_OK ? keep(&c->sentence, c, text) : status;
}

tdm_status tdm__comparison_explain(tdm__comparison *comparison)
{
    tdm__text text;
    tdm__text_init(&text, &comparison->allocator);
    tdm_status status = explain_all(comparison, &text);
    tdm__text_free(&text);
    return status;
}
