/*
 * The words.
 */
#include "guard/roles.h"

#include <string.h>

#define WORDS_MAX 64

static const tdm__role roles[] = {
    {"mother", "Mother", false},
    {"mum", "Mother", false},
    {"mam", "Mother", false},
    {"mummy", "Mother", false},
    {"father", "Father", false},
    {"dad", "Father", false},
    {"daddy", "Father", false},
    {"stepmother", "Stepmother", false},
    {"stepmum", "Stepmother", false},
    {"stepfather", "Stepfather", false},
    {"stepdad", "Stepfather", false},
    {"parent", "Parent", false},
    {"partner", "Partner", false},
    {"sister", "Sister", false},
    {"brother", "Brother", false},
    {"sibling", "Sibling", false},
    {"half sister", "Half-sister", false},
    {"half brother", "Half-brother", false},
    {"grandmother", "Grandmother", false},
    {"grandma", "Grandmother", false},
    {"nan", "Grandmother", false},
    {"grandfather", "Grandfather", false},
    {"grandad", "Grandfather", false},
    {"aunt", "Aunt", false},
    {"auntie", "Aunt", false},
    {"uncle", "Uncle", false},
    {"cousin", "Cousin", false},
    {"carer", "Carer", false},
    {"foster carer", "Foster carer", false},
    {"guardian", "Guardian", false},
    {"neighbour", "Neighbour", false},
    {"health visitor", "HV", true},
    {"hv", "HV", true},
    {"social worker", "SW", true},
    {"sw", "SW", true},
    {"family support worker", "FSW", true},
    {"support worker", "Worker ", true},
    {"worker", "Worker ", true},
    {"school nurse", "School nurse ", true},
    {"nurse", "Nurse ", true},
    {"midwife", "Midwife ", true},
    {"gp", "GP", true},
    {"doctor", "Doctor ", true},
    {"paediatrician", "Paediatrician ", true},
    {"dentist", "Dentist ", true},
    {"head teacher", "Head teacher ", true},
    {"headteacher", "Head teacher ", true},
    {"teacher", "Teacher ", true},
    {"designated safeguarding lead", "DSL", true},
    {"dsl", "DSL", true},
    {"police officer", "Police officer ", true},
    {"police constable", "Police officer ", true},
    {"pc", "Police officer ", true},
    {"probation officer", "Probation officer ", true},
    {"housing officer", "Housing officer ", true},
    {"independent reviewing officer", "IRO", true},
    {"iro", "IRO", true},
    {"chair", "Chair ", true},
    {"manager", "Manager ", true},
    {"team manager", "Manager ", true},
    {"assessor", "Assessor ", true},
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* Lower-case ASCII with single spaces; "" for what does not fit and so is none of ours. */
static void spaced(char out[WORDS_MAX], tdm_str text)
{
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && c != ' ' && c != '-' && c != '_' && c != '/' && c != ',' && c != '.' && c != '\'')
            c = '?';
        if (!letter && c != '?')
            c = ' ';
        if (c == ' ' && (length == 0 || out[length - 1] == ' '))
            continue;
        if (length + 1 >= WORDS_MAX) {
            length = 0;
            break;
        }
        out[length++] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    while (length > 0 && out[length - 1] == ' ')
        length--;
    out[length] = '\0';
}

/* Whether `words` stand in the text as whole words. */
static bool holds_words(const char *text, const char *words)
{
    size_t length = strlen(words);
    for (const char *at = strstr(text, words); at; at = strstr(at + 1, words))
        if ((at == text || at[-1] == ' ') && (at[length] == '\0' || at[length] == ' '))
            return true;
    return false;
}

const tdm__role *tdm__role_in(tdm_str text)
{
    char room[WORDS_MAX];
    const tdm__role *best = NULL;
    spaced(room, text);
    for (size_t i = 0; room[0] && i < COUNT(roles); i++)
        if (holds_words(room, roles[i].words) && (!best || strlen(roles[i].words) > strlen(best->words)))
            best = &roles[i];
    return best;
}

const char *tdm__role_words(size_t *at, const char *code)
{
    while (*at < COUNT(roles))
        if (strcmp(roles[(*at)++].code, code) == 0)
            return roles[*at - 1].words;
    return NULL;
}

bool tdm__is_role_code(tdm_str text)
{
    for (size_t i = 0; i < COUNT(roles); i++) {
        tdm_str code = tdm__str(roles[i].code);
        int64_t number;
        if (roles[i].is_worker && tdm__str_starts(text, code) &&
            tdm__str_to_int64(&number, (tdm_str){text.data + code.length, text.length - code.length}) &&
            number > 0)
            return true;
    }
    return false;
}

static bool is_one_of(tdm_str word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (tdm__str_equal(word, tdm__str(words[i])))
            return true;
    return false;
}

static bool is_role_word(tdm_str word)
{
    static const char *const between[] = {"s",        "of",      "the",   "and",    "maternal",
                                          "paternal", "step",    "birth", "former", "ex",
                                          "senior",   "student", "duty",  "deputy", "class"};
    if (is_one_of(word, between, COUNT(between)))
        return true;
    for (size_t i = 0; i < COUNT(roles); i++)
        for (tdm_str rest = tdm__str(roles[i].words); rest.length > 0;)
            if (tdm__str_equal(tdm__str_split(&rest, ' '), word))
                return true;
    return false;
}

bool tdm__is_role(tdm_str text)
{
    char room[WORDS_MAX];
    spaced(room, text);
    tdm_str rest = tdm__str(room);
    bool is_role = rest.length > 0;
    while (is_role && rest.length > 0)
        is_role = is_role_word(tdm__str_split(&rest, ' '));
    return is_role;
}

bool tdm__calls_for_name(tdm_str folded)
{
    static const char *const words[] = {
        "mum",     "mam",        "mummy",   "mother", "dad",     "daddy",   "father",      "stepmother",
        "stepmum", "stepfather", "stepdad", "sister", "brother", "sibling", "baby",        "aunt",
        "auntie",  "uncle",      "cousin",  "nan",    "grandma", "grandad", "grandmother", "grandfather",
        "partner", "mr",         "mrs",     "ms",     "miss",    "dr",      "pc",
    };
    return is_one_of(folded, words, COUNT(words));
}

bool tdm__is_no_name(tdm_str folded)
{
    static const char *const words[] = {
        "i",         "monday",   "tuesday",  "wednesday", "thursday", "friday", "saturday", "sunday",
        "january",   "february", "march",    "april",     "may",      "june",   "july",     "august",
        "september", "october",  "november", "december",  "a",        "e",      "ed",       "nhs",
        "mash",      "camhs",    "cpn",      "cp",        "cin",      "tac",    "icpc",     "rcpc",
        "school",    "nursery",  "child",    "baby",      "mr",       "mrs",    "ms",       "miss",
        "dr",        "health",   "social",   "police",    "foster",   "head",   "team",     "family",
    };
    return tdm__is_role(folded) || is_one_of(folded, words, COUNT(words));
}
