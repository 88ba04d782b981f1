/*
 * The table of acting.h.
 */
#include "base/acting.h"

static const struct {
    uint32_t first, last;
} acting[] = {
    {0x0000, 0x001F}, {0x007F, 0x009F}, {0x061C, 0x061C}, {0x200E, 0x200F}, {0x2028, 0x202E},
    {0x2066, 0x2069}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xFFFE, 0xFFFF}, {0xE0000, 0xE007F},
};

bool tdm__acts(uint32_t code_point)
{
    for (size_t i = 0; i < sizeof acting / sizeof acting[0]; i++)
        if (code_point >= acting[i].first && code_point <= acting[i].last)
            return true;
    return false;
}

void tdm__put_shown(tdm__text *out, tdm_str text)
{
    for (size_t at = 0; at < text.length;) {
        size_t from = at;
        uint32_t code_point = tdm__utf8_next(text, &at);
        bool stays = code_point == '\n' || code_point == '\r' || code_point == '\t' || !tdm__acts(code_point);
        if (stays)
            tdm__text_bytes(out, text.data + from, at - from);
        else
            tdm__text_printf(out, code_point < 0xA0 ? "\\x%02x" : "<U+%04X>", (unsigned)code_point);
    }
}
