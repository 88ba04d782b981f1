/*
 * How much differs.
 */
#include "report/diff.h"

tdm__diff_counts tdm__diff_count(const tdm__diff_report *report)
{
    tdm__diff_counts counts = {.same = 0};
    for (size_t c = 0; c < report->rows->child_count; c++) {
        const tdm__child_difference *child = &report->rows->children[c];
        counts.same += child->same;
        counts.children += child->field_count > 0 || child->before != child->after ? 1 : 0;
        for (size_t i = 0; i < child->row_count; i++)
            counts.of[child->rows[i].change]++;
    }
    return counts;
}

bool tdm__diff_any(const tdm__diff_report *report)
{
    tdm__diff_counts counts = tdm__diff_count(report);
    bool any = counts.children > 0 || report->assessment_count > 0;
    for (size_t i = 0; i <= TDM__ROW_PERHAPS_CHANGED; i++)
        any = any || counts.of[i] > 0;
    return any;
}
