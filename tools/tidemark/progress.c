/*
 * How far the work has come, shown on stderr: for people one line, for programs JSON lines. How often the
 * library tells is its business; when it is shown is decided here, by the clock.
 */
#include "command.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define BETWEEN_MS 1000

static struct {
    enum { NOTHING, LINE, JSON } form;
    int64_t shown_ms; /* when last, or when the work began */
    int width;        /* of the line that stands there now */
    bool told;        /* something has come that was not shown */
    tdm_progress last;
} progress;

void progress_start(const common_options *options)
{
    const char *form = options->progress ? options->progress : isatty(STDERR_FILENO) ? "line" : "none";
    progress.form = strcmp(form, "json") == 0 ? JSON : strcmp(form, "line") == 0 ? LINE : NOTHING;
    progress.shown_ms = monotonic_ms();
}

/* By spaces, not by a code that a terminal may not know. */
void progress_clear(void)
{
    if (progress.width == 0)
        return;
    fprintf(stderr, "\r%*s\r", progress.width, "");
    fflush(stderr);
    progress.width = 0;
}

static void show_line(const tdm_progress *p)
{
    char text[120];
    bool bytes = strcmp(p->unit, "bytes") == 0;
    double done = (double)p->done / (bytes ? 1e6 : 1), total = (double)p->total / (bytes ? 1e6 : 1);
    const char *unit = bytes ? "MB" : p->unit;
    int length = p->total > 0 ? snprintf(text, sizeof text, "%s: %.0f of %.0f %s, %d %%", p->stage, done,
                                         total, unit, (int)(100 * done / total))
                              : snprintf(text, sizeof text, "%s: %.0f %s", p->stage, done, unit);
    progress_clear();
    fprintf(stderr, "%s", text);
    fflush(stderr);
    progress.width = length;
}

/* Strings of the library are words: nothing in them needs an escape. */
static void show_json(const tdm_progress *p)
{
    fprintf(stderr, "{\"progress\":{\"stage\":\"%s\",\"unit\":\"%s\",\"done\":%llu,\"total\":", p->stage,
            p->unit, (unsigned long long)p->done);
    if (p->total > 0)
        fprintf(stderr, "%llu}}\n", (unsigned long long)p->total);
    else
        fprintf(stderr, "null}}\n");
    fflush(stderr);
}

void progress_tell(const tdm_progress *now, void *payload)
{
    (void)payload;
    if (progress.form == NOTHING)
        return;
    int64_t ms = monotonic_ms();
    progress.last = *now;
    progress.told = true;
    if (ms - progress.shown_ms < BETWEEN_MS)
        return;
    (progress.form == JSON ? show_json : show_line)(now);
    progress.shown_ms = ms;
    progress.told = false;
}

void progress_end(void)
{
    progress_clear();
    if (progress.form == JSON && progress.told)
        show_json(&progress.last);
    progress.form = NOTHING;
}
