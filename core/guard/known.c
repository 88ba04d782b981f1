/*
 * Forms and finding them.
 */
#include "guard/known.h"
#include "calendar/calendar.h"
#include "guard/patterns.h"

#include <stdio.h>
#include <string.h>

/* Between two words of a form: "O'Brien", "Smith, Jane", "N - 8811". */
#define GAP_BYTES_MAX 3
#define WORDS_MAX     16

void tdm__known_init(tdm__known *known, const tdm_allocator *allocator)
{
    *known = (tdm__known){0};
    tdm__dictionary_init(&known->firsts, allocator);
    tdm__dictionary_init(&known->forms, allocator);
    tdm__dictionary_init(&known->labels, allocator);
    tdm__text_init(&known->wanted, allocator);
}

void tdm__known_free(tdm__known *known)
{
    tdm__free(known->wanted.allocator, known->form_labels);
    tdm__dictionary_free(&known->firsts);
    tdm__dictionary_free(&known->forms);
    tdm__dictionary_free(&known->labels);
    tdm__text_free(&known->wanted);
}

/* `form` has `words` words; compact ones (0 words) are found by tdm__known_compact alone. */
static tdm_status add_form(tdm__known *known, tdm_str form, size_t words, tdm_str label)
{
    uint32_t at, label_at;
    size_t before = known->forms.count;
    tdm_str rest = form, first = tdm__str_split(&rest, ' ');
    uint32_t *grown = tdm__grown(known->wanted.allocator, known->form_labels, &known->form_capacity,
                                 before + 1, sizeof *grown);
    if (!grown)
        return TDM_NO_MEMORY;
    known->form_labels = grown;
    tdm_status status = tdm__dictionary_add(&label_at, &known->labels, label);
    if (status == TDM_OK)
        status = tdm__dictionary_add(&at, &known->forms, form);
    if (status == TDM_OK && known->forms.count > before)
        known->form_labels[at] = label_at;
    if (status == TDM_OK && words > 0)
        status = tdm__dictionary_add(&at, &known->firsts, first);
    if (words > known->longest)
        known->longest = words;
    return status;
}

static tdm_status add_compact(tdm__known *known, tdm_str original, tdm_str label)
{
    char compact[TDM__COMPACT_SIZE];
    if (!tdm__compact_number(compact, original) && !tdm__compact_postcode(compact, original))
        return TDM_OK;
    return add_form(known, tdm__str(compact), 0, label);
}

tdm_status tdm__known_add(tdm__known *known, tdm_str original, tdm_str label)
{
    tdm__text form;
    size_t words;
    tdm__text_init(&form, known->wanted.allocator);
    tdm_status status = tdm__words_fold(&form, &words, original, ' ');
    if (status == TDM_OK && words > 0 && words <= WORDS_MAX)
        status = add_form(known, tdm__text_str(&form), words, label);
    /* "MaryJane", "LN1": the same without what stands between. */
    if (status == TDM_OK && words > 1) {
        tdm__text_clear(&form);
        status = tdm__words_fold(&form, &words, original, '\0');
        if (status == TDM_OK && form.length >= 3)
            status = add_form(known, tdm__text_str(&form), 1, label);
    }
    tdm__text_free(&form);
    return status == TDM_OK ? add_compact(known, original, label) : status;
}

/* --- birth dates --- */

/* Ways of writing: %d stand for day, month, year in the order of the letters; "of" is a word. */
typedef enum date_order { DMY, D_OF_MY, MDY, YMD, DMY_TOGETHER, YMD_TOGETHER, ORDERS } date_order;

typedef struct parts {
    char days[3][8];
    char months[5][16];
    char years[2][8];
} parts;

static const char *ordinal_ending(int32_t day)
{
    if (day % 100 >= 11 && day % 100 <= 13)
        return "th";
    return day % 10 == 1 ? "st" : day % 10 == 2 ? "nd" : day % 10 == 3 ? "rd" : "th";
}

static void lower(char *text)
{
    for (; *text; text++)
        *text = (char)(*text >= 'A' && *text <= 'Z' ? *text - 'A' + 'a' : *text);
}

static void split_day(parts *out, tdm_day born)
{
    int32_t year, month, day;
    tdm_day_to_civil(born, &year, &month, &day);
    snprintf(out->days[0], sizeof out->days[0], "%d", (int)(day % 100));
    snprintf(out->days[1], sizeof out->days[1], "%02d", (int)(day % 100));
    snprintf(out->days[2], sizeof out->days[2], "%d%s", (int)(day % 100), ordinal_ending(day));
    snprintf(out->months[0], sizeof out->months[0], "%d", (int)(month % 100));
    snprintf(out->months[1], sizeof out->months[1], "%02d", (int)(month % 100));
    snprintf(out->months[2], sizeof out->months[2], "%s", tdm__month_name(month));
    snprintf(out->months[3], sizeof out->months[3], "%.3s", tdm__month_name(month));
    /* The one month with two short forms. */
    snprintf(out->months[4], sizeof out->months[4], "%.*s", month == 9 ? 4 : 3, tdm__month_name(month));
    for (int i = 2; i < 5; i++)
        lower(out->months[i]);
    snprintf(out->years[0], sizeof out->years[0], "%04d", (int)(year % 10000));
    snprintf(out->years[1], sizeof out->years[1], "%02d", (int)(year % 100));
}

