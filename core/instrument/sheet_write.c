/*
 * An assessment, or a form to be filled in, as a sheet: UTF-8 with a byte order mark and CRLF, which is what
 * Excel reads without asking. Rows stand in the order of the instrument; what it does not know comes last.
 */
#include "instrument/sheet.h"

#include "base/csv.h"
#include "base/hash.h"
#include "instrument/sheet_cells.h"

/* What an assessment says of one code: where it stands in each list; TDM_NO_INDEX: nowhere. */
typedef struct said {
    uint32_t entry, evidence, child_words;
    uint32_t target, last_target; /* the first, and the one that was indexed last */
    bool is_written;
} said;

static const said nothing_said = {TDM_NO_INDEX, TDM_NO_INDEX, TDM_NO_INDEX,
                                  TDM_NO_INDEX, TDM_NO_INDEX, false};

typedef struct writer {
    tdm__text *out;
    const tdm_instrument *instrument;
    const tdm_assessment *assessment; /* NULL: blank */
    const tdm__texts *texts;
    tdm__arena arena;
    tdm__dictionary codes;
    said *said;            /* of each code */
    uint32_t *next_target; /* of each target the next of its code */
    tdm__text words;       /* of the cell in the making */
    bool is_first;         /* no cell in this row yet */
} writer;

/* --- cells --- */

static void next_cell(writer *w)
{
    if (!w->is_first)
        tdm__text_char(w->out, ',');
    w->is_first = false;
}

static void end_row(writer *w)
{
    tdm__text_puts(w->out, "\r\n");
    w->is_first = true;
}

/* As it stands: our own words, numbers and days. */
static void put_plain(writer *w, const char *text)
{
    next_cell(w);
    tdm__csv_put_field(w->out, tdm__str(text), ',');
}

static void put_empty(writer *w)
{
    next_cell(w);
}

static void put_text(writer *w, tdm_str text)
{
    next_cell(w);
    tdm__sheet_put_text(w->out, text);
}

/* For people alone: nothing is to be kept of one that is empty. */
static void put_told(writer *w, tdm_str text)
{
    if (text.length > 0)
        put_text(w, text);
    else
        put_empty(w);
}

static void put_words(writer *w)
{
    put_told(w, tdm__text_str(&w->words));
    tdm__text_clear(&w->words);
}

static void put_number(writer *w, bool given, int32_t number)
{
    next_cell(w);
    if (given)
        tdm__text_int(w->out, number);
}

static void put_day(writer *w, tdm_day day)
{
    char text[TDM_DATE_TEXT_SIZE] = "";
    if (day != TDM_DAY_NONE)
        tdm_date_format(text, (tdm_date){day, day, 0});
    put_plain(w, text);
}

/* --- what the assessment says of each code --- */

/* What is known of a code, made where nothing is yet; NULL: no memory. */
static said *said_of(writer *w, tdm_str code)
{
    uint32_t number;
    size_t before = w->codes.count;
    if (tdm__dictionary_add(&number, &w->codes, code) != TDM_OK)
        return NULL;
    if (w->codes.count > before)
        w->said[number] = nothing_said;
    return &w->said[number];
}

static bool index_entries(writer *w)
{
    for (size_t i = 0; i < w->assessment->entry_count; i++) {
        said *of = said_of(w, w->assessment->entries[i].item);
        if (!of)
            return false;
        of->entry = (uint32_t)i;
    }
    return true;
}

static bool index_remarks(writer *w)
{
    const tdm_assessment *a = w->assessment;
    for (size_t i = 0; i < a->evidence_count + a->child_word_count; i++) {
        bool is_evidence = i < a->evidence_count;
        size_t at = is_evidence ? i : i - a->evidence_count;
        said *of = said_of(w, is_evidence ? a->evidence[at].item : a->child_words[at].item);
        if (!of)
            return false;
        *(is_evidence ? &of->evidence : &of->child_words) = (uint32_t)at;
    }
    return true;
}

static bool index_targets(writer *w)
{
    for (size_t i = 0; i < w->assessment->target_count; i++) {
        said *of = said_of(w, w->assessment->targets[i].item);
        if (!of)
            return false;
        if (of->target == TDM_NO_INDEX)
            of->target = (uint32_t)i;
        else
            w->next_target[of->last_target] = (uint32_t)i;
        of->last_target = (uint32_t)i;
        w->next_target[i] = TDM_NO_INDEX;
    }
    return true;
}

