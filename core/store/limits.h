/*
 * Rows that are limited to named agencies, seen through the eyes of an account of one agency: which of them
 * are withheld, as a part of statements, and how many. Everything that is read in a piece of work which has
 * such eyes leaves them out; a work without sees all.
 *
 * A row that carries the fact `limited_to` is for the agency that wrote it and for those named there. Once a
 * version of an entry is limited so, all its versions are, until a later one that a person typed is for the
 * eyes: a return that comes again says nothing of what was decided by hand. Versions up to the last limited
 * one stay withheld.
 */
#ifndef TDM_STORE_LIMITS_H
#define TDM_STORE_LIMITS_H

#include "store/live.h"

/* Bound by tdm__store_bind in every statement that has them: agency, account, second. NULL agency: sees all.
 */
#define TDM__EYES_FIRST 30

/* Sources in the order of their coming. */
#define TDM__ROW_RANK_OF(s) "(" s ".received * 4294967296 + " s ".source_no)"

/* Whether the agency is among those of a fact f; "" is among none. */
#define TDM__AMONG(agency) "instr(' ' || f.value || ' ', ' ' || " agency " || ' ') > 0"

/* Entries (child_id, entry, rank of the last version) that are not for the eyes. `of`: a condition on
 * f.child_id. */
#define TDM__NOT_FOR_EYES(of)                                                                                \
    "(SELECT f.child_id, coalesce(fv.id, fe.id) AS entry, max(" TDM__ROW_RANK_OF(                            \
        "fs") ") AS rank"                                                                                    \
              " FROM fact AS f INDEXED BY fact_limited JOIN event AS fe ON fe.child_id = f.child_id AND "    \
              "fe.sort_day = f.sort_day"                                                                     \
              " AND fe.seq = f.seq JOIN source AS fs ON fs.source_no = fe.source_no LEFT JOIN "              \
              "event_version AS fv"                                                                          \
              " ON fv.child_id = fe.child_id AND fv.version_id = fe.id WHERE f.key = 'limited_to' AND " of   \
              " AND ?30 IS NOT NULL AND fe.agency <> ?30 AND NOT " TDM__AMONG(                               \
                  "?30") " AND NOT EXISTS (SELECT 1 FROM opening AS o WHERE o.account = ?31 AND o.child_id " \
                         "= f.child_id"                                                                      \
                         " AND o.from_time <= ?32 AND o.until_time > ?32 AND o.limited_as IS NOT NULL"       \
                         " AND (fe.agency = o.limited_as OR " TDM__AMONG("o.limited_as") ")) GROUP BY 1, 2)"

/* The rows of the entry of l. */
#define TDM__ROWS_OF_ENTRY(e)                                                                                \
    e ".child_id = l.child_id AND " e ".id IN (SELECT l.entry UNION ALL SELECT lv.version_id"                \
      " FROM event_version AS lv WHERE lv.child_id = l.child_id AND lv.id = l.entry)"

#define TDM__LIMIT_LIFTED                                                                                    \
    "EXISTS (SELECT 1 FROM event AS te JOIN source AS ts ON ts.source_no = te.source_no "                    \
    "WHERE " TDM__ROWS_OF_ENTRY("te") " AND ts.format = '" TDM__FORMAT_ENTERED                               \
                                      "' AND " TDM__ROW_RANK_OF("ts") " > l.rank)"

/* Rows (child_id, sort_day, seq, source_no, entry) that the eyes are not given. */
#define TDM__WITHHELD_ROWS(of)                                                                               \
    "(SELECT we.child_id, we.sort_day, we.seq, we.source_no, l.entry FROM " TDM__NOT_FOR_EYES(               \
        of) " AS l JOIN event AS we ON " TDM__ROWS_OF_ENTRY("we") " JOIN source AS ws"                       \
                                                                  " ON ws.source_no = we.source_no "         \
                                                                  "WHERE " TDM__ROW_RANK_OF(                 \
                                                                      "ws") " <= l.rank OR "                 \
                                                                            "NOT " TDM__LIMIT_LIFTED ")"

/* Entries (child_id, entry) of which the eyes are given no version. */
#define TDM__WITHHELD_ENTRIES(of)                                                                            \
    "(SELECT l.child_id, l.entry FROM " TDM__NOT_FOR_EYES(of) " AS l WHERE NOT " TDM__LIMIT_LIFTED ")"

/*
 * Whether a prompt p says nothing that rests on a withheld entry, of its child or of another one of the
 * household. All prompts of one indicator of a child have one sentence, so that what rests on such an entry
 * takes the others with it. Evidence names entries by their 16 hex digits.
 */
#define TDM__PROMPT_FOR_EYES                                                                                 \
    "(?30 IS NULL OR NOT EXISTS (SELECT 1 FROM " TDM__WITHHELD_ENTRIES(                                      \
        "f.child_id IN (SELECT p.child_id UNION ALL SELECT h.id FROM child AS h WHERE h.household ="         \
        " (SELECT household FROM child AS hc WHERE hc.id = p.child_id))") " AS x JOIN prompt AS q"           \
                                                                          " ON q.child_id = p.child_id AND " \
                                                                          "q.indicator = p.indicator"        \
                                                                          " AND instr(q.evidence, "          \
                                                                          "printf('%016x', x.entry)) > 0))"

#endif
