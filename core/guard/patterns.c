/*
 * The forms, each a function that looks from the beginning of one word.
 */
#include "guard/patterns.h"
#include "guard/words.h"

#include <string.h>

#define GROUPS_MAX 8
#define DIGITS_MAX 15
/* Of each part of an e-mail address: RFC 5321 has 64 and 255. */
#define MAILBOX_BYTES_MAX 256

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_ascii_letter(char c)
{
    return is_capital(c) || (c >= 'a' && c <= 'z');
}

/* A byte of a character beyond ASCII counts as part of a word here. */
static bool ends_word(tdm_str text, size_t at)
{
    return at >= text.length || (!is_digit(text.data[at]) && !is_ascii_letter(text.data[at]) &&
                                 (unsigned char)text.data[at] < 0x80);
}

/* --- numbers --- */

typedef struct numbers {
    char digits[DIGITS_MAX + 1];
    size_t count;
    size_t sizes[GROUPS_MAX]; /* digits of each group */
    size_t ends[GROUPS_MAX];  /* byte behind each */
    size_t groups;
} numbers;

static bool is_between_digits(char c)
{
    return c == ' ' || c == '-' || c == '.' || c == '(' || c == ')';
}

/* Where the next group of digits begins; the end of the text when there is none near. */
static size_t next_group(tdm_str text, size_t at)
{
    size_t from = at;
    while (at < text.length && at - from < 3 && is_between_digits(text.data[at]))
        at++;
    return at > from && at < text.length && is_digit(text.data[at]) ? at : text.length;
}

static void read_numbers(numbers *out, tdm_str text, size_t at)
{
    *out = (numbers){0};
    while (at < text.length && out->groups < GROUPS_MAX) {
        size_t from = at;
        while (at < text.length && is_digit(text.data[at]))
            at++;
        size_t size = at - from;
        if (size == 0 || !ends_word(text, at) || out->count + size > DIGITS_MAX)
            return;
        memcpy(out->digits + out->count, text.data + from, size);
        out->count += size;
        out->sizes[out->groups] = size;
        out->ends[out->groups++] = at;
        at = next_group(text, at);
    }
}

static size_t first_digits(const numbers *n, size_t groups)
{
    size_t count = 0;
    for (size_t i = 0; i < groups; i++)
        count += n->sizes[i];
    return count;
}

bool tdm__is_nhs_number(const char *digits)
{
    int sum = 0;
    for (int i = 0; i < 9; i++)
        sum += (digits[i] - '0') * (10 - i);
    int check = (11 - sum % 11) % 11;
    return check != 10 && check == digits[9] - '0';
}

static bool is_nhs(const numbers *n, size_t groups)
{
    bool shape = groups == 1 || (groups == 3 && n->sizes[0] == 3 && n->sizes[1] == 3);
    return shape && first_digits(n, groups) == 10 && tdm__is_nhs_number(n->digits);
}

/* National form of the first `count` digits: "44" or "0044" before it becomes a 0. */
static void to_national(char out[TDM__COMPACT_SIZE], const char *digits, size_t count, bool plus)
{
    size_t skipped = 0;
    if (plus && count > 2 && strncmp(digits, "44", 2) == 0)
        skipped = 2;
    else if (count > 4 && strncmp(digits, "0044", 4) == 0)
        skipped = 4;
    size_t length = 0;
    if (skipped > 0 && digits[skipped] != '0')
        out[length++] = '0';
    memcpy(out + length, digits + skipped, count - skipped);
    out[length + count - skipped] = '\0';
}

/* A day and a month are groups of two digits; the first group of a telephone number has three or more. */
static bool is_phone(const char *national, const numbers *n)
{
    size_t length = strlen(national);
    return (length == 10 || length == 11) && national[0] == '0' && national[1] != '0' &&
           (n->sizes[0] >= 3 || strncmp(n->digits, "44", 2) == 0);
}

static bool number_at(tdm__pattern *out, tdm_str text, size_t at)
{
    numbers n;
    bool plus = at > 0 && text.data[at - 1] == '+';
    read_numbers(&n, text, at);
    for (size_t groups = n.groups; groups > 0; groups--) {
        size_t count = first_digits(&n, groups);
        to_national(out->compact, n.digits, count, plus);
        bool nhs = is_nhs(&n, groups);
        if (!nhs && !is_phone(out->compact, &n))
            continue;
        out->kind = nhs ? TDM__LEAK_NHS_NUMBER : TDM__LEAK_PHONE;
        out->end = n.ends[groups - 1];
        return true;
    }
    return false;
}

bool tdm__compact_number(char out[TDM__COMPACT_SIZE], tdm_str text)
{
    char digits[DIGITS_MAX + 1] = {0};
    size_t count = 0;
    bool plus = text.length > 0 && text.data[0] == '+';
    out[0] = '\0';
    for (size_t i = plus ? 1 : 0; i < text.length; i++) {
        if (!is_digit(text.data[i]) && !is_between_digits(text.data[i]))
            return false;
        if (is_digit(text.data[i]) && count == DIGITS_MAX)
            return false;
        if (is_digit(text.data[i]))
            digits[count++] = text.data[i];
    }
    if (count < 7)
        return false;
    to_national(out, digits, count, plus);
    return true;
}

