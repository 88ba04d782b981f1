/*
 * The children somebody may see, as a part of statements.
 */
#ifndef TDM_STORE_EYES_H
#define TDM_STORE_EYES_H

#include "store/allocations.h"
#include "store/rows.h"

/* Takes ?1 account, ?2 team, ?3 day, ?4 time; "" finds no row, because none is stored. */
#define TDM__CHILDREN_ALLOWED                                                                                \
    "(SELECT child_id FROM allocation WHERE account = ?1 AND since <= ?3 AND until >= ?3"                    \
    " UNION SELECT child_id FROM allocation WHERE team = ?2 AND since <= ?3 AND until >= ?3"                 \
    " UNION SELECT child_id FROM opening WHERE account = ?1 AND from_time <= ?4 AND until_time > ?4)"

#define TDM__EYES_CELLS 4
void tdm__eyes_cells(tdm__cell *out, const tdm__allowed *allowed);

#endif
