/*
 * What several writers ask about a run.
 */
#include "report/view.h"

#include "report/age.h"

#include <stdio.h>
#include <string.h>

const char *const tdm__level_words[TDM_LADDER_MAX + 1] = {
    "universal",  "front door",       "early help",      "assessment or child in need",
    "section 47", "child protection", "pre-proceedings", "looked after",
};

static const struct {
    const char *code, *words;
} standings[] = {
    {"statutory", "statutory guidance"},
    {"national-definition", "national definition"},
    {"research", "research"},
    {"practice", "practice guidance"},
    {"local", "a local choice"},
    {"product", "a default of this tool, to be set locally"},
};

const char *tdm__answer_words(tdm_answer answer)
{
    switch (answer) {
    case TDM_MET:
        return "Met";
    case TDM_POSSIBLE:
        return "Possible";
    case TDM_NOT_MET:
        return "Not met";
    default:
        return "Not assessed";
    }
}

tdm_str tdm__standing_words(tdm_str code)
{
    for (size_t i = 0; i < sizeof standings / sizeof standings[0]; i++)
        if (tdm__str_equal(code, tdm__str(standings[i].code)))
            return tdm__str(standings[i].words);
    return code;
}

bool tdm__standing_holds(const tdm_run *run, const tdm__standing *standing)
{
    return (standing->from == TDM_DAY_NONE || standing->from <= run->as_of) &&
           (standing->until == TDM_DAY_NONE || standing->until >= run->as_of);
}

const char *tdm__prompt_severity_words(tdm__prompt_severity severity)
{
    switch (severity) {
    case TDM__PROMPT_SOON:
        return "look at soon";
    case TDM__PROMPT_REVIEW:
        return "for review";
    default:
        return "for information";
    }
}

static bool is_day(tdm_day day)
{
    return day != TDM_DAY_NONE && day != TDM_DAY_BEFORE_ALL && day != TDM_DAY_AFTER_ALL;
}

void tdm__day_words(char out[TDM__WORDS_SIZE], tdm_day day)
{
    char words[TDM_DATE_TEXT_SIZE] = "not known";
    if (is_day(day))
        tdm_date_words(words, (tdm_date){day, day, 0});
    snprintf(out, TDM__WORDS_SIZE, "%s", words);
}

void tdm__day_iso(char out[TDM_DATE_TEXT_SIZE], tdm_day day)
{
    out[0] = '\0';
    if (is_day(day))
        tdm_date_format(out, (tdm_date){day, day, 0});
}

void tdm__period_words(char out[TDM__WORDS_SIZE], tdm_day from, tdm_day to)
{
    char first[TDM__WORDS_SIZE], last[TDM__WORDS_SIZE];
    tdm__day_words(first, from);
    tdm__day_words(last, to);
    if (from == to)
        snprintf(out, TDM__WORDS_SIZE, "%s", first);
    else
        snprintf(out, TDM__WORDS_SIZE, "%.70s to %.70s", first, last);
}

static bool is_dated(tdm_date date)
{
    return date.from != TDM_DAY_BEFORE_ALL || date.to != TDM_DAY_AFTER_ALL;
}

static bool may_have_died(const tdm_run *run, const tdm__child *child)
{
    return is_dated(child->died) && child->died.from <= run->as_of;
}

/* On the as-of day, or at death; "" where it may not have been born by then. */
static void put_age(char out[TDM__AGE_WORDS_SIZE], const tdm_run *run, const tdm__child *child)
{
    tdm_date until = may_have_died(run, child) ? child->died : (tdm_date){run->as_of, run->as_of, 0};
    tdm__ages ages = tdm__ages_on(child->born, until);
    out[0] = '\0';
    if (ages.known && ages.before_birth == TDM_NOT_MET)
        tdm__age_words(out, child, until);
}

