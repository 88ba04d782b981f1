/*
 * The words of person_words.h.
 */
#include "report/person_words.h"

#define HELD_CODE(name, code, words)  code,
#define HELD_WORDS(name, code, words) words,
static const char *const codes[] = {TDM__HELD_MAP(HELD_CODE)};
static const char *const words_of[] = {TDM__HELD_MAP(HELD_WORDS)};
#undef HELD_CODE
#undef HELD_WORDS

const char *tdm__held_code(tdm__held_why why)
{
    return codes[why];
}

const char *tdm__held_words(tdm__held_why why)
{
    return words_of[why];
}

const char *const tdm__person_explained[] = {
    "What this is. What the inputs hold on one person, every row in the words in which it was recorded, and "
    "why "
    "each is here: for a request under article 15 of the UK GDPR, or a court's bundle.",
    "What this is not. Nothing has been taken out, and nothing of it may be handed over before a person has "
    "looked "
    "at the third parties below. What agencies hold beyond these inputs is not here. Prompts and checks are "
    "worked "
    "out anew from these rows and are held nowhere.",
    NULL,
};

const char *const tdm__third_parties_explained[] = {
    "Whoever else is spoken of, so that a person can decide what is taken out (Data Protection Act 2018, "
    "schedule "
    "2, part 3: with that person's consent, or where it is reasonable without; for what health, social and "
    "education workers did at work, that is the rule).",
    "Found: other children and people of the inputs, workers, references of agencies, and what has the form "
    "of a "
    "telephone or NHS number, an e-mail or postal address, a date of birth or a name behind a word such as "
    "mum.",
    "Not found: names that no list gave, names that are misspelt, people who are spoken of by what they are "
    "to the "
    "child, and events that only one family had. Read every row.",
    NULL,
};

static void put_if(tdm__text *out, const char *before, tdm_str text)
{
    if (text.length == 0)
        return;
    tdm__text_puts(out, before);
    tdm__text_add(out, text);
}

static void put_child_line(tdm__text *out, const tdm__person_report *report)
{
    char words[TDM__CHILD_WORDS_SIZE];
    const tdm__child *child = tdm__chronology_child(report->run->chronology, report->child);
    tdm__child_words(words, report->run, child);
    tdm__text_puts(out, "a child of the inputs, ");
    tdm__text_puts(out, words);
    put_if(out, ", sex ", child->sex);
    put_if(out, ", area ", child->area);
    put_if(out, ", household ", child->household);
}

bool tdm__put_person_line(tdm__text *out, const tdm__person_report *report, size_t line)
{
    bool is_child = report->child != TDM_NO_INDEX;
    if (is_child && line == 0) {
        put_child_line(out, report);
        return true;
    }
    line -= is_child ? 1 : 0;
    if (line >= report->person_count)
        return false;
    const tdm__person *person = report->people[line];
    tdm__text_puts(out, "a person of the inputs");
    put_if(out, ", role ", person->role);
    put_if(out, ", household ", person->household);
    return true;
}

void tdm__put_held_why(tdm__text *out, const tdm__held_row *row)
{
    bool any = false;
    for (int why = 0; why < TDM__HELD_WHYS; why++) {
        if (!(row->why & (uint32_t)1 << why))
            continue;
        tdm__text_puts(out, any ? "; " : "");
        tdm__text_puts(out, words_of[why]);
        any = true;
    }
}

static bool has_household(const tdm__person_report *report)
{
    for (size_t i = 0; i < report->person_count; i++)
        if (report->people[i]->household.length > 0)
            return true;
    return false;
}

void tdm__put_person_scope(tdm__text *out, const tdm__person_report *report)
{
    tdm__text_puts(out, "Chosen: ");
    if (report->child != TDM_NO_INDEX)
        tdm__text_puts(out, "every row about this child, dated or not, those after the as-of day too; ");
    if (has_household(report))
        tdm__text_puts(out, "every row about a child of this person's household, because none says whom else "
                            "it is about; ");
    else if (report->person_count > 0)
        tdm__text_puts(out, "no row for a household, because the inputs give this person none; ");
    tdm__text_puts(out, "and any other row that names this person by the id");
    tdm__text_puts(out, report->with_names ? " or by the list of names. " : "; no list of names was given. ");
    tdm__text_printf(out, "%d %s, %d %s of third parties.", (int)report->row_count,
                     report->row_count == 1 ? "row" : "rows", (int)report->third_party_count,
                     report->third_party_count == 1 ? "mention" : "mentions");
}

bool tdm__person_concerns(const tdm__person_report *report, uint32_t child)
{
    if (child == report->child)
        return true;
    tdm_str household = tdm__chronology_child(report->run->chronology, child)->household;
    for (size_t i = 0; household.length > 0 && i < report->person_count; i++)
        if (tdm__str_equal(report->people[i]->household, household))
            return true;
    return false;
}

void tdm__put_person_score(tdm__text *out, const tdm_score *score)
{
    char day[TDM__WORDS_SIZE];
    tdm__day_words(day, tdm_score_date(score));
    tdm__text_puts(out, day);
    put_if(out, ", ", tdm_score_instrument(score));
    put_if(out, ", id ", tdm_score_assessment(score));
    put_if(out, ", child ", tdm_score_child(score));
}
