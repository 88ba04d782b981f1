/*
 * The table of codes and what they stand for. Every original of a group has one code for ever, so that the
 * same records give the same codes next time; new ones are added, none is taken out. Which original gets
 * which kind of code is said here too; finding them in records is not.
 */
#ifndef TDM_GUARD_KEY_H
#define TDM_GUARD_KEY_H

#include "base/hash.h"
#include "guard/seal.h"

/* X(NAME, name in the file, base of its codes) */
#define TDM__GROUP_MAP(X)                                                                                    \
    X(CHILD, "child", "Child ")                                                                              \
    X(PERSON, "person", "Person ")                                                                           \
    X(ROLE, "role", "Worker ")                                                                               \
    X(CASE, "case", "Case ")                                                                                 \
    X(HOUSEHOLD, "household", "Household ")                                                                  \
    X(AREA, "area", "Area ")                                                                                 \
    X(AGENCY, "agency", "agency-")                                                                           \
    X(REFERENCE, "reference", "Reference ")                                                                  \
    X(INCIDENT, "incident", "Incident ")                                                                     \
    X(EPISODE, "episode", "Episode ")                                                                        \
    X(ASSESSMENT, "assessment", "Assessment ")                                                               \
    X(EVENT, "event", "")                                                                                    \
    X(SOURCE, "source", "Source ")                                                                           \
    X(FILE, "file", "File ")                                                                                 \
    X(SHEET, "sheet", "Sheet ")                                                                              \
    X(MAP, "map", "Map ")                                                                                    \
    X(HASH, "hash", "Hash ")                                                                                 \
    X(NAME, "name", "")     /* names and nicknames of a list: several may have one code */                   \
    X(NUMBER, "number", "") /* an agency's number of a child: likewise */                                    \
    X(BIRTH, "birth", "")   /* of a child's code: the date before it was reduced */                          \
    X(MARK, "mark", "")     /* in free text: a mark and the letters that it stands for */

#define TDM__GROUP_ENUM(name, text, base) TDM__GROUP_##name,
typedef enum tdm__group { TDM__GROUP_MAP(TDM__GROUP_ENUM) TDM__GROUPS } tdm__group;
#undef TDM__GROUP_ENUM

typedef struct tdm__key_entry {
    tdm__group group;
    tdm_str code, original;
} tdm__key_entry;

typedef struct tdm__key tdm__key;

tdm_status tdm__key_new(tdm__key **out, const tdm_allocator *allocator);
void tdm__key_free(tdm__key *key); /* accepts NULL */

const tdm_allocator *tdm__key_allocator(const tdm__key *key);
size_t tdm__key_count(const tdm__key *key);
const tdm__key_entry *tdm__key_at(const tdm__key *key, size_t index);
/* The entry of an original, or of a code; NULL where there is none. A failed allocation is kept and comes
 * out of tdm__key_failed and of the next tdm__key_add. NAME and NUMBER are found by original only, BIRTH by
 * code only. */
bool tdm__key_failed(const tdm__key *key);
const tdm__key_entry *tdm__key_by_original(tdm__key *key, tdm__group group, tdm_str original);
const tdm__key_entry *tdm__key_by_code(tdm__key *key, tdm__group group, tdm_str code);
/* TDM_CONFLICT: the code or the original has an entry already. A BIRTH that is there gets the new original.
 */
tdm_status tdm__key_add(tdm__key *key, tdm__group group, tdm_str code, tdm_str original);
/* The next number behind a base, from 1. TDM_NO_MEMORY. */
tdm_status tdm__key_number(uint32_t *out, tdm__key *key, tdm_str base);

/*
 * The code of an original, made where it has none.
 *
 * out   lives as long as the key
 * hint  a person's role as the record has it; "" not known
 */
tdm_status tdm__key_code(tdm_str *out, tdm__key *key, tdm__group group, tdm_str original, tdm_str hint);
/* A mark for letters of a free text that mean `label`: "[Child 1]", "[Child 1/2]" for other letters. */
tdm_status tdm__key_mark(tdm_str *out, tdm__key *key, tdm_str label, tdm_str letters);

/* Names of a list: CSV with the headings original and code. A code may be an id of the records: then it is
 * the code of that child or person; empty: the next person's. Errors carry file and line. */
tdm_status tdm__key_read_names(tdm__key *key, tdm_str csv, tdm_str file, tdm_error *error);

/* The table as JSON, and from it. */
tdm_status tdm__key_write(const tdm__key *key, const tdm_allocator *allocator, tdm_sink sink);
tdm_status tdm__key_read(tdm__key **out, const tdm_allocator *allocator, tdm_str json, tdm_str file,
                         tdm_error *error);
/* The same under a passphrase. */
tdm_status tdm__key_seal(tdm__text *out, const tdm__key *key, tdm_str passphrase, tdm__seal_cost cost,
                         tdm_error *error);
tdm_status tdm__key_unseal(tdm__key **out, const tdm_allocator *allocator, tdm_str sealed, tdm_str passphrase,
                           tdm_str file, tdm_error *error);

#endif
