/*
 * An assessment in memory: what it tells about itself, and its JSON form written again.
 */
#include "instrument/assessment.h"

#include "json/json.h"

tdm_status tdm__assessment_new(tdm_assessment **out, const tdm_allocator *allocator, tdm_str file,
                               tdm_error *error)
{
    tdm_assessment *assessment = tdm__alloc_zeroed(allocator, 1, sizeof *assessment);
    *out = assessment;
    if (!assessment)
        return tdm__no_memory(error);
    assessment->allocator = *allocator;
    assessment->date = assessment->recorded = TDM_DAY_NONE;
    assessment->window_from = assessment->window_to = TDM_DAY_NONE;
    tdm__arena_init(&assessment->arena, &assessment->allocator);
    assessment->file = tdm__arena_copy(&assessment->arena, file);
    return assessment->file.data ? TDM_OK : tdm__no_memory(error);
}

void tdm_assessment_free(tdm_assessment *assessment)
{
    if (!assessment)
        return;
    tdm_allocator allocator = assessment->allocator;
    tdm__arena_free(&assessment->arena);
    tdm__free(&allocator, assessment);
}

tdm_status tdm__assessment_leave_out(tdm_assessment *assessment, tdm_str item, int32_t line)
{
    tdm__left_out *part = tdm__arena_alloc(&assessment->arena, sizeof *part);
    if (!part)
        return TDM_NO_MEMORY;
    *part = (tdm__left_out){item, line, NULL};
    if (assessment->left_out_last)
        assessment->left_out_last->next = part;
    else
        assessment->left_out = part;
    assessment->left_out_last = part;
    assessment->left_out_count++;
    return TDM_OK;
}

tdm_str tdm_assessment_instrument(const tdm_assessment *assessment)
{
    return assessment->texts[TDM__FORM_INSTRUMENT];
}

tdm_str tdm_assessment_id(const tdm_assessment *assessment)
{
    return assessment->texts[TDM__FORM_ID];
}

tdm_str tdm_assessment_child(const tdm_assessment *assessment)
{
    return assessment->texts[TDM__FORM_CHILD];
}

tdm_day tdm_assessment_date(const tdm_assessment *assessment)
{
    return assessment->date;
}

tdm_day tdm_assessment_recorded(const tdm_assessment *assessment)
{
    return assessment->recorded;
}

static void put_text(tdm__json_writer *writer, const char *name, tdm_str text)
{
    if (!text.data)
        return;
    tdm__json_put_name(writer, name);
    tdm__json_put_string(writer, text);
}

static void put_day_value(tdm__json_writer *writer, tdm_day day)
{
    char text[TDM_DATE_TEXT_SIZE];
    tdm_date_format(text, (tdm_date){day, day, 0});
    tdm__json_put_text(writer, text);
}

static void put_day(tdm__json_writer *writer, const char *name, tdm_day day)
{
    if (day == TDM_DAY_NONE)
        return;
    tdm__json_put_name(writer, name);
    put_day_value(writer, day);
}

static void put_grade(tdm__json_writer *writer, const char *name, bool given, int32_t grade)
{
    if (!given)
        return;
    tdm__json_put_name(writer, name);
    tdm__json_put_int(writer, grade);
}

static void put_remarks(tdm__json_writer *writer, const char *name, const tdm__remark *remarks, size_t count)
{
    if (count == 0)
        return;
    tdm__json_put_name(writer, name);
    tdm__json_open_object(writer);
    for (size_t i = 0; i < count; i++) {
        tdm__json_put_name_str(writer, remarks[i].item);
        tdm__json_put_string(writer, remarks[i].text);
    }
    tdm__json_close_object(writer);
}

