/*
 * A file of a vault: open bytes, as SQLite asks for them, to closed pieces on the disk and back. Internal to
 * the vault.
 *
 * Main file: 64 bytes in the clear ("TIDEMARK STORE 1", 16 random bytes that name the file, the rest zero),
 * then its pages. Log: its header, then for each frame the frame's header and its page. Each is a piece,
 * closed with tdm__page_close for its table (below), the file's name and its number.
 */
#ifndef TDM_STORE_VAULT_FILE_H
#define TDM_STORE_VAULT_FILE_H

#include "guard/cipher.h"
#include "store/vault.h"

#define TDM__VAULT_MAGIC        "TIDEMARK STORE 1"
#define TDM__VAULT_ID_BYTES     16
#define TDM__VAULT_HEADER_BYTES 64
#define TDM__VAULT_CLOSED(length)                                                                            \
    (((length) / TDM__PAGE_PADDING_BYTES + 1) * TDM__PAGE_PADDING_BYTES + TDM__PAGE_FRAME_BYTES)

struct tdm__vault {
    sqlite3_vfs files; /* what SQLite is given */
    sqlite3_vfs *system;
    tdm_allocator allocator;
    const tdm__ring *ring;
    char name[40];
};

typedef struct tdm__vault_file {
    sqlite3_file base; /* what SQLite is given */
    const tdm__vault *vault;
    enum { TDM__VAULT_PLAIN, TDM__VAULT_MAIN, TDM__VAULT_LOG } kind;
    unsigned char id[TDM__VAULT_ID_BYTES];
    bool ran_out;        /* of memory, in some read */
    sqlite3_file *inner; /* of the system; behind this struct */
} tdm__vault_file;

extern const sqlite3_io_methods tdm__vault_methods;

/* One piece: where it stands open, and where closed. */
typedef struct tdm__vault_piece {
    const char *table;
    int64_t number; /* from 1; 0: the log's header */
    int64_t start, length;
    int64_t closed_start, closed_length;
} tdm__vault_piece;

/* The piece that holds an open byte; the piece of a page of the main file has the page's number. */
tdm__vault_piece tdm__vault_piece_at(const tdm__vault_file *file, int64_t offset);

/* What was seen of a piece. */
typedef struct tdm__vault_look {
    tdm_status status; /* of tdm__page_open; TDM_IO: not read */
    uint32_t key;      /* that it was closed with */
    bool is_whole;     /* looked at only where it did not open */
} tdm__vault_look;

/* Reads and opens a piece. SQLite's codes; SQLITE_IOERR_SHORT_READ: it is not there, or not all of it. */
int tdm__vault_open_piece(tdm__secret *out, tdm__vault_look *look, const tdm__vault_file *file,
                          const tdm__vault_piece *piece);
/* Names an empty main file, or finds out whether it is closed. */
int tdm__vault_begin(tdm__vault_file *file, bool closes_empty);

#endif