static bool index_assessment(writer *w)
{
    const tdm_assessment *a = w->assessment;
    if (!a)
        return true;
    size_t codes = a->entry_count + a->evidence_count + a->child_word_count + a->target_count;
    w->said = tdm__arena_array(&w->arena, codes, sizeof *w->said);
    w->next_target = tdm__arena_array(&w->arena, a->target_count, sizeof *w->next_target);
    return w->said && w->next_target && index_entries(w) && index_remarks(w) && index_targets(w);
}

/* --- above the table --- */

/* "1 = all needs met; 2 = ..." or "0 to 100". */
static void put_scale(writer *w, const tdm__scale *scale)
{
    bool has_labels = false;
    for (size_t i = 0; i < scale->value_count; i++)
        has_labels = has_labels || scale->values[i].label.length > 0;
    if (!has_labels)
        tdm__text_printf(&w->words, "%d to %d; ", (int)tdm__scale_lowest(scale),
                         (int)tdm__scale_highest(scale));
    for (size_t i = 0; has_labels && i < scale->value_count; i++) {
        tdm__text_int(&w->words, scale->values[i].value);
        tdm__text_puts(&w->words, scale->values[i].label.length > 0 ? " = " : "");
        tdm__text_add(&w->words, scale->values[i].label);
        tdm__text_puts(&w->words, "; ");
    }
    tdm__text_puts(&w->words, "not seen; not applicable; empty where nothing is recorded");
    put_words(w);
}

/* Codes of the areas that are graded on this scale. */
static void put_areas_of(writer *w, const tdm__scale *scale)
{
    const tdm_instrument *instrument = w->instrument;
    if (instrument->scale_count == 1)
        tdm__text_puts(&w->words, "all");
    for (uint32_t i = 0; instrument->scale_count > 1 && i < instrument->areas.count; i++) {
        if (tdm__instrument_area_scale(instrument, i) != scale)
            continue;
        tdm__text_puts(&w->words, w->words.length > 0 ? " " : "");
        tdm__text_add(&w->words, instrument->areas.items[i].code);
    }
    put_words(w);
}

static void put_scales(writer *w, const tdm__sheet_row *row)
{
    for (size_t i = 0; i < w->instrument->scale_count; i++) {
        put_plain(w, row->name);
        put_areas_of(w, &w->instrument->scales[i]);
        put_scale(w, &w->instrument->scales[i]);
        end_row(w);
    }
}

static void add_conditions(writer *w)
{
    const tdm_instrument *instrument = w->instrument;
    for (size_t i = 0; i < instrument->conditional_count; i++) {
        tdm__text_puts(&w->words, i > 0 ? " or " : ", or one a row of: ");
        tdm__text_add(&w->words, instrument->conditionals[i].condition);
    }
}

/* A form of an instrument that asks by age has to name the band. */
static void add_age_bands(writer *w)
{
    const tdm_instrument *instrument = w->instrument;
    if (instrument->age_band_count == 0)
        tdm__text_puts(&w->words, "leave empty: this form has no age bands");
    for (size_t i = 0; i < instrument->age_band_count; i++) {
        tdm__text_puts(&w->words, i > 0 ? "; " : instrument->asks_by_age ? "one of " : "empty, or one of ");
        tdm__text_add(&w->words, instrument->age_bands[i].code);
        tdm__text_puts(&w->words, " = ");
        tdm__text_add(&w->words, instrument->age_bands[i].title);
    }
}

/* Third column: what the row's own word says, and the codes that this instrument has for it. */
static void put_expected(writer *w, const tdm__sheet_row *row)
{
    tdm__text_puts(&w->words, row->expected);
    if (row->kind == TDM__SHEET_CONDITION)
        add_conditions(w);
    else if (row->kind == TDM__SHEET_TEXT && row->which == TDM__FORM_AGE_BAND)
        add_age_bands(w);
    put_words(w);
}

static tdm_str text_of_row(const writer *w, const tdm__sheet_row *row)
{
    if (w->assessment)
        return w->assessment->texts[row->which];
    if (row->which == TDM__FORM_INSTRUMENT)
        return w->instrument->texts[TDM__TEXT_ID];
    return row->which == TDM__FORM_VERSION ? w->instrument->texts[TDM__TEXT_VERSION] : (tdm_str){NULL, 0};
}

static tdm_day day_of_row(const writer *w, const tdm__sheet_row *row)
{
    const tdm_assessment *a = w->assessment;
    if (!a)
        return TDM_DAY_NONE;
    const tdm_day days[TDM__SHEET_DAY_COUNT] = {
        [TDM__SHEET_DATED] = a->date,
        [TDM__SHEET_RECORDED] = a->recorded,
        [TDM__SHEET_WINDOW_FROM] = a->window_from,
        [TDM__SHEET_WINDOW_TO] = a->window_to,
    };
    return days[row->which];
}

