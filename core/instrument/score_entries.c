/*
 * What a form says, put onto the items of its instrument: whether it is that instrument's, which items its
 * child's age leaves out, and everything that does not fit. Nothing is put together here.
 */
#include "instrument/score_entries.h"

#include "instrument/words.h"

#include <stdio.h>

typedef struct placing {
    tdm_score *score;
    const tdm_instrument *instrument;
    const tdm_assessment *assessment;
    tdm__problems *problems;
} placing;

static const char misfit[] = "the entry does not fit the instrument and is left out";

void tdm__score_raise(tdm_score *score, const char *code, tdm_str part, tdm_str text)
{
    score->flags[score->flag_count++] = (tdm__raised_flag){code, part, text};
}

size_t tdm__score_flags_most(const tdm_instrument *instrument, const tdm_assessment *assessment)
{
    size_t written = assessment->entry_count + assessment->evidence_count + assessment->child_word_count +
                     assessment->target_count + assessment->condition_count + assessment->left_out_count;
    return instrument->flag_count + instrument->conditional_count + written + 2; /* draft, age band */
}

static tdm_place at(const placing *p, int32_t line)
{
    return (tdm_place){p->assessment->file, line > 0 ? line : p->assessment->line, 0};
}

/* A flag whose part is the form's; a strict scoring fails anyway. TDM_NO_MEMORY is no problem of the form. */
static tdm_status leave_out(const placing *p, const char *code, tdm_str part, const char *text)
{
    tdm_str kept = tdm__arena_copy(&p->score->arena, part);
    if (!kept.data)
        return TDM_NO_MEMORY;
    tdm__score_raise(p->score, code, kept, tdm__str(text));
    return TDM_OK;
}

/* What the form says is shown only where it is shaped like a version. */
static void tell_version(const placing *p)
{
    const tdm_str *texts = p->instrument->texts;
    tdm_str made = p->assessment->texts[TDM__FORM_VERSION];
    bool shown = tdm__instrument_code_valid(made);
    tdm__problem(p->problems, true, at(p, p->assessment->version_line),
                 "made with %s%.*s of %.*s, but %.*s is loaded; score it with the file of its version",
                 shown ? "version " : "another version", shown ? (int)made.length : 0, made.data,
                 TDM_STR_ARGS(texts[TDM__TEXT_ID]), TDM_STR_ARGS(texts[TDM__TEXT_VERSION]));
}

/* Whether it is this instrument's form at all; another version of it is looked through all the same. */
static bool check_identity(const placing *p)
{
    const tdm_assessment *assessment = p->assessment;
    tdm_str id = p->instrument->texts[TDM__TEXT_ID], version = p->instrument->texts[TDM__TEXT_VERSION];
    if (!tdm__str_equal(assessment->texts[TDM__FORM_INSTRUMENT], id)) {
        tdm__problem(p->problems, true, at(p, assessment->instrument_line),
                     "an assessment of another instrument; expected %.*s", TDM_STR_ARGS(id));
        return false;
    }
    if (!tdm__str_equal(assessment->texts[TDM__FORM_VERSION], version))
        tell_version(p);
    return true;
}

/* Without its age band a form leaves nothing out: what is not filled in stays not recorded. */
static tdm_status find_age_band(const placing *p)
{
    tdm_str code = p->assessment->texts[TDM__FORM_AGE_BAND], id = p->instrument->texts[TDM__TEXT_ID];
    int32_t line = p->assessment->age_band_line;
    p->score->age_band = code.length > 0 ? tdm__instrument_find_age_band(p->instrument, code) : TDM__NO_PART;
    if (p->score->age_band != TDM__NO_PART || (code.length == 0 && !p->instrument->asks_by_age))
        return TDM_OK;
    tdm__code_list bands = "";
    for (size_t i = 0; i < p->instrument->age_band_count; i++)
        tdm__code_list_add(bands, p->instrument->age_bands[i].code);
    if (*bands == '\0')
        tdm__problem(p->problems, false, at(p, line),
                     "\"age_band\": expected none, since %.*s has no age bands", TDM_STR_ARGS(id));
    else if (code.length > 0)
        tdm__problem(p->problems, false, at(p, line), "\"age_band\": expected one of %s", bands);
    else if (line == 0) /* else what could not be read was told then */
        tdm__problem(p->problems, false, at(p, line),
                     "expected \"age_band\", since parts of %.*s are asked at some ages only: one of %s",
                     TDM_STR_ARGS(id), bands);
    return leave_out(p, "age-band", TDM_LIT(""),
                     "the form names no age band of the instrument, so that nothing is left out for age");
}