static void put_entries(tdm__json_writer *writer, const tdm_assessment *assessment)
{
    tdm__json_put_name(writer, "items");
    tdm__json_open_object(writer);
    for (size_t i = 0; i < assessment->entry_count; i++) {
        const tdm__entry *entry = &assessment->entries[i];
        tdm__json_put_name_str(writer, entry->item);
        if (entry->state == TDM__ENTRY_SCORED)
            tdm__json_put_int(writer, entry->value);
        else
            tdm__json_put_text(writer, entry->state == TDM__ENTRY_NOT_SEEN ? "not-seen" : "not-applicable");
    }
    tdm__json_close_object(writer);
}

static void put_targets(tdm__json_writer *writer, const tdm_assessment *assessment)
{
    if (assessment->target_count == 0)
        return;
    tdm__json_put_name(writer, "targets");
    tdm__json_open_array(writer);
    for (size_t i = 0; i < assessment->target_count; i++) {
        const tdm__target *target = &assessment->targets[i];
        tdm__json_open_object(writer);
        put_text(writer, "item", target->item);
        put_grade(writer, "current", target->has_current, target->current);
        put_day(writer, "by", target->by);
        put_grade(writer, "target", target->has_target, target->target);
        put_grade(writer, "actual", target->has_actual, target->actual);
        tdm__json_close_object(writer);
    }
    tdm__json_close_array(writer);
}

static void put_when(tdm__json_writer *writer, const tdm_assessment *assessment)
{
    put_day(writer, "date", assessment->date);
    put_day(writer, "recorded", assessment->recorded);
    if (assessment->window_from != TDM_DAY_NONE) {
        tdm__json_put_name(writer, "window");
        tdm__json_open_array(writer);
        put_day_value(writer, assessment->window_from);
        put_day_value(writer, assessment->window_to);
        tdm__json_close_array(writer);
    }
    if (assessment->condition_count > 0) {
        tdm__json_put_name(writer, "conditions");
        tdm__json_open_array(writer);
        for (size_t i = 0; i < assessment->condition_count; i++)
            tdm__json_put_string(writer, assessment->conditions[i].name);
        tdm__json_close_array(writer);
    }
}

static void put_header(tdm__json_writer *writer, const tdm_assessment *assessment)
{
    const tdm_str *texts = assessment->texts;
    put_text(writer, "instrument", texts[TDM__FORM_INSTRUMENT]);
    put_text(writer, "version", texts[TDM__FORM_VERSION]);
    put_text(writer, "id", texts[TDM__FORM_ID]);
    put_text(writer, "child", texts[TDM__FORM_CHILD]);
    if (texts[TDM__FORM_SUBJECT_TYPE].data) {
        tdm__json_put_name(writer, "subject");
        tdm__json_open_object(writer);
        put_text(writer, "type", texts[TDM__FORM_SUBJECT_TYPE]);
        put_text(writer, "id", texts[TDM__FORM_SUBJECT_ID]);
        tdm__json_close_object(writer);
    }
    put_text(writer, "carer", texts[TDM__FORM_CARER]);
    put_text(writer, "agency", texts[TDM__FORM_AGENCY]);
    put_text(writer, "age_band", texts[TDM__FORM_AGE_BAND]);
    put_text(writer, "assessor", texts[TDM__FORM_ASSESSOR]);
    put_text(writer, "assessor_role", texts[TDM__FORM_ASSESSOR_ROLE]);
    put_text(writer, "purpose", texts[TDM__FORM_PURPOSE]);
    put_text(writer, "status", texts[TDM__FORM_STATUS]);
}

tdm_status tdm_assessment_write(const tdm_assessment *assessment, tdm_sink sink, int32_t indent)
{
    tdm__json_writer writer;
    tdm__json_writer_init(&writer, &assessment->allocator, sink, indent);
    tdm__json_open_object(&writer);
    put_header(&writer, assessment);
    put_when(&writer, assessment);
    put_entries(&writer, assessment);
    put_remarks(&writer, "evidence", assessment->evidence, assessment->evidence_count);
    put_remarks(&writer, "child_words", assessment->child_words, assessment->child_word_count);
    put_targets(&writer, assessment);
    tdm__json_close_object(&writer);
    return tdm__json_writer_end(&writer);
}