/* The way of writing with its number of words; 0: nobody writes so. */
static size_t write_order(char room[48], date_order order, const char *d, const char *m, const char *y)
{
    bool named = m[0] > '9';
    bool long_year = y[2] != '\0';
    switch (order) {
    case DMY:
        snprintf(room, 48, "%s %s %s", d, m, y);
        return 3;
    case D_OF_MY:
        snprintf(room, 48, "%s of %s %s", d, m, y);
        return named ? 4 : 0;
    case MDY:
        snprintf(room, 48, "%s %s %s", m, d, y);
        return 3;
    case YMD:
        snprintf(room, 48, "%s %s %s", y, m, d);
        return long_year ? 3 : 0;
    case DMY_TOGETHER:
        snprintf(room, 48, "%s%s%s", d, m, y);
        return named || (d[1] != '\0' && m[1] != '\0') ? 1 : 0;
    case YMD_TOGETHER:
        snprintf(room, 48, "%s%s%s", y, m, d);
        return long_year && d[1] != '\0' && m[1] != '\0' ? 1 : 0;
    case ORDERS:
        break;
    }
    return 0;
}

static tdm_status add_orders(tdm__known *known, const char *d, const char *m, const char *y, tdm_str label)
{
    char room[48];
    tdm_status status = TDM_OK;
    for (int order = 0; order < ORDERS && status == TDM_OK; order++) {
        size_t words = write_order(room, (date_order)order, d, m, y);
        if (words > 0)
            status = add_form(known, tdm__str(room), words, label);
    }
    return status;
}

tdm_status tdm__known_add_birth(tdm__known *known, tdm_day born, tdm_str label)
{
    parts p;
    tdm_status status = TDM_OK;
    split_day(&p, born);
    for (size_t i = 0; i < 3 * 5 * 2 && status == TDM_OK; i++)
        status = add_orders(known, p.days[i % 3], p.months[i / 3 % 5], p.years[i / 15], label);
    return status;
}

/* --- finding --- */

static bool is_gap(tdm_str text, size_t from, size_t to)
{
    if (to - from > GAP_BYTES_MAX)
        return false;
    for (size_t i = from; i < to; i++)
        if (text.data[i] == '[' || text.data[i] == ']')
            return false;
    return true;
}

tdm_status tdm__known_match(size_t *end, tdm_str *label, tdm__known *known, tdm_str text, size_t at)
{
    tdm__word word, last = {at, at};
    tdm_status status = TDM_OK;
    *end = 0;
    *label = (tdm_str){NULL, 0};
    tdm__text_clear(&known->wanted);
    for (size_t words = 1; words <= known->longest && tdm__word_next(&word, text, &at); words++) {
        if (!is_gap(text, last.end, word.start))
            break;
        if (words > 1)
            tdm__text_char(&known->wanted, ' ');
        status = tdm__word_fold(&known->wanted, text, word);
        if (status != TDM_OK)
            break;
        tdm_str wanted = tdm__text_str(&known->wanted);
        if (words == 1 && tdm__dictionary_find(&known->firsts, wanted) == TDM_NO_INDEX)
            break;
        uint32_t form = tdm__dictionary_find(&known->forms, wanted);
        if (form != TDM_NO_INDEX) {
            *end = word.end;
            *label = tdm__dictionary_at(&known->labels, known->form_labels[form]);
        }
        last = word;
    }
    return status;
}

bool tdm__known_compact(tdm_str *label, const tdm__known *known, tdm_str compact)
{
    uint32_t form = tdm__dictionary_find(&known->forms, compact);
    *label = form == TDM_NO_INDEX ? (tdm_str){NULL, 0}
                                  : tdm__dictionary_at(&known->labels, known->form_labels[form]);
    return form != TDM_NO_INDEX;
}

static size_t count_digits(tdm_str id)
{
    size_t digits = 0;
    for (size_t i = 0; i < id.length; i++)
        digits += id.data[i] >= '0' && id.data[i] <= '9';
    return digits;
}

bool tdm__has_letter(tdm_str id)
{
    for (size_t i = 0; i < id.length; i++) {
        unsigned char c = (unsigned char)id.data[i];
        if (c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
            return true;
    }
    return false;
}

bool tdm__is_telling_id(tdm_str id)
{
    return count_digits(id) >= (tdm__has_letter(id) ? 1 : 5);
}
