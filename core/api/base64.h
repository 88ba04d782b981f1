/*
 * Base64 (RFC 4648) of contents that are not text.
 */
#ifndef TDM_API_BASE64_H
#define TDM_API_BASE64_H

#include "base/text.h"

/* TDM_INVALID_INPUT when it is not base64 with its padding; line ends are not allowed. */
tdm_status tdm__base64_decode(tdm_str *out, tdm__arena *arena, tdm_str text);

/* Appends the bytes as base64, padded where their number is no multiple of three. */
void tdm__base64_put(tdm__text *out, tdm_str bytes);

#endif