static void put_row(writer *w, const tdm__sheet_row *row, const tdm_str *text)
{
    put_plain(w, row->name);
    if (row->kind == TDM__SHEET_DATE)
        put_day(w, day_of_row(w, row));
    else if (text && text->data)
        put_text(w, *text);
    else
        put_empty(w);
    put_expected(w, row);
    end_row(w);
}

static void put_conditions(writer *w, const tdm__sheet_row *row)
{
    size_t count = w->assessment ? w->assessment->condition_count : 0;
    for (size_t i = 0; i < count; i++)
        put_row(w, row, &w->assessment->conditions[i].name);
    if (count == 0)
        put_row(w, row, NULL);
}

static void put_told_row(writer *w, const tdm__sheet_row *row)
{
    tdm_str licence = tdm__texts_licence(w->texts);
    switch (row->which) {
    case TDM__TOLD_TITLE:
        put_row(w, row, &w->instrument->texts[TDM__TEXT_TITLE]);
        break;
    case TDM__TOLD_LICENCE:
        if (licence.length > 0)
            put_row(w, row, &licence);
        break;
    default:
        put_scales(w, row);
    }
}

static void put_rows(writer *w)
{
    put_plain(w, TDM__SHEET_MARKER);
    put_plain(w, TDM__SHEET_FORM);
    put_plain(w, TDM__SHEET_DAY);
    put_plain(w,
              "leave this row as it is; fill in the second column below it and the table, and save as CSV");
    end_row(w);
    for (size_t i = 0; i < tdm__sheet_row_count; i++) {
        const tdm__sheet_row *row = &tdm__sheet_rows[i];
        tdm_str text = row->kind == TDM__SHEET_TEXT ? text_of_row(w, row) : (tdm_str){NULL, 0};
        if (row->kind == TDM__SHEET_CONDITION)
            put_conditions(w, row);
        else if (row->kind == TDM__SHEET_TOLD)
            put_told_row(w, row);
        else
            put_row(w, row, &text);
    }
    end_row(w);
}

/* --- the table --- */

/* Where a row stands in the instrument; parts are NULL where there is none. */
typedef struct place {
    const tdm__part *area, *sub_area;
    tdm_str code, label;
    const tdm__scale *scale;
    uint32_t ages;
} place;

static void put_headings(writer *w)
{
    for (tdm__sheet_column column = 0; column < TDM__COLUMN_COUNT; column++)
        if (w->texts || (column != TDM__COLUMN_WORDING && column != TDM__COLUMN_MEANING))
            put_plain(w, tdm__sheet_headings[column]);
    end_row(w);
}

/* "A Physical", so that the code of a remark about the whole can be seen. */
static void put_part(writer *w, const tdm__part *part)
{
    if (part) {
        tdm__text_add(&w->words, part->code);
        tdm__text_char(&w->words, ' ');
        tdm__text_add(&w->words, part->title);
    }
    put_words(w);
}

/* The title, and in which age bands it is asked where not in all. */
static void put_label(writer *w, const place *at)
{
    const tdm_instrument *instrument = w->instrument;
    tdm__text_add(&w->words, at->label);
    if (at->ages != TDM__ALL_AGES)
        tdm__text_puts(&w->words, " (only at age");
    for (size_t i = 0; at->ages != TDM__ALL_AGES && i < instrument->age_band_count; i++) {
        if (!(at->ages >> i & 1u))
            continue;
        tdm__text_char(&w->words, ' ');
        tdm__text_add(&w->words, instrument->age_bands[i].code);
    }
    tdm__text_puts(&w->words, at->ages != TDM__ALL_AGES ? ")" : "");
    put_words(w);
}

static void put_meaning(writer *w, const place *at)
{
    for (size_t i = 0; at->scale && i < at->scale->value_count; i++) {
        tdm_str grade = tdm__texts_grade(w->texts, at->code, at->scale->values[i].value);
        if (grade.length == 0)
            continue;
        tdm__text_puts(&w->words, w->words.length > 0 ? "\n" : "");
        tdm__text_int(&w->words, at->scale->values[i].value);
        tdm__text_puts(&w->words, ": ");
        tdm__text_add(&w->words, grade);
    }
    put_words(w);
}

static void put_place(writer *w, const place *at)
{
    put_part(w, at->area);
    put_part(w, at->sub_area);
    put_text(w, at->code);
    put_label(w, at);
    if (!w->texts)
        return;
    put_told(w, tdm__texts_part(w->texts, at->code));
    put_meaning(w, at);
}

static void put_grade(writer *w, uint32_t number)
{
    const tdm__entry *entry = number != TDM_NO_INDEX ? &w->assessment->entries[number] : NULL;
    if (entry && entry->state != TDM__ENTRY_SCORED)
        put_plain(w, entry->state == TDM__ENTRY_NOT_SEEN ? "not seen" : "not applicable");
    else
        put_number(w, entry != NULL, entry ? entry->value : 0);
}