void tdm__child_words(char out[TDM__CHILD_WORDS_SIZE], const tdm_run *run, const tdm__child *child)
{
    char born[TDM_DATE_TEXT_SIZE], died[TDM_DATE_TEXT_SIZE], age[TDM__AGE_WORDS_SIZE];
    bool death_known = may_have_died(run, child), birth_known = is_dated(child->born);
    bool only_expected = !birth_known && is_dated(child->expected);
    tdm_date_words(born, birth_known ? child->born : child->expected);
    tdm_date_words(died, child->died);
    put_age(age, run, child);
    snprintf(out, TDM__CHILD_WORDS_SIZE, "%s%s%s%s%s%s",
             birth_known     ? "born "
             : only_expected ? "date of birth not recorded, expected "
                             : "date of birth not recorded",
             birth_known || only_expected ? born : "", death_known ? ", died " : "", death_known ? died : "",
             age[0] ? ", aged " : "", age);
}

const tdm__kind *tdm__event_kind(const tdm_run *run, const tdm__event *event)
{
    return &tdm__chronology_vocabulary(run->chronology)->kinds[event->kind];
}

tdm_str tdm__kind_title(const tdm__kind *kind)
{
    tdm_str rest = kind->title;
    return tdm__str_trimmed(tdm__str_split(&rest, '('));
}

void tdm__code_as_words(char out[TDM__WORDS_SIZE], tdm_str code)
{
    snprintf(out, TDM__WORDS_SIZE, "%.*s", TDM_STR_ARGS(code));
    for (char *at = out; *at; at++)
        *at = *at == '-' ? ' ' : *at;
    if (out[0] >= 'a' && out[0] <= 'z')
        out[0] = (char)(out[0] - 'a' + 'A');
}

/* The title of a kind that opens an episode without the word that says so; empty when it has none. */
static tdm_str opened_by(const tdm__kind *kind)
{
    static const char *const endings[] = {" started", " opened", " raised"};
    tdm_str words = tdm__kind_title(kind);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t length = strlen(endings[i]);
        if (words.length > length && memcmp(words.data + words.length - length, endings[i], length) == 0)
            return (tdm_str){words.data, words.length - length};
    }
    return (tdm_str){"", 0};
}

void tdm__episode_words(char out[TDM__WORDS_SIZE], const tdm_run *run, uint32_t name)
{
    const tdm_vocabulary *vocabulary = tdm__chronology_vocabulary(run->chronology);
    tdm__code_as_words(out, tdm__dictionary_at(&vocabulary->episode_names, name));
    for (size_t i = 0; i < vocabulary->kind_count; i++) {
        const tdm__kind *kind = &vocabulary->kinds[i];
        tdm_str words = opened_by(kind);
        if (kind->opens < 0 || (uint32_t)kind->opens != name || words.length == 0)
            continue;
        snprintf(out, TDM__WORDS_SIZE, "%.*s", TDM_STR_ARGS(words));
        return;
    }
}

bool tdm__event_is_concern(const tdm_run *run, const tdm__event *event)
{
    if (event->polarity != TDM__POLARITY_NOT_STATED)
        return event->polarity == TDM__CONCERN;
    return tdm__event_kind(run, event)->concern;
}

bool tdm__event_is_later(const tdm_run *run, const tdm__event *event)
{
    return event->occurred.from > run->as_of ||
           (event->recorded != TDM_DAY_NONE && event->recorded > run->as_of) ||
           (!tdm__chronology_stands(run->chronology, event->index, run->as_of) &&
            !tdm__chronology_replaced(run->chronology, event->index, run->as_of));
}

bool tdm__event_is_undated(const tdm__event *event)
{
    return event->occurred.from == TDM_DAY_BEFORE_ALL && event->occurred.to == TDM_DAY_AFTER_ALL;
}

bool tdm__prompt_shown(const tdm__prompt *prompt, const tdm__report_options *options)
{
    return prompt->current || !options->current_only;
}

static bool spell_has_event(const tdm__run_spell *spell, uint32_t event)
{
    size_t low = 0, high = spell->event_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (spell->events[middle] < event)
            low = middle + 1;
        else
            high = middle;
    }
    return low < spell->event_count && spell->events[low] == event;
}

