/*
 * Which entries are looked for.
 */
#include "guard/identities.h"
#include "guard/roles.h"

/* In which order groups are added (the first label of a form stands), and which ids of each tell. */
static const struct {
    tdm__group group;
    bool words;       /* letters alone will do, where they are no role */
    size_t min_bytes; /* letters and digits that an id with a digit has at least */
} searched[] = {
    {TDM__GROUP_NAME, true, 1},      {TDM__GROUP_CHILD, true, 2},      {TDM__GROUP_NUMBER, false, 2},
    {TDM__GROUP_PERSON, true, 2},    {TDM__GROUP_ROLE, true, 2},       {TDM__GROUP_AREA, true, 3},
    {TDM__GROUP_CASE, false, 3},     {TDM__GROUP_HOUSEHOLD, false, 3}, {TDM__GROUP_REFERENCE, false, 3},
    {TDM__GROUP_INCIDENT, false, 3}, {TDM__GROUP_EPISODE, false, 3},   {TDM__GROUP_ASSESSMENT, false, 3},
};

static size_t letters_and_digits(tdm_str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        count += c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
    return count;
}

static bool is_searched(tdm_str original, size_t row)
{
    size_t bytes = letters_and_digits(original);
    if (searched[row].group == TDM__GROUP_NAME)
        return bytes > 0;
    if (bytes < searched[row].min_bytes)
        return false;
    return tdm__is_telling_id(original) ||
           (searched[row].words && tdm__has_letter(original) && !tdm__is_role(original));
}

tdm_status tdm__identities_add_birth(tdm__known *known, tdm_str child_code, tdm_str date)
{
    tdm_date day;
    tdm__text label;
    if (tdm_date_parse(&day, NULL, date, NULL) != TDM_OK || day.from != day.to)
        return TDM_OK;
    tdm__text_init(&label, known->wanted.allocator);
    tdm__text_add(&label, child_code);
    tdm__text_puts(&label, " born");
    tdm_status status = label.failed ? TDM_NO_MEMORY
                                     : tdm__known_add_birth(known, day.from, tdm__text_str(&label));
    tdm__text_free(&label);
    return status;
}

tdm_status tdm__identities_add(tdm__known *known, const tdm__key *key)
{
    tdm_status status = TDM_OK;
    for (size_t row = 0; row < sizeof searched / sizeof *searched; row++)
        for (size_t i = 0; i < tdm__key_count(key) && status == TDM_OK; i++) {
            const tdm__key_entry *entry = tdm__key_at(key, i);
            /* What is its own code has nothing to hide. */
            bool hides = !tdm__str_equal(entry->original, entry->code);
            if (hides && entry->group == searched[row].group && is_searched(entry->original, row))
                status = tdm__known_add(known, entry->original, entry->code);
        }
    return status;
}