/* --- postcodes --- */

static char upper(char c)
{
    return (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
}

static bool is_outward(const char *code, size_t length)
{
    size_t letters = 0;
    while (letters < length && is_capital(code[letters]))
        letters++;
    return letters >= 1 && letters <= 2 && length > letters && length <= letters + 2 &&
           is_digit(code[letters]);
}

static bool is_inward(const char *code)
{
    return is_digit(code[0]) && is_capital(code[1]) && is_capital(code[2]) && !strchr("CIKMOV", code[1]) &&
           !strchr("CIKMOV", code[2]);
}

/* "b1 2nd floor" */
static bool is_ordinal(const char *last_two)
{
    static const char *const endings[] = {"st", "nd", "rd", "th"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (strncmp(last_two, endings[i], 2) == 0)
            return true;
    return false;
}

static size_t run_length(tdm_str text, size_t at)
{
    size_t end = at;
    while (end < text.length && (is_digit(text.data[end]) || is_ascii_letter(text.data[end])))
        end++;
    return end - at;
}

static bool postcode_at(tdm__pattern *out, tdm_str text, size_t at)
{
    size_t first = run_length(text, at), length = first, end = at + first;
    if (first >= 2 && first <= 4 && end < text.length && text.data[end] == ' ' &&
        run_length(text, end + 1) == 3) {
        length = first + 3;
        end += 4;
    }
    if (length < 5 || length > 7 || !ends_word(text, end))
        return false;
    for (size_t i = 0; i < length; i++)
        out->compact[i] = upper(text.data[i < length - 3 ? at + i : end - (length - i)]);
    out->compact[length] = '\0';
    if (!is_outward(out->compact, length - 3) || !is_inward(out->compact + length - 3) ||
        is_ordinal(text.data + end - 2))
        return false;
    out->kind = TDM__LEAK_POSTCODE;
    out->end = end;
    return true;
}

bool tdm__compact_postcode(char out[TDM__COMPACT_SIZE], tdm_str text)
{
    tdm__pattern found;
    out[0] = '\0';
    if (text.length == 0 || !postcode_at(&found, text, 0) || found.end != text.length)
        return false;
    memcpy(out, found.compact, sizeof found.compact);
    return true;
}

/* --- e-mail, addresses --- */

static bool is_mailbox_byte(char c)
{
    return is_digit(c) || is_ascii_letter(c) || (unsigned char)c >= 0x80 || (c && strchr("._%+'-", c));
}

static bool email_at(tdm__pattern *out, tdm_str text, size_t at)
{
    size_t end, limit = text.length - at > MAILBOX_BYTES_MAX ? at + MAILBOX_BYTES_MAX : text.length;
    while (at < limit && is_mailbox_byte(text.data[at]))
        at++;
    if (at >= limit || text.data[at] != '@')
        return false;
    limit = text.length - at > MAILBOX_BYTES_MAX ? at + MAILBOX_BYTES_MAX : text.length;
    for (end = at++; at < limit && is_mailbox_byte(text.data[at]); at++)
        if (text.data[at] != '.' && text.data[at] != '-')
            end = at;
    if (text.data[end] == '@')
        return false;
    out->kind = TDM__LEAK_EMAIL;
    out->end = end + 1;
    /* A character beyond ASCII has its other bytes behind. */
    while (out->end < text.length && ((unsigned char)text.data[out->end] & 0xC0) == 0x80)
        out->end++;
    return true;
}

static bool is_street_word(tdm_str text, tdm__word word)
{
    static const char *const words[] = {
        "Road",    "Street", "Lane",     "Avenue", "Close", "Drive", "Way",  "Court", "Place", "Terrace",
        "Gardens", "Grove",  "Crescent", "Square", "Walk",  "Rise",  "Hill", "Park",  "Mews",  "Row",
        "Rd",      "St",     "Ave",      "Cl",     "Dr",    "Ln",    "Cres", "Gdns"};
    tdm_str at = {text.data + word.start, word.end - word.start};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (tdm__str_equal(at, tdm__str(words[i])))
            return true;
    return false;
}

/* "12 Mill Lane", "3a Upper Mill Rd": a number of up to four digits, one to three capitalised words. */
static bool address_at(tdm__pattern *out, tdm_str text, size_t at)
{
    size_t digits = 0;
    tdm__word word;
    while (at + digits < text.length && is_digit(text.data[at + digits]))
        digits++;
    if (digits == 0 || digits > 4 || !tdm__word_next(&word, text, &at) || word.end - word.start > digits + 1)
        return false;
    for (int words = 0; words < 4; words++) {
        size_t before = at;
        if (!tdm__word_next(&word, text, &at) || word.start - before > 2 ||
            !is_capital(text.data[word.start]))
            return false;
        if (words > 0 && is_street_word(text, word)) {
            out->kind = TDM__LEAK_ADDRESS;
            out->end = word.end;
            return true;
        }
    }
    return false;
}

bool tdm__pattern_at(tdm__pattern *out, tdm_str text, size_t at)
{
    static bool (*const forms[])(tdm__pattern *, tdm_str, size_t) = {email_at, number_at, postcode_at,
                                                                     address_at};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        *out = (tdm__pattern){0};
        if (forms[i](out, text, at))
            return true;
    }
    return false;
}
