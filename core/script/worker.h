/*
 * The inside of a worker, for example_run.c.
 */
#ifndef TDM_SCRIPT_WORKER_H
#define TDM_SCRIPT_WORKER_H

#include "script/catalogue.h"

/* Registry references of one indicator in the state. */
typedef struct tdm__worker_entry {
    int chunk;
    int evaluate;
    int params;     /* the table of parameters that it was given last */
    bool runs_anew; /* evaluate holds locals of its file: the file is run again for every call */
} tdm__worker_entry;

struct tdm__worker {
    const tdm__catalogue *catalogue;
    tdm__sandbox sandbox;
    tdm__worker_entry *entries;
};

#endif