static tdm_status refuse_code(const placing *p, const tdm__entry *entry)
{
    tdm__code_list items = "";
    tdm_str id = p->instrument->texts[TDM__TEXT_ID];
    for (size_t i = 0; i < p->instrument->items.count; i++)
        tdm__code_list_add(items, p->instrument->items.items[i].code);
    tdm__problem(p->problems, false, at(p, entry->line),
                 "item %.*s: expected the code of an item of %.*s: %s", TDM_STR_ARGS(entry->item),
                 TDM_STR_ARGS(id), items);
    return leave_out(p, "left-out", entry->item, misfit);
}

static tdm_status refuse_entry(const placing *p, const tdm__entry *entry, const char *expected)
{
    tdm_str id = p->instrument->texts[TDM__TEXT_ID];
    tdm__problem(p->problems, false, at(p, entry->line), "item %.*s: expected %s of %.*s",
                 TDM_STR_ARGS(entry->item), expected, TDM_STR_ARGS(id));
    return leave_out(p, "left-out", entry->item, misfit);
}

static tdm_status refuse_entry_as(const placing *p, const tdm__entry *entry, const char *message)
{
    tdm__problem(p->problems, false, at(p, entry->line), "item %.*s: %s", TDM_STR_ARGS(entry->item), message);
    return leave_out(p, "left-out", entry->item, misfit);
}

static tdm_status place_entry(const placing *p, const tdm__entry *entry)
{
    uint32_t item = tdm__instrument_find_item(p->instrument, entry->item);
    if (item == TDM__NO_PART)
        return refuse_code(p, entry);
    if (p->score->states[item] != TDM__ENTRY_NOT_RECORDED)
        return refuse_entry_as(p, entry, "expected once in a form");
    bool says = entry->state == TDM__ENTRY_SCORED || entry->state == TDM__ENTRY_NOT_SEEN;
    if (says && !tdm__instrument_asked(p->instrument, item, p->score->age_band))
        return refuse_entry_as(p, entry, "not asked at this age; expected no entry, or \"not-applicable\"");
    const tdm__scale *scale = tdm__instrument_item_scale(p->instrument, item);
    if (entry->state == TDM__ENTRY_SCORED && !tdm__scale_find(scale, entry->value)) {
        char expected[64];
        snprintf(expected, sizeof expected, "a grade from %d to %d", (int)tdm__scale_lowest(scale),
                 (int)tdm__scale_highest(scale));
        return refuse_entry(p, entry, expected);
    }
    p->score->states[item] = entry->state;
    p->score->values[item] = entry->value;
    return TDM_OK;
}

static tdm_status place_entries(const placing *p)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < p->assessment->entry_count; i++)
        status = place_entry(p, &p->assessment->entries[i]);
    return status;
}

/* What is not asked at the child's age does not apply. */
static void leave_out_other_ages(const placing *p)
{
    if (!p->instrument->asks_by_age || p->score->age_band == TDM__NO_PART)
        return;
    for (uint32_t item = 0; item < p->instrument->items.count; item++)
        if (!tdm__instrument_asked(p->instrument, item, p->score->age_band))
            p->score->states[item] = TDM__ENTRY_NOT_APPLICABLE;
}

static bool known_code(const tdm_instrument *instrument, tdm_str code)
{
    return tdm__instrument_find_item(instrument, code) != TDM__NO_PART ||
           tdm__instrument_find_part(&instrument->sub_areas, code) != TDM__NO_PART ||
           tdm__instrument_find_part(&instrument->areas, code) != TDM__NO_PART;
}

static tdm_status check_code(const placing *p, const char *what, tdm_str code, int32_t line)
{
    if (known_code(p->instrument, code))
        return TDM_OK;
    tdm__problem(p->problems, false, at(p, line), "%s: expected the code of an item, sub-area or area", what);
    return leave_out(p, "left-out", code, misfit);
}

static tdm_status check_remarks(const placing *p, const tdm__remark *remarks, size_t count)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < count; i++)
        status = check_code(p, "a remark", remarks[i].item, remarks[i].line);
    return status;
}