static void put_remark(writer *w, const tdm__remark *remarks, uint32_t number)
{
    if (number == TDM_NO_INDEX)
        put_empty(w);
    else
        put_text(w, remarks[number].text);
}

static void put_target(writer *w, uint32_t number)
{
    static const tdm__target none = {.by = TDM_DAY_NONE};
    const tdm__target *target = number != TDM_NO_INDEX ? &w->assessment->targets[number] : &none;
    put_number(w, target->has_current, target->current);
    put_number(w, target->has_target, target->target);
    bool says_nothing = !target->has_current && !target->has_target && !target->has_actual;
    if (target != &none && says_nothing && target->by == TDM_DAY_NONE)
        put_text(w, TDM_LIT("")); /* it is there all the same */
    else
        put_day(w, target->by);
    put_number(w, target->has_actual, target->actual);
}

/* The row of a code, and one more for each further target. */
static void put_code(writer *w, const place *at, said *of)
{
    said row = of ? *of : nothing_said;
    if (of)
        of->is_written = true;
    do {
        put_place(w, at);
        put_grade(w, row.entry);
        put_remark(w, w->assessment ? w->assessment->evidence : NULL, row.evidence);
        put_remark(w, w->assessment ? w->assessment->child_words : NULL, row.child_words);
        put_target(w, row.target);
        end_row(w);
        uint32_t next = row.target != TDM_NO_INDEX ? w->next_target[row.target] : TDM_NO_INDEX;
        row = nothing_said;
        row.target = next;
    } while (row.target != TDM_NO_INDEX);
}

static said *find_said(const writer *w, tdm_str code)
{
    uint32_t number = w->assessment ? tdm__dictionary_find(&w->codes, code) : TDM_NO_INDEX;
    return number != TDM_NO_INDEX ? &w->said[number] : NULL;
}

static void put_item(writer *w, place at, const tdm__part *item)
{
    at.code = item->code;
    at.label = item->title;
    at.ages = item->ages;
    put_code(w, &at, find_said(w, item->code));
}

/* A remark about a whole sub-area or area, where there is one that no item of the same code has said. */
static void put_whole(writer *w, place at, const tdm__part *part)
{
    said *of = find_said(w, part->code);
    at.code = part->code;
    at.label = TDM_LIT("as a whole");
    if (of && !of->is_written)
        put_code(w, &at, of);
}

static void put_area(writer *w, uint32_t number)
{
    const tdm_instrument *instrument = w->instrument;
    const tdm__part *area = &instrument->areas.items[number];
    place at = {.area = area, .scale = tdm__instrument_area_scale(instrument, number), .ages = TDM__ALL_AGES};
    for (uint32_t i = area->first; i < area->first + area->count; i++) {
        const tdm__part *sub_area = &instrument->sub_areas.items[i];
        at.sub_area = sub_area;
        for (uint32_t k = sub_area->first; k < sub_area->first + sub_area->count; k++)
            put_item(w, at, &instrument->items.items[k]);
        put_whole(w, at, sub_area);
    }
    at.sub_area = NULL;
    put_whole(w, at, area);
}

/* Codes that the instrument does not have: what an assessment says is never left out. */
static void put_others(writer *w)
{
    for (uint32_t i = 0; w->assessment && i < w->codes.count; i++) {
        place at = {.code = tdm__dictionary_at(&w->codes, i), .label = TDM_LIT(""), .ages = TDM__ALL_AGES};
        if (!w->said[i].is_written)
            put_code(w, &at, &w->said[i]);
    }
}

void tdm__sheet_put(tdm__text *out, const tdm_instrument *instrument, const tdm_assessment *assessment,
                    const tdm__texts *texts)
{
    writer w = {
        .out = out, .instrument = instrument, .assessment = assessment, .texts = texts, .is_first = true};
    tdm__arena_init(&w.arena, out->allocator);
    tdm__dictionary_init(&w.codes, out->allocator);
    tdm__text_init(&w.words, out->allocator);
    if (index_assessment(&w)) {
        tdm__text_puts(out, "\xEF\xBB\xBF");
        put_rows(&w);
        put_headings(&w);
        for (uint32_t i = 0; i < instrument->areas.count; i++)
            put_area(&w, i);
        put_others(&w);
    } else {
        out->failed = true;
    }
    out->failed = out->failed || w.words.failed;
    tdm__text_free(&w.words);
    tdm__dictionary_free(&w.codes);
    tdm__arena_free(&w.arena);
}
