/*
 * scorecard.show and scorecard.list: the figures of a period over the children whom the caller may count, and
 * the children behind one of them. Small figures are not shown, and whoever sees no names is given no list
 * that would show one.
 */
#include "api/card_making.h"
#include "api/service_operations.h"

#include "report/limits.h"
#include "report/scorecard_view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- who asks, of which period --- */

/* A program of a manager's does where its token lets it read cases. */
static bool sees_names(const tdm__serving *serving)
{
    const tdm__rights_actor *rights = &serving->actor.rights;
    return serving->actor.account_role == TDM__ROLE_MANAGER &&
           (rights->role != TDM__ROLE_PROGRAM || (rights->grants & TDM__GRANT_CASE_READ) != 0);
}

/* The last financial year that was over on the day, which is the statutory year: 1 April to 31 March. */
static void choose_period(tdm__card_making *m, const tdm_request *request)
{
    tdm_day from = TDM_DAY_NONE;
    char day[TDM_DATE_TEXT_SIZE], first[] = "0000-04-01";
    if (tdm__request_value(request, "from") || tdm__request_value(request, "to"))
        return;
    tdm__day_iso(day, tdm_day_add_months(request->serving->call->today, -12));
    memcpy(first, day, 4);
    tdm_day_parse_iso(&from, tdm__str(first));
    if (tdm_day_add_months(from, 12) > request->serving->call->today)
        from = tdm_day_add_months(from, -12);
    m->options.from = from;
    m->options.to = tdm_day_add_months(from, 12) - 1;
}

/* Who sees no names takes nobody's for granted: less than the default is a manager's, who has the cases. */
static tdm_status check_threshold(const tdm_request *request, tdm_error *error)
{
    int64_t threshold = tdm__request_number(request, "threshold", TDM__CARD_THRESHOLD_DEFAULT);
    if (threshold >= TDM__CARD_THRESHOLD_DEFAULT || sees_names(request->serving))
        return TDM_OK;
    return tdm__fail(error, TDM_FORBIDDEN,
                     "threshold: figures under %d are shown to managers of the cases alone",
                     TDM__CARD_THRESHOLD_DEFAULT);
}

static tdm_status open_card(tdm__card_making *m, const tdm_request *request, tdm_error *error)
{
    tdm_status status = tdm__card_making_open(m, request, error);
    if (status == TDM_OK)
        status = check_threshold(request, error);
    choose_period(m, request);
    return status;
}

static tdm_str counted_words(const tdm__serving *serving)
{
    tdm__allowed allowed;
    bool some = tdm__actor_allowed(&allowed, serving, TDM__SCOPE_CASELOAD);
    return some && allowed.all ? TDM_LIT("all children of the store")
                               : TDM_LIT("children allocated to the team or opened to the account");
}

/* --- the figures --- */

/* Among the notes of the whole: how many entries it is made without. */
static tdm_status note_missing(tdm_scorecard *card, const tdm__serving *serving, tdm_error *error)
{
    tdm__text words;
    tdm__text_init(&words, &serving->context->allocator);
    tdm__put_missing(&words, card->chronology);
    bool failed = words.failed;
    if (!failed && words.length > 0) {
        tdm_str *notes = tdm__arena_array(serving->arena, card->note_count + 1, sizeof *notes);
        tdm_str note = tdm__arena_copy(serving->arena, tdm__text_str(&words));
        failed = !notes || !note.data;
        for (size_t i = 0; !failed && i < card->note_count; i++)
            notes[i + 1] = card->notes[i];
        if (!failed) {
            notes[0] = note;
            card->notes = notes;
            card->note_count++;
        }
    }
    tdm__text_free(&words);
    return failed ? tdm__no_memory(error) : TDM_OK;
}

static tdm_status write_card(tdm__card_making *m, const tdm_request *request, tdm_sink sink, tdm_error *error)
{
    tdm__card_writer write = tdm__card_writer_of(request, false);
    tdm__report_options options = {.for_page = tdm__request_flag(request, "page")};
    m->card->counted = counted_words(request->serving);
    /* Names of files can be children's. */
    m->card->diagnostics = NULL;
    m->card->account_count = 0;
    tdm_status status = note_missing(m->card, request->serving, error);
    return status == TDM_OK ? write(m->card, &options, sink, error) : status;
}

tdm_status tdm__op_scorecard_show(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                  tdm_error *error)
{
    tdm__card_making m;
    (void)outcome;
    tdm_status status = open_card(&m, request, error);
    if (status == TDM_OK)
        status = tdm__card_make(&m, error);
    if (status == TDM_OK)
        status = write_card(&m, request, sink, error);
    return tdm__card_making_end(&m, status, error);
}

