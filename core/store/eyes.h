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

/* The same of one child, which `column` names: for rows that are looked at one by one. */
#define TDM__CHILD_IS_ALLOWED(column)                                                                        \
    "(EXISTS (SELECT 1 FROM allocation AS a WHERE a.account = ?1 AND a.child_id = " column                   \
    " AND a.since <= ?3 AND a.until >= ?3)"                                                                  \
    " OR EXISTS (SELECT 1 FROM allocation AS a WHERE a.team = ?2 AND a.child_id = " column                   \
    " AND a.since <= ?3 AND a.until >= ?3)"                                                                  \
    " OR EXISTS (SELECT 1 FROM opening AS o WHERE o.account = ?1 AND o.child_id = " column                   \
    " AND o.from_time <= ?4 AND o.until_time > ?4))"

#define TDM__EYES_CELLS 4
void tdm__eyes_cells(tdm__cell *out, const tdm__allowed *allowed);

#endif
