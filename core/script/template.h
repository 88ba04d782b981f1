/*
 * Templates: text with {names}. What the names stand for is the caller's.
 */
#ifndef TDM_SCRIPT_TEMPLATE_H
#define TDM_SCRIPT_TEMPLATE_H

#include "base/text.h"

typedef enum tdm__piece { TDM__PIECE_END, TDM__PIECE_TEXT, TDM__PIECE_NAME, TDM__PIECE_BAD } tdm__piece;

/* Takes the next piece off *rest. A name is made of a-z and '_' in braces; anything else in braces, or
 * a brace without its other, is bad. */
tdm__piece tdm__template_next(tdm_str *rest, tdm_str *piece);
bool tdm__template_valid(tdm_str text);
bool tdm__template_uses(tdm_str text, tdm_str name);

#endif