/* --- which units are behind it --- */

typedef enum part { NUMERATOR, DENOMINATOR, LEFT_OUT, PARTS } part;
static const char *const part_words[PARTS] = {"numerator", "denominator", "left-out"};

/* One unit, by the name under which it is shown. */
typedef struct listed {
    const tdm__measured_unit *unit;
    char code[TDM__CODE_SIZE]; /* of who sees no names */
} listed;

typedef struct listing {
    tdm__card_making making;
    const tdm_request *request;
    const tdm__card_measure *measure;
    bool names;
    part of;
    uint32_t group, line; /* line TDM_NO_INDEX: all */
    listed *items;
    size_t count, children;
    size_t from, limit; /* of the page */
    bool suppressed;
} listing;

static tdm_status find_group(listing *l, tdm_error *error)
{
    const tdm_scorecard *card = l->making.card;
    const char *code = tdm__request_value(l->request, "group");
    l->group = 0;
    if (!code)
        return TDM_OK;
    for (uint32_t i = 1; i < card->group_count; i++)
        if (tdm__str_equal(card->groups[i].code,
                           strcmp(code, "not-recorded") == 0 ? TDM_LIT("") : tdm__str(code))) {
            l->group = i;
            return TDM_OK;
        }
    return tdm__fail(error, TDM_INVALID_ARG, "group: there is none of that code among those of \"by\"");
}

static tdm_status find_line(listing *l, tdm_error *error)
{
    const char *line = tdm__request_value(l->request, "line");
    l->line = TDM_NO_INDEX;
    if (!line)
        return TDM_OK;
    for (uint32_t i = 0; i < l->measure->line_count; i++)
        if (tdm__str_equal(l->measure->lines[i], tdm__str(line))) {
            l->line = i;
            return TDM_OK;
        }
    return tdm__fail(error, TDM_INVALID_ARG, "line: the figure has no line of that name");
}

static tdm_status find_part(listing *l, tdm_error *error)
{
    const char *of = tdm__request_value(l->request, "of");
    for (int i = 0; i < PARTS; i++)
        if (strcmp(of ? of : part_words[0], part_words[i]) == 0) {
            l->of = (part)i;
            return TDM_OK;
        }
    return tdm__fail(error, TDM_INVALID_ARG, "of: expected numerator, denominator or left-out");
}

/* Whether its numerator is a part of what it counts. */
static bool has_numerator(const tdm__card_measure *measure)
{
    return measure->form == TDM__MEASURED_SHARE || measure->form == TDM__MEASURED_SURVIVAL ||
           (measure->form == TDM__MEASURED_TIMES && measure->within >= 0);
}

static bool is_behind(const listing *l, const tdm__measured_unit *unit)
{
    bool counted = unit->reason == TDM__COUNTED;
    if ((l->group > 0 && unit->group != l->group) || (l->line != TDM_NO_INDEX && unit->line != l->line))
        return false;
    if (l->of == LEFT_OUT)
        return !counted;
    return counted && (l->of == DENOMINATOR || l->line != TDM_NO_INDEX || !has_numerator(l->measure) ||
                       unit->in_numerator);
}

static int compare_listed(const void *a, const void *b)
{
    const listed *x = a, *y = b;
    int order = strcmp(x->code, y->code);
    return order != 0 ? order : (x->unit > y->unit) - (x->unit < y->unit);
}

/* Entries of one child lie together. */
static void count_children(listing *l)
{
    for (size_t i = 0; i < l->count; i++)
        l->children += i == 0 || l->items[i].unit->child != l->items[i - 1].unit->child;
}

static tdm_status gather(listing *l, tdm_error *error)
{
    const tdm_scorecard *card = l->making.card;
    const tdm__serving *serving = l->request->serving;
    l->items = tdm__arena_array(serving->arena, l->measure->unit_count, sizeof *l->items);
    if (!l->items)
        return tdm__no_memory(error);
    for (size_t i = 0; i < l->measure->unit_count; i++) {
        const tdm__measured_unit *unit = &l->measure->units[i];
        if (!is_behind(l, unit))
            continue;
        listed *item = &l->items[l->count++];
        item->unit = unit;
        /* The order of ids would say something of them. */
        if (!l->names)
            tdm__child_code(item->code, serving->service,
                            tdm_chronology_child_id(card->chronology, unit->child));
    }
    if (l->count > 1)
        qsort(l->items, l->count, sizeof *l->items, compare_listed);
    count_children(l);
    return TDM_OK;
}

/* --- whether they may be listed --- */

