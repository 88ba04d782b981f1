/*
 * The completed record as a page: whose it is, targets, remarks. What was found and every item are in
 * form_summary.c and form_parts.c.
 */
#include "report/form_record.h"

#include <stdlib.h>

#include "instrument/words.h"
#include "report/view.h"

const char *tdm__record_state_words(tdm__entry_state state)
{
    static const char *const words[] = {
        [TDM__ENTRY_NOT_RECORDED] = "not recorded",
        [TDM__ENTRY_SCORED] = "graded",
        [TDM__ENTRY_NOT_SEEN] = "not seen",
        [TDM__ENTRY_NOT_APPLICABLE] = "not applicable",
    };
    return words[state];
}

/* --- whose it is --- */

static void put_text(tdm__record *record, const char *label, tdm_str text)
{
    if (text.length > 0)
        tdm__put(&record->form.out, "<div><dt>%r</dt><dd>%h</dd></div>", label, text);
    else
        tdm__put(&record->form.out, "<div><dt>%r</dt><dd class=\"missing\">not recorded</dd></div>", label);
}

static void put_words(tdm__record *record, const char *label, const char *words)
{
    put_text(record, label, tdm__str(words));
}

static void put_next_due(tdm__record *record)
{
    tdm__text words;
    tdm__text_init(&words, record->form.out.text.allocator);
    tdm__next_due_words(&words, record->form.score);
    if (words.length > 0)
        put_text(record, "Next due", tdm__text_str(&words));
    record->form.out.text.failed = record->form.out.text.failed || words.failed;
    tdm__text_free(&words);
}

static void put_when(tdm__record *record)
{
    const tdm_assessment *form = record->form.assessment;
    char words[TDM__WORDS_SIZE];
    tdm__day_words(words, form->date);
    put_words(record, "Date", words);
    if (form->window_from != TDM_DAY_NONE)
        tdm__period_words(words, form->window_from, form->window_to);
    put_words(record, "About the days", form->window_from != TDM_DAY_NONE ? words : "");
    tdm__day_words(words, form->recorded);
    put_words(record, "Recorded on", form->recorded != TDM_DAY_NONE ? words : "");
    put_next_due(record);
}

static void put_age_band(tdm__record *record)
{
    const tdm_instrument *instrument = record->form.instrument;
    tdm_str code = record->form.assessment->texts[TDM__FORM_AGE_BAND];
    if (instrument->age_band_count == 0 && code.length == 0)
        return;
    uint32_t band = tdm__instrument_find_age_band(instrument, code);
    put_text(record, "Age of the child", band != TDM__NO_PART ? instrument->age_bands[band].title : code);
}

static void put_conditions(tdm__record *record)
{
    const tdm_assessment *form = record->form.assessment;
    if (form->condition_count == 0)
        return;
    tdm__put(&record->form.out, "<div class=\"whole\"><dt>Conditions that hold</dt><dd>");
    for (size_t i = 0; i < form->condition_count; i++)
        tdm__put(&record->form.out, "%r%h", i > 0 ? ", " : "", form->conditions[i].name);
    tdm__put(&record->form.out, "</dd></div>");
}

static void put_facts(tdm__record *record)
{
    const tdm_str *texts = record->form.assessment->texts;
    tdm__put(&record->form.out, "<dl class=\"fields filled\">");
    put_text(record, "Child (id)", texts[TDM__FORM_CHILD]);
    put_text(record, "Carer", texts[TDM__FORM_CARER]);
    put_text(record, "Assessor", texts[TDM__FORM_ASSESSOR]);
    put_text(record, "Role", texts[TDM__FORM_ASSESSOR_ROLE]);
    put_text(record, "Agency", texts[TDM__FORM_AGENCY]);
    put_when(record);
    put_text(record, "Baseline or review", texts[TDM__FORM_PURPOSE]);
    put_text(record, "Status", texts[TDM__FORM_STATUS]);
    put_text(record, "Assessment", texts[TDM__FORM_ID]);
    put_age_band(record);
    if (texts[TDM__FORM_SUBJECT_ID].length > 0)
        tdm__put(&record->form.out, "<div><dt>About (%h)</dt><dd>%h</dd></div>",
                 texts[TDM__FORM_SUBJECT_TYPE], texts[TDM__FORM_SUBJECT_ID]);
    put_conditions(record);
    tdm__put(&record->form.out, "</dl>\n");
}

static void put_header(tdm__record *record)
{
    tdm__form_open(&record->form);
    if (tdm__form_is_draft(&record->form))
        tdm__put(&record->form.out, "<p class=\"draft\">Draft: not complete, not to be relied on.</p>\n");
    tdm__form_stance(&record->form);
    tdm__put(&record->form.out, "</header>\n<main>\n");
}

/* --- remarks --- */

static int by_code(const void *a, const void *b)
{
    const tdm__remark *const *one = a, *const *other = b;
    return tdm__str_compare((*one)->item, (*other)->item);
}

static tdm_status order_remarks(tdm__remarks *out, tdm__arena *arena, const char *label,
                                const tdm__remark *remarks, size_t count)
{
    *out = (tdm__remarks){.label = label, .remarks = remarks, .count = count};
    out->by_code = tdm__arena_array(arena, count, sizeof *out->by_code);
    out->written = tdm__arena_array(arena, count, sizeof *out->written);
    if (!out->by_code || !out->written)
        return TDM_NO_MEMORY;
    for (size_t i = 0; i < count; i++)
        out->by_code[i] = &remarks[i];
    if (count > 1)
        qsort(out->by_code, count, sizeof *out->by_code, by_code);
    return TDM_OK;
}

