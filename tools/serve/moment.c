/*
 * The clock of the server: what a call is told of the time, and what stands in the log.
 */
#include "serve.h"

#include "command.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

int64_t now_seconds(void)
{
    return (int64_t)time(NULL);
}

tdm_day now_day(void)
{
    char text[11];
    tdm_day day;
    today_text(text);
    return tdm_day_parse_iso(&day, (tdm_str){text, strlen(text)}) ? day : TDM_DAY_NONE;
}

void now_text(char out[32])
{
    struct timespec now;
    struct tm parts;
    char seconds[24];
    clock_gettime(CLOCK_REALTIME, &now);
    if (!gmtime_r(&now.tv_sec, &parts) || strftime(seconds, sizeof seconds, "%Y-%m-%dT%H:%M:%S", &parts) == 0)
        seconds[0] = '\0';
    snprintf(out, 32, "%s.%03dZ", seconds, (int)(now.tv_nsec / 1000000 % 1000));
}