/* Whether the number of a list is one that the scorecard shows. */
static bool is_shown(const listing *l)
{
    const tdm_scorecard *card = l->making.card;
    const tdm__card_figure *figure = tdm__card_figure_of(l->measure, 0, l->group, l->line);
    if (!figure)
        return false;
    if (figure->status == TDM__FIGURE_NONE || figure->status == TDM__FIGURE_NOT_ASSESSED)
        return true;
    for (int reason = 0; l->of == LEFT_OUT && reason < TDM__UNCOUNTED_COUNT; reason++) {
        bool hidden;
        tdm__card_left_out(&hidden, card, tdm__card_figure_of(l->measure, 0, l->group, TDM_NO_INDEX), reason);
        if (hidden)
            return false;
    }
    if (l->of == LEFT_OUT)
        return l->line == TDM_NO_INDEX;
    return tdm__card_given(figure) &&
           (l->of == DENOMINATOR ? figure->denominator : figure->numerator) != TDM__NOT_SHOWN;
}

/* What the scorecard hides no list may count out: neither few entries nor entries of few children. */
static void suppress(listing *l)
{
    size_t threshold = (size_t)l->making.card->threshold;
    bool few = l->count > 0 && (l->count < threshold || l->children < threshold);
    l->suppressed = !l->names && (few || !is_shown(l));
    if (l->suppressed)
        l->count = l->children = 0;
}

/* --- the answer --- */

static void put_number(tdm__json_writer *json, const char *name, int64_t number)
{
    tdm__json_put_name(json, name);
    tdm__json_put_int(json, number);
}

static void put_flag(tdm__json_writer *json, const char *name, bool value)
{
    tdm__json_put_name(json, name);
    tdm__json_put_bool(json, value);
}

static void put_entry(tdm__json_writer *json, const listing *l, uint32_t index)
{
    char day[TDM_DATE_TEXT_SIZE], id[TDM_HEX64_SIZE];
    const tdm_chronology *c = l->making.card->chronology;
    const tdm_vocabulary *vocabulary = l->making.session.data.vocabulary;
    tdm__event event = tdm__chronology_event(c, index);
    if (l->names) {
        tdm__chronology_event_id(id, c, index);
        tdm__answer_member(json, "event", tdm__str(id));
        tdm__answer_member(json, "occurred", tdm__chronology_occurred_text(day, c, index));
    }
    tdm__put_day(json, "from", event.occurred.from);
    tdm__put_day(json, "to", event.occurred.to);
    tdm__answer_member(json, "kind", vocabulary->kinds[event.kind].code);
    tdm__answer_member(json, "agency", tdm__chronology_agency(c, event.agency));
}

static void put_line(tdm__json_writer *json, const listing *l, uint32_t line)
{
    tdm__text words;
    tdm__answer_member(json, "line", l->measure->lines[line]);
    tdm__text_init(&words, &l->request->context->allocator);
    tdm__put_line_words(&words, l->measure->lines[line]);
    tdm__answer_member(json, "line_words", tdm__text_str(&words));
    if (words.failed)
        json->status = TDM_NO_MEMORY;
    tdm__text_free(&words);
}

/* No text of a record stands here, whoever asks. */
static void put_unit(tdm__json_writer *json, const listing *l, const listed *item)
{
    const tdm__measured_unit *unit = item->unit;
    const tdm_scorecard *card = l->making.card;
    bool counted = unit->reason == TDM__COUNTED;
    tdm__json_open_object(json);
    tdm__answer_member(json, "child",
                       l->names ? tdm_chronology_child_id(card->chronology, unit->child)
                                : tdm__str(item->code));
    if (unit->event != TDM_NO_INDEX)
        put_entry(json, l, unit->event);
    if (!counted)
        tdm__answer_member(json, "reason", tdm__str(tdm__uncounted_code((tdm__uncounted)unit->reason)));
    /* Parts that are not asked for may be hidden. */
    if (l->names) {
        if (unit->group > 0 && unit->group < card->group_count)
            tdm__answer_member(json, "group", card->groups[unit->group].code);
        if (unit->line < l->measure->line_count)
            put_line(json, l, unit->line);
        put_flag(json, "in_numerator", counted && unit->in_numerator);
        if (counted &&
            (l->measure->form == TDM__MEASURED_TIMES || l->measure->form == TDM__MEASURED_SURVIVAL))
            put_number(json, "length", unit->length);
    }
    tdm__json_close_object(json);
}

/* What there is to choose among. */
static void put_parts(tdm__json_writer *json, const listing *l)
{
    tdm__json_put_name(json, "parts");
    tdm__json_open_array(json);
    for (int i = 0; i < PARTS; i++)
        if (i != DENOMINATOR || has_numerator(l->measure))
            tdm__json_put_text(json, part_words[i]);
    tdm__json_close_array(json);
}