/* The scale that a part's result is a grade of; NULL where it is a sum, a count or nothing. */
static const tdm__scale *scale_of(const tdm_instrument *instrument, tdm_str code)
{
    uint32_t item = tdm__instrument_find_item(instrument, code);
    uint32_t sub_area = tdm__instrument_find_part(&instrument->sub_areas, code);
    uint32_t area = tdm__instrument_find_part(&instrument->areas, code);
    tdm__level level = area != TDM__NO_PART ? TDM__LEVEL_SUB_AREAS : TDM__LEVEL_ITEMS;
    if (item != TDM__NO_PART)
        return tdm__instrument_item_scale(instrument, item);
    if (area == TDM__NO_PART)
        area = instrument->sub_areas.items[sub_area].parent;
    bool graded = tdm__instrument_policy(instrument, level, area)->kind == TDM__POLICY_GRADE;
    return graded ? tdm__instrument_area_scale(instrument, area) : NULL;
}

static bool on_scale(const tdm__scale *scale, bool given, int32_t value)
{
    return !given || !scale || tdm__scale_find(scale, value);
}

static bool fits_scale(const tdm_instrument *instrument, const tdm__target *target)
{
    const tdm__scale *scale = scale_of(instrument, target->item);
    return on_scale(scale, target->has_current, target->current) &&
           on_scale(scale, target->has_target, target->target) &&
           on_scale(scale, target->has_actual, target->actual);
}

static tdm_status check_target(const placing *p, const tdm__target *target)
{
    if (!known_code(p->instrument, target->item))
        return check_code(p, "a target", target->item, target->line);
    if (fits_scale(p->instrument, target))
        return TDM_OK;
    tdm__problem(p->problems, false, at(p, target->line), "a target for %.*s: expected grades of its scale",
                 TDM_STR_ARGS(target->item));
    return leave_out(p, "left-out", target->item, misfit);
}

static tdm_status check_targets(const placing *p)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < p->assessment->target_count; i++)
        status = check_target(p, &p->assessment->targets[i]);
    return status;
}

/* Copied, since the next assessment is asked whether they were reached. */
static tdm_status keep_targets(const placing *p)
{
    const tdm_assessment *assessment = p->assessment;
    tdm__arena *arena = &p->score->arena;
    if (assessment->target_count == 0)
        return TDM_OK;
    p->score->targets = tdm__arena_array(arena, assessment->target_count, sizeof *p->score->targets);
    if (!p->score->targets)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < assessment->target_count; i++) {
        tdm__target target = assessment->targets[i];
        if (!known_code(p->instrument, target.item) || !fits_scale(p->instrument, &target))
            continue;
        target.item = tdm__arena_copy(arena, target.item);
        if (!target.item.data)
            return TDM_NO_MEMORY;
        p->score->targets[p->score->target_count++] = target;
    }
    return TDM_OK;
}

static bool has_rule(const tdm_instrument *instrument, tdm_str condition)
{
    for (size_t i = 0; i < instrument->conditional_count; i++)
        if (tdm__str_equal(instrument->conditionals[i].condition, condition))
            return true;
    return false;
}

static tdm_status check_conditions(const placing *p)
{
    tdm_status status = TDM_OK;
    for (size_t i = 0; status == TDM_OK && i < p->assessment->condition_count; i++) {
        const tdm__condition *condition = &p->assessment->conditions[i];
        if (has_rule(p->instrument, condition->name))
            continue;
        tdm__problem(p->problems, false, at(p, condition->line),
                     "a condition that the instrument has no rule for");
        status = leave_out(p, "left-out", TDM_LIT(""),
                           "a condition that the instrument has no rule for is left out");
    }
    return status;
}

/* What could not be read was told then; it is only flagged here. */
static tdm_status flag_unread(const placing *p)
{
    tdm_status status = TDM_OK;
    for (const tdm__left_out *part = p->assessment->left_out; status == TDM_OK && part; part = part->next)
        status = leave_out(p, "left-out", part->item,
                           part->item.length > 0 ? "it could not be read and is left out"
                                                 : "a part of the form could not be read and is left out");
    return status;
}

tdm_status tdm__score_place(tdm_score *score, const tdm_assessment *assessment, tdm__problems *problems)
{
    placing p = {score, score->instrument, assessment, problems};
    if (!check_identity(&p))
        return TDM_OK;
    tdm_status status = flag_unread(&p);
    if (status == TDM_OK)
        status = find_age_band(&p);
    if (status == TDM_OK)
        status = place_entries(&p);
    leave_out_other_ages(&p);
    if (status == TDM_OK)
        status = check_remarks(&p, assessment->evidence, assessment->evidence_count);
    if (status == TDM_OK)
        status = check_remarks(&p, assessment->child_words, assessment->child_word_count);
    if (status == TDM_OK)
        status = check_targets(&p);
    if (status == TDM_OK)
        status = keep_targets(&p);
    return status == TDM_OK ? check_conditions(&p) : status;
}