bool tdm__prompt_has_event(const tdm__prompt *prompt, uint32_t event)
{
    for (size_t i = 0; i < prompt->spell_count; i++)
        if (spell_has_event(&prompt->spells[i], event))
            return true;
    return false;
}

tdm__prompt_counts tdm__count_prompts(const tdm__child_result *child, const tdm__report_options *options)
{
    tdm__prompt_counts counts = {0};
    for (size_t i = 0; i < child->prompt_count; i++) {
        const tdm__prompt *prompt = &child->prompts[i];
        if (!tdm__prompt_shown(prompt, options)) {
            counts.hidden++;
            continue;
        }
        counts.all++;
        counts.current += prompt->current ? 1 : 0;
        counts.past += prompt->current ? 0 : 1;
        counts.possible += prompt->answer == TDM_POSSIBLE ? 1 : 0;
    }
    return counts;
}

size_t tdm__count_no_prompts(const tdm__child_result *child, tdm_answer answer)
{
    size_t count = 0;
    for (size_t i = 0; i < child->no_prompt_count; i++)
        count += child->no_prompts[i].answer == answer ? 1 : 0;
    return count;
}

bool tdm__not_assessed_counted(const tdm_run *run)
{
    return (run->in_parts || run->child_count > TDM__NOT_ASSESSED_CHILDREN) && !run->explain_all;
}

/* Adds to the row of the indicator and reason; the table has room for one more. */
static void add_reason(tdm__reason_count *rows, size_t *count, const tdm__no_prompt *one)
{
    tdm_str reason = tdm__str(one->reason);
    size_t at = 0;
    while (at < *count &&
           (rows[at].indicator < one->indicator ||
            (rows[at].indicator == one->indicator && tdm__str_compare(rows[at].reason, reason) < 0)))
        at++;
    if (at < *count && rows[at].indicator == one->indicator && tdm__str_equal(rows[at].reason, reason)) {
        rows[at].children++;
        return;
    }
    memmove(rows + at + 1, rows + at, (*count - at) * sizeof *rows);
    rows[at] = (tdm__reason_count){one->indicator, reason, one->words, 1};
    (*count)++;
}

tdm_status tdm__count_reasons(tdm__reason_count **out, size_t *count, const tdm_run *run, tdm__arena *arena)
{
    size_t capacity = 0;
    tdm__reason_count *rows = NULL;
    *out = NULL;
    *count = 0;
    for (size_t c = 0; c < run->child_count; c++) {
        const tdm__child_result *child = &run->children[c];
        for (size_t i = 0; i < child->no_prompt_count; i++) {
            if (child->no_prompts[i].answer != TDM_NOT_ASSESSED)
                continue;
            if (*count + 1 >= capacity) {
                size_t wanted = capacity * 2 + 64;
                tdm__reason_count *more = tdm__arena_array(arena, wanted, sizeof *more);
                if (!more)
                    return TDM_NO_MEMORY;
                if (rows)
                    memcpy(more, rows, *count * sizeof *rows);
                rows = more;
                capacity = wanted;
            }
            add_reason(rows, count, &child->no_prompts[i]);
        }
    }
    *out = rows;
    return TDM_OK;
}

tdm__report_options tdm__report_options_of(const tdm__report_options *options)
{
    tdm__report_options chosen = options ? *options : (tdm__report_options){0};
    if (chosen.width == 0)
        chosen.width = 80;
    if (chosen.width < 40)
        chosen.width = 40;
    if (chosen.width > 400)
        chosen.width = 400;
    return chosen;
}

tdm_str tdm__settled(tdm__text *text, tdm__arena *arena, tdm_status *status)
{
    tdm_str kept = tdm__arena_copy(arena, tdm__text_str(text));
    if (text->failed || !kept.data)
        *status = TDM_NO_MEMORY;
    tdm__text_clear(text);
    return kept.data ? kept : TDM_LIT("");
}