static void put_head(tdm__json_writer *json, const listing *l)
{
    const tdm_scorecard *card = l->making.card;
    tdm__answer_member(json, "measure", l->measure->measure->id);
    tdm__answer_member(json, "version", l->measure->measure->version);
    tdm__answer_member(json, "title", l->measure->measure->title);
    tdm__answer_member(json, "unit", l->measure->measure->unit);
    tdm__answer_member(json, "definition", l->measure->definition);
    tdm__put_day(json, "from", card->from);
    tdm__put_day(json, "to", card->to);
    tdm__put_day(json, "as_of", card->as_of);
    tdm__answer_member(json, "counted", counted_words(l->request->serving));
    tdm__answer_member(json, "of", tdm__str(part_words[l->of]));
    put_parts(json, l);
    if (l->group > 0) {
        tdm__answer_member(json, "group", card->groups[l->group].code);
        tdm__answer_member(json, "group_name", card->groups[l->group].name);
    }
    if (l->line != TDM_NO_INDEX)
        put_line(json, l, l->line);
    if (l->measure->reason)
        tdm__answer_member(json, "not_assessed", l->measure->words);
    put_flag(json, "names", l->names);
    tdm__missing_json(json, card->chronology);
    put_flag(json, "suppressed", l->suppressed);
    if (!l->suppressed) {
        put_number(json, "entries", (int64_t)l->count);
        put_number(json, "children", (int64_t)l->children);
    }
}

static tdm_status write_list(const listing *l, tdm_sink sink)
{
    tdm__answer answer;
    char next[24] = "";
    size_t end = l->from + l->limit < l->count ? l->from + l->limit : l->count;
    tdm__answer_begin(&answer, l->request, sink);
    answer.as_json = true;
    tdm__json_open_object(&answer.json);
    put_head(&answer.json, l);
    tdm__json_put_name(&answer.json, "items");
    tdm__json_open_array(&answer.json);
    for (size_t i = l->from; i < end; i++)
        put_unit(&answer.json, l, &l->items[i]);
    if (end < l->count)
        snprintf(next, sizeof next, "%zu", end);
    tdm__close_items(&answer.json, tdm__str(next));
    return tdm__answer_end(&answer, TDM_OK);
}

static tdm_status read_page(listing *l, tdm_error *error)
{
    int64_t from = 0;
    tdm__paging page;
    tdm_status status = tdm__page_of(&page, l->request, error);
    if (status == TDM_OK && page.after.length > 0 && (!tdm__str_to_int64(&from, page.after) || from < 0))
        return tdm__fail(error, TDM_INVALID_ARG, "cursor: expected what a list gave as next");
    l->limit = page.limit;
    l->from = (size_t)from;
    return status;
}

static tdm_status list_units(listing *l, tdm_sink sink, tdm_error *error)
{
    static tdm_status (*const steps[])(listing *, tdm_error *) = {find_group, find_line, gather};
    l->making.lists = true;
    tdm_status status = tdm__card_make(&l->making, error);
    if (status == TDM_OK)
        l->measure = &l->making.card->measures[0];
    for (size_t i = 0; status == TDM_OK && i < sizeof steps / sizeof *steps; i++)
        status = steps[i](l, error);
    if (status != TDM_OK)
        return status;
    suppress(l);
    return write_list(l, sink);
}

tdm_status tdm__op_scorecard_list(const tdm_request *request, tdm_outcome *outcome, tdm_sink sink,
                                  tdm_error *error)
{
    listing l = {.request = request, .names = sees_names(request->serving)};
    (void)outcome;
    tdm_status status = open_card(&l.making, request, error);
    if (status == TDM_OK)
        status = read_page(&l, error);
    if (status == TDM_OK)
        status = find_part(&l, error);
    if (status == TDM_OK)
        status = list_units(&l, sink, error);
    return tdm__card_making_end(&l.making, status, error);
}

/* Of no child, but of one measure, which the trail names before anything is read. */
tdm_status tdm__child_of_measure(tdm_str *out, const tdm_request *request, tdm__serving *serving,
                                 tdm__work *work, tdm_error *error)
{
    tdm_str id = tdm__str(tdm__request_value(request, "measure"));
    (void)work;
    if (out->length > 0)
        return tdm__fail(error, TDM_INVALID_ARG, "child: this is about no child alone");
    if (tdm__measures_find(serving->rules->measures, id) == TDM_NO_INDEX)
        return tdm__fail(error, TDM_NOT_FOUND, "there is no measure of that id");
    serving->note.object = id;
    return TDM_OK;
}
