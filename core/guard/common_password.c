/*
 * See common_password.h. The password is walked from its beginning, keeping for each place how few words of
 * the lists lead there, for no letter, one and two that no word explains.
 */
#include "guard/common_password.h"

enum {
    LENGTH_MOST = 128,
    LETTERS_SPARE = 2,
    WORDS_MOST = 2,
    WORD_LEAST = 3,
    ROW_LEAST = 4,
    RUN_LEAST = 3,
    NEVER = 99
};

typedef struct walk {
    tdm_str text;
    int words[LETTERS_SPARE + 1][LENGTH_MOST + 1]; /* NEVER: no way leads there */
} walk;

static char small_letter(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_letter(char c)
{
    c = small_letter(c);
    return c >= 'a' && c <= 'z';
}

/* Whether a character stands for a letter of a word, or is it. */
static bool stands_for(char c, char letter)
{
    static const char pairs[] = "0o1i1l3e4a5s7t@a$s!i";
    if (small_letter(c) == small_letter(letter))
        return true;
    for (size_t i = 0; pairs[i]; i += 2)
        if (pairs[i] == c && pairs[i + 1] == letter)
            return true;
    return false;
}

static bool stands_at(tdm_str text, size_t at, tdm_str word)
{
    if (word.length > text.length - at)
        return false;
    for (size_t i = 0; i < word.length; i++)
        if (!stands_for(text.data[at + i], small_letter(word.data[i])))
            return false;
    return true;
}

static void go(walk *w, size_t from, size_t to, int more_words)
{
    for (size_t spare = 0; spare <= LETTERS_SPARE; spare++)
        if (w->words[spare][from] + more_words < w->words[spare][to])
            w->words[spare][to] = w->words[spare][from] + more_words;
}

/* A word again is nothing new. */
static void take_word(walk *w, size_t at, tdm_str word, int cost)
{
    if (word.length < WORD_LEAST || !stands_at(w->text, at, word))
        return;
    for (size_t before = 0; cost > 0 && before + word.length <= at; before++)
        if (stands_at(w->text, before, word))
            cost = 0;
    go(w, at, at + word.length, cost);
}

static void take_list(walk *w, size_t at, tdm_str list)
{
    while (list.length > 0) {
        tdm_str line = tdm__str_trimmed(tdm__str_split(&list, '\n'));
        if (line.length > 0 && line.data[0] != '#')
            take_word(w, at, line, 1);
    }
}

/* The words of "Ann Example", of "ann.example". */
static void take_own(walk *w, size_t at, tdm_str own)
{
    size_t begin = 0;
    for (size_t i = 0; i <= own.length; i++)
        if (i == own.length || !is_letter(own.data[i])) {
            if (i > begin)
                take_word(w, at, (tdm_str){own.data + begin, i - begin}, 0);
            begin = i + 1;
        }
}

static void take_run(walk *w, size_t at)
{
    size_t end = at + 1;
    while (end < w->text.length && w->text.data[end] == w->text.data[at])
        end++;
    if (end - at >= RUN_LEAST)
        go(w, at, end, 0);
}

/* As far as the neighbours go from a place of the row; each shorter piece too. */
static void follow_row(walk *w, size_t at, tdm_str row, size_t key, bool forward)
{
    size_t left = forward ? row.length - key : key + 1;
    for (size_t i = 0; i < left && at + i < w->text.length; i++) {
        if (small_letter(w->text.data[at + i]) != row.data[forward ? key + i : key - i])
            return;
        if (i + 1 >= ROW_LEAST)
            go(w, at, at + i + 1, 0);
    }
}

static void take_row(walk *w, size_t at)
{
    static const tdm_str rows[] = {{"abcdefghijklmnopqrstuvwxyz", 26},
                                   {"qwertyuiop", 10},
                                   {"asdfghjkl", 9},
                                   {"zxcvbnm", 7},
                                   {"qazwsxedcrfvtgbyhnujmikolp", 26}};
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++)
        for (size_t key = 0; key < rows[r].length; key++)
            if (rows[r].data[key] == small_letter(w->text.data[at])) {
                follow_row(w, at, rows[r], key, true);
                follow_row(w, at, rows[r], key, false);
            }
}

static void take_one(walk *w, size_t at)
{
    char c = w->text.data[at];
    if ((unsigned char)c < 0x80 && !is_letter(c))
        go(w, at, at + 1, 0);
    for (size_t spare = 0; spare < LETTERS_SPARE; spare++)
        if (w->words[spare][at] < w->words[spare + 1][at + 1])
            w->words[spare + 1][at + 1] = w->words[spare][at];
}

bool tdm__password_is_common(tdm_str password, const tdm__common_words *words)
{
    walk w = {.text = password};
    if (password.length > LENGTH_MOST)
        return false;
    for (size_t spare = 0; spare <= LETTERS_SPARE; spare++)
        for (size_t at = 0; at <= LENGTH_MOST; at++)
            w.words[spare][at] = at == 0 && spare == 0 ? 0 : NEVER;
    for (size_t at = 0; at < password.length; at++) {
        take_one(&w, at);
        take_run(&w, at);
        take_row(&w, at);
        for (size_t i = 0; i < TDM__COMMON_LISTS; i++)
            take_list(&w, at, words->lists[i]);
        take_own(&w, at, words->account);
        take_own(&w, at, words->title);
        take_own(&w, at, words->team);
    }
    int fewest = NEVER;
    for (size_t spare = 0; spare <= LETTERS_SPARE; spare++)
        if (w.words[spare][password.length] < fewest)
            fewest = w.words[spare][password.length];
    return fewest <= WORDS_MOST;
}
