/*
 * Characters that do something where they are shown: act on a terminal, turn or break a line, hide. Writers
 * show them as codes.
 */
#ifndef TDM_BASE_ACTING_H
#define TDM_BASE_ACTING_H

#include "base/text.h"

/* Controls, line ends and tabs too; direction marks and overrides, line separators, tags, and what XML 1.0
 * does not admit. */
bool tdm__acts(uint32_t code_point);
/* Appends valid UTF-8 with what acts as \x1b or <U+202E>, but for tabs and line ends. */
void tdm__put_shown(tdm__text *out, tdm_str text);

#endif
