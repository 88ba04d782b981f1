/*
 * Children who may be one (see alike.h): each pair with the rows it comes from, and the line to add.
 */
#include "report/alike.h"

#include "base/csv.h"
#include "chronology/alike.h"
#include "report/event_json.h"
#include "report/json_members.h"

static const struct {
    const char *code, *words;
} signs[] = {
    [TDM__ALIKE_HOUSEHOLD] = {"birth-sex-household", "same date of birth, sex and household"},
    [TDM__ALIKE_AREA] = {"birth-sex-area", "same date of birth, sex and area"},
    [TDM__ALIKE_NUMBER] = {"number", "the same number with two agencies"},
};

/* "agency,local_id,child": that the other child is this one. */
static void put_line(tdm__text *out, const tdm_run *run, const tdm__alike *pair)
{
    const tdm_chronology *c = run->chronology;
    tdm_str agency = tdm__chronology_agency(c, tdm__chronology_event(c, pair->other_row).agency);
    tdm_str other = tdm_chronology_child_id(c, pair->other);
    tdm__csv_put_field(out, agency, ',');
    tdm__text_char(out, ',');
    tdm__csv_put_field(out, tdm__child_number(other, agency), ',');
    tdm__text_char(out, ',');
    tdm__csv_put_field(out, tdm_chronology_child_id(c, pair->child), ',');
}

static void put_child(tdm__json_writer *json, const tdm_run *run, uint32_t child, uint32_t row)
{
    tdm__event event = tdm__chronology_event(run->chronology, row);
    tdm__json_open_object(json);
    tdm__json_text_member(json, "child", tdm_chronology_child_id(run->chronology, child));
    tdm__json_text_member(json, "agency", tdm__chronology_agency(run->chronology, event.agency));
    tdm__json_put_name(json, "source");
    tdm__source_place_json(json, run->chronology, event.source, event.row);
    tdm__json_close_object(json);
}

static void put_pair(tdm__json_writer *json, const tdm_run *run, const tdm__alike *pair)
{
    tdm__text line;
    tdm__text_init(&line, &run->allocator);
    put_line(&line, run, pair);
    tdm__json_open_object(json);
    tdm__json_text_member(json, "by", tdm__str(signs[pair->by].code));
    tdm__json_open_list(json, "children");
    put_child(json, run, pair->child, pair->row);
    put_child(json, run, pair->other, pair->other_row);
    tdm__json_close_array(json);
    tdm__json_text_member(json, "crosswalk_line", tdm__text_str(&line));
    tdm__json_close_object(json);
    if (line.failed && json->status == TDM_OK)
        json->status = TDM_NO_MEMORY;
    tdm__text_free(&line);
}

void tdm__alike_json(tdm__json_writer *json, const tdm_run *run)
{
    tdm__arena arena;
    tdm__alike *pairs;
    size_t count, more;
    tdm__arena_init(&arena, &run->allocator);
    tdm_status status = tdm__chronology_alike(&pairs, &count, &more, &arena, run->chronology);
    if (status != TDM_OK && json->status == TDM_OK)
        json->status = status;
    if (count > 0) {
        tdm__json_open_list(json, "perhaps_same_child");
        for (size_t i = 0; i < count; i++)
            put_pair(json, run, &pairs[i]);
        tdm__json_close_array(json);
        tdm__json_int_member(json, "perhaps_same_child_more", (int64_t)more);
    }
    tdm__arena_free(&arena);
}

static void say_child(tdm__terminal *t, const tdm_run *run, uint32_t child, uint32_t row)
{
    tdm__event event = tdm__chronology_event(run->chronology, row);
    const tdm__source *source = tdm__chronology_source(run->chronology, event.source);
    tdm__say(t, TDM__PLAIN, 4, 6, "%p (%p), first in %p%r%p%r, row %d",
             tdm_chronology_child_id(run->chronology, child),
             tdm__chronology_agency_title(run->chronology, event.agency), source->name,
             source->sheet.length > 0 ? " (" : "", source->sheet, source->sheet.length > 0 ? ")" : "",
             (int)event.row);
}

static void say_pair(tdm__terminal *t, const tdm_run *run, const tdm__alike *pair)
{
    tdm__text line;
    tdm__text_init(&line, &run->allocator);
    put_line(&line, run, pair);
    tdm__say(t, TDM__PLAIN, 2, 4, "Perhaps the same child: %c. Confirm in the crosswalk, or leave it.",
             signs[pair->by].words);
    say_child(t, run, pair->child, pair->row);
    say_child(t, run, pair->other, pair->other_row);
    tdm__say(t, TDM__PLAIN, 4, 6, "line to add: %p", tdm__text_str(&line));
    if (line.failed)
        t->out.status = TDM_NO_MEMORY;
    tdm__text_free(&line);
}

void tdm__say_alike(tdm__terminal *t, const tdm_run *run)
{
    tdm__arena arena;
    tdm__alike *pairs;
    size_t count, more;
    tdm__arena_init(&arena, &run->allocator);
    if (tdm__chronology_alike(&pairs, &count, &more, &arena, run->chronology) != TDM_OK)
        t->out.status = TDM_NO_MEMORY;
    if (count > 0) {
        tdm__blank_line(t);
        tdm__say(t, TDM__HEADING, 0, 0, "Children who may be one");
    }
    for (size_t i = 0; i < count; i++)
        say_pair(t, run, &pairs[i]);
    if (more > 0)
        tdm__say(t, TDM__PLAIN, 2, 4, "%d more pairs are not listed.", (int)more);
    tdm__arena_free(&arena);
}
