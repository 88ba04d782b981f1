/*
 * The account of one input: every row it holds was read or set aside.
 */
#ifndef TDM_BASE_ACCOUNT_H
#define TDM_BASE_ACCOUNT_H

#include <tidemark/base.h>

/* read + set_aside == rows. */
typedef struct tdm__account {
    tdm_str file;
    tdm_str sheet;
    int64_t rows, read, set_aside;
} tdm__account;

#endif