static tdm_status order_all_remarks(tdm__record *record)
{
    const tdm_assessment *form = record->form.assessment;
    tdm_status status = order_remarks(&record->remarks[0], &record->arena, "Evidence", form->evidence,
                                      form->evidence_count);
    if (status != TDM_OK)
        return status;
    return order_remarks(&record->remarks[1], &record->arena, "The child&#39;s words", form->child_words,
                         form->child_word_count);
}

static void put_remark(tdm__record *record, size_t kind, const tdm__remark *remark, bool with_code)
{
    tdm__remarks *remarks = &record->remarks[kind];
    remarks->written[remark - remarks->remarks] = true;
    tdm__put(&record->form.out, "<div class=\"remark%r\"><strong>%r", kind == 1 ? " said" : "",
             remarks->label);
    if (with_code)
        tdm__put(&record->form.out, " (%h)", remark->item);
    tdm__put(&record->form.out, "</strong> <span class=\"full\">%h</span></div>\n", remark->text);
}

void tdm__record_remarks(tdm__record *record, tdm_str code)
{
    const tdm__remark wanted = {.item = code};
    const tdm__remark *key = &wanted;
    for (size_t kind = 0; kind < TDM__REMARK_KINDS; kind++) {
        tdm__remarks *remarks = &record->remarks[kind];
        if (remarks->count == 0)
            continue;
        const tdm__remark **found = bsearch(&key, remarks->by_code, remarks->count, sizeof *remarks->by_code,
                                            by_code);
        if (found && !remarks->written[*found - remarks->remarks])
            put_remark(record, kind, *found, false);
    }
}

/* A lenient reading keeps remarks on codes that the instrument does not have: nothing written is lost. */
static void put_other_remarks(tdm__record *record)
{
    bool any = false;
    for (size_t kind = 0; kind < TDM__REMARK_KINDS; kind++) {
        const tdm__remarks *remarks = &record->remarks[kind];
        for (size_t i = 0; i < remarks->count; i++) {
            if (remarks->written[i])
                continue;
            if (!any)
                tdm__put(&record->form.out,
                         "<section class=\"part\"><h2>On codes that the instrument does not have</h2>\n");
            any = true;
            put_remark(record, kind, &remarks->remarks[i], true);
        }
    }
    tdm__put(&record->form.out, "%r", any ? "</section>\n" : "");
}

/* --- targets --- */

static tdm_str title_of(const tdm_instrument *instrument, tdm_str code)
{
    uint32_t item = tdm__instrument_find_item(instrument, code);
    if (item != TDM__NO_PART)
        return instrument->items.items[item].title;
    uint32_t part = tdm__instrument_find_part(&instrument->sub_areas, code);
    if (part != TDM__NO_PART)
        return instrument->sub_areas.items[part].title;
    part = tdm__instrument_find_part(&instrument->areas, code);
    return part != TDM__NO_PART ? instrument->areas.items[part].title : TDM_LIT("");
}

static void put_target_grade(tdm__record *record, bool given, int32_t grade)
{
    if (given)
        tdm__put(&record->form.out, "<td>%d</td>", (int)grade);
    else
        tdm__put(&record->form.out, "<td class=\"missing\">not recorded</td>");
}

static void put_target(tdm__record *record, const tdm__target *target)
{
    char by[TDM__WORDS_SIZE];
    tdm__put(&record->form.out, "<tr><th scope=\"row\"><span class=\"code\">%h</span> %h</th>", target->item,
             title_of(record->form.instrument, target->item));
    put_target_grade(record, target->has_current, target->current);
    tdm__day_words(by, target->by);
    if (target->by != TDM_DAY_NONE)
        tdm__put(&record->form.out, "<td>%z</td>", by);
    else
        tdm__put(&record->form.out, "<td class=\"missing\">not recorded</td>");
    put_target_grade(record, target->has_target, target->target);
    put_target_grade(record, target->has_actual, target->actual);
    tdm__put(&record->form.out, "</tr>\n");
}

static void put_targets(tdm__record *record)
{
    if (record->form.assessment->target_count == 0) {
        tdm__put(&record->form.out,
                 "<section class=\"part\"><h2>Targets</h2>\n<p>None recorded.</p></section>\n");
        return;
    }
    tdm__form_targets_open(&record->form);
    for (size_t i = 0; i < record->form.assessment->target_count; i++)
        put_target(record, &record->form.assessment->targets[i]);
    tdm__form_targets_close(&record->form);
}

/* --- the page --- */

static void put_record(tdm__record *record)
{
    put_header(record);
    put_facts(record);
    tdm__record_summary(record);
    tdm__record_areas(record);
    put_other_remarks(record);
    put_targets(record);
    tdm__form_close(&record->form);
}

tdm_status tdm__report_record(const tdm_assessment *assessment, const tdm_score *score,
                              const tdm__texts *texts, const tdm_allocator *allocator, tdm_sink sink,
                              tdm_error *error)
{
    tdm__record record = {
        .form = {.instrument = score->instrument, .texts = texts, .assessment = assessment, .score = score}};
    if (!tdm__str_equal(score->assessment, assessment->texts[TDM__FORM_ID]))
        return tdm__fail(error, TDM_INVALID_ARG, "the score is of another assessment");
    tdm__output_init(&record.form.out, allocator, sink);
    tdm__arena_init(&record.arena, allocator);
    record.form.out.status = order_all_remarks(&record);
    if (record.form.out.status == TDM_OK)
        put_record(&record);
    tdm__arena_free(&record.arena);
    return tdm__output_end(&record.form.out, error);
}
