/*
 * The style of the charts: which of the two layouts a page shows.
 */
#include "report/forms.h"

const char *const tdm__profile_style[] = {
    "figure.profile{margin:10px 0 16px}\n"
    ".chart{max-width:100%;height:auto}\n"
    ".chart.broad{display:block}.chart.narrow{display:none}\n"
    "@media "
    "(max-width:720px){.chart.broad{display:none}.chart.narrow{display:block;width:100%;max-width:520px}}\n"
    "@media "
    "print{.chart.broad{display:block}.chart.narrow{display:none}figure.profile{break-inside:avoid}}\n",
    NULL,
};
