/*
 * See vault_file.h. What is read is authenticated before SQLite sees a byte of it; what does not open is an
 * error and never zero bytes, but for two reads that SQLite makes before it knows what is whole.
 */
#include "store/vault_file.h"

#include <string.h>

enum {
    PAGE = TDM__VAULT_PAGE_BYTES,
    CLOSED_PAGE = TDM__VAULT_CLOSED(PAGE),
    LOG_HEADER = 32, /* https://www.sqlite.org/fileformat2.html#the_write_ahead_log */
    FRAME_HEADER = 24,
    FRAME = FRAME_HEADER + PAGE,
    CLOSED_LOG_HEADER = TDM__VAULT_CLOSED(LOG_HEADER),
    CLOSED_FRAME_HEADER = TDM__VAULT_CLOSED(FRAME_HEADER),
    CLOSED_FRAME = CLOSED_FRAME_HEADER + CLOSED_PAGE,
    FIRST_LOOK = 100 /* SQLite reads so much of a file before it takes a lock */
};

/* --- where pieces stand --- */

static tdm__vault_piece page_piece(int64_t offset)
{
    int64_t index = offset / PAGE;
    return (tdm__vault_piece){
        "store", index + 1, index * PAGE, PAGE, TDM__VAULT_HEADER_BYTES + index * CLOSED_PAGE, CLOSED_PAGE};
}

static tdm__vault_piece log_piece(int64_t offset)
{
    if (offset < LOG_HEADER)
        return (tdm__vault_piece){"log", 0, 0, LOG_HEADER, 0, CLOSED_LOG_HEADER};
    int64_t frame = (offset - LOG_HEADER) / FRAME;
    int64_t start = LOG_HEADER + frame * FRAME, closed = CLOSED_LOG_HEADER + frame * CLOSED_FRAME;
    if (offset < start + FRAME_HEADER)
        return (tdm__vault_piece){"log frame", frame + 1, start, FRAME_HEADER, closed, CLOSED_FRAME_HEADER};
    return (tdm__vault_piece){"log page", frame + 1, start + FRAME_HEADER, PAGE, closed + CLOSED_FRAME_HEADER,
                              CLOSED_PAGE};
}

tdm__vault_piece tdm__vault_piece_at(const tdm__vault_file *file, int64_t offset)
{
    return file->kind == TDM__VAULT_LOG ? log_piece(offset) : page_piece(offset);
}

/* Of a piece that is only half there nothing is there. */
static int64_t open_size(const tdm__vault_file *file, int64_t closed)
{
    if (file->kind == TDM__VAULT_MAIN)
        return closed <= TDM__VAULT_HEADER_BYTES ? 0
                                                 : (closed - TDM__VAULT_HEADER_BYTES) / CLOSED_PAGE * PAGE;
    if (closed < CLOSED_LOG_HEADER)
        return 0;
    int64_t frames = (closed - CLOSED_LOG_HEADER) / CLOSED_FRAME;
    int64_t rest = (closed - CLOSED_LOG_HEADER) % CLOSED_FRAME;
    return LOG_HEADER + frames * FRAME + (rest >= CLOSED_FRAME_HEADER ? FRAME_HEADER : 0);
}

/* Up to the end of the piece that the last open byte stands in. */
static int64_t closed_size(const tdm__vault_file *file, int64_t open)
{
    if (open == 0)
        return file->kind == TDM__VAULT_MAIN ? TDM__VAULT_HEADER_BYTES : 0;
    tdm__vault_piece last = tdm__vault_piece_at(file, open - 1);
    return last.closed_start + last.closed_length;
}

static tdm__page_place place_of(const tdm__vault_file *file, const tdm__vault_piece *piece)
{
    return (tdm__page_place){
        tdm__str(piece->table), {(const char *)file->id, sizeof file->id}, piece->number};
}

/* --- reading --- */

static int code_of(tdm_status status)
{
    switch (status) {
    case TDM_OK:
        return SQLITE_OK;
    case TDM_NO_MEMORY:
        return SQLITE_IOERR_NOMEM;
    case TDM_NOT_FOUND:
    case TDM_CONFLICT:
        return SQLITE_IOERR_AUTH;
    default:
        return SQLITE_IOERR_DATA;
    }
}

int tdm__vault_open_piece(tdm__secret *out, tdm__vault_look *look, const tdm__vault_file *file,
                          const tdm__vault_piece *piece)
{
    char closed[CLOSED_PAGE];
    const tdm__vault *vault = file->vault;
    const tdm_str bytes = {closed, (size_t)piece->closed_length};
    *out = (tdm__secret){&vault->allocator, NULL, 0};
    *look = (tdm__vault_look){.status = TDM_IO};
    int code = file->inner->pMethods->xRead(file->inner, closed, (int)piece->closed_length,
                                            piece->closed_start);
    if (code != SQLITE_OK)
        return code;
    look->status = tdm__page_open(out, &vault->allocator, vault->ring, place_of(file, piece), bytes, NULL);
    look->key = tdm__page_key_number(bytes);
    if (look->status == TDM_OK && out->length != (size_t)piece->length) {
        tdm__secret_free(out);
        look->status = TDM_INVALID_INPUT;
    }
    look->is_whole = look->status != TDM_OK && tdm__page_is_whole(bytes);
    return code_of(look->status);
}

/*
 * Before it has a lock SQLite looks at the beginning of the main file, which somebody may just be writing;
 * and after a crash it reads the log frame by frame to find where it is whole. Both see nothing there, and
 * SQLite goes on as with a page that is torn. A key that is missing is told here too.
 */
static bool may_be_torn(const tdm__vault_file *file, int amount, int64_t offset)
{
    if (file->kind == TDM__VAULT_MAIN)
        return offset == 0 && amount == FIRST_LOOK;
    return offset < LOG_HEADER || amount == FRAME;
}

static int read_pieces(tdm__vault_file *file, char *out, int amount, int64_t offset)
{
    bool torn = may_be_torn(file, amount, offset);
    memset(out, 0, (size_t)amount);
    while (amount > 0) {
        tdm__vault_look look;
        tdm__secret open;
        tdm__vault_piece piece = tdm__vault_piece_at(file, offset);
        int64_t from = offset - piece.start;
        int part = (int)(piece.length - from < amount ? piece.length - from : amount);
        int code = tdm__vault_open_piece(&open, &look, file, &piece);
        if (code == SQLITE_OK)
            memcpy(out, open.data + from, (size_t)part);
        else if (code == SQLITE_IOERR_DATA && torn)
            code = file->kind == TDM__VAULT_MAIN ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
        tdm__secret_free(&open);
        file->ran_out = file->ran_out || code == SQLITE_IOERR_NOMEM;
        if (code != SQLITE_OK)
            return code;
        out += part;
        offset += part;
        amount -= part;
    }
    return SQLITE_OK;
}

static tdm__vault_file *vault_file(sqlite3_file *base)
{
    return (tdm__vault_file *)base;
}

static int vault_read(sqlite3_file *base, void *out, int amount, sqlite3_int64 offset)
{
    tdm__vault_file *file = vault_file(base);
    if (file->kind == TDM__VAULT_PLAIN)
        return file->inner->pMethods->xRead(file->inner, out, amount, offset);
    return read_pieces(file, out, amount, offset);
}

/* --- writing --- */

static int write_piece(const tdm__vault_file *file, const tdm__vault_piece *piece, const char *bytes)
{
    tdm__text closed;
    tdm__text_init(&closed, &file->vault->allocator);
    int code = code_of(tdm__page_close(&closed, file->vault->ring, place_of(file, piece),
                                       (tdm_str){bytes, (size_t)piece->length}, NULL));
    if (code == SQLITE_OK)
        code = file->inner->pMethods->xWrite(file->inner, closed.data, (int)closed.length,
                                             piece->closed_start);
    tdm__text_free(&closed);
    return code;
}

/* SQLite may leave pages out that nothing stands in. On the disk none is left out, so that a page of zero
 * bytes is always a damaged one. */
static int fill_up_to(const tdm__vault_file *file, int64_t offset)
{
    static const char nothing[PAGE];
    sqlite3_int64 closed = 0;
    int code = file->inner->pMethods->xFileSize(file->inner, &closed);
    for (int64_t at = open_size(file, closed); code == SQLITE_OK && at < offset; at += PAGE) {
        tdm__vault_piece piece = page_piece(at);
        code = write_piece(file, &piece, nothing);
    }
    return code;
}

/* Whole pieces alone: SQLite writes nothing else where the device does not ask for whole sectors. */
static int write_pieces(const tdm__vault_file *file, const char *bytes, int amount, int64_t offset)
{
    int code = file->kind == TDM__VAULT_MAIN ? fill_up_to(file, offset) : SQLITE_OK;
    while (code == SQLITE_OK && amount > 0) {
        tdm__vault_piece piece = tdm__vault_piece_at(file, offset);
        if (piece.start != offset || piece.length > amount)
            return SQLITE_IOERR_WRITE;
        code = write_piece(file, &piece, bytes);
        bytes += piece.length;
        offset += piece.length;
        amount -= (int)piece.length;
    }
    return code;
}

static int vault_write(sqlite3_file *base, const void *bytes, int amount, sqlite3_int64 offset)
{
    tdm__vault_file *file = vault_file(base);
    if (file->kind == TDM__VAULT_PLAIN)
        return file->inner->pMethods->xWrite(file->inner, bytes, amount, offset);
    return write_pieces(file, bytes, amount, offset);
}

static int vault_truncate(sqlite3_file *base, sqlite3_int64 size)
{
    tdm__vault_file *file = vault_file(base);
    if (file->kind != TDM__VAULT_PLAIN)
        size = closed_size(file, size);
    return file->inner->pMethods->xTruncate(file->inner, size);
}

static int vault_size(sqlite3_file *base, sqlite3_int64 *size)
{
    tdm__vault_file *file = vault_file(base);
    int code = file->inner->pMethods->xFileSize(file->inner, size);
    if (code == SQLITE_OK && file->kind != TDM__VAULT_PLAIN)
        *size = open_size(file, *size);
    return code;
}

/* --- whether a file is closed --- */

int tdm__vault_begin(tdm__vault_file *file, bool closes_empty)
{
    char header[TDM__VAULT_HEADER_BYTES] = TDM__VAULT_MAGIC;
    const size_t magic = sizeof TDM__VAULT_MAGIC - 1;
    sqlite3_int64 size = 0;
    int code = file->inner->pMethods->xFileSize(file->inner, &size);
    if (code == SQLITE_OK && size == 0 && closes_empty) {
        if (tdm__random_bytes(header + magic, TDM__VAULT_ID_BYTES) != TDM_OK)
            return SQLITE_CANTOPEN;
        code = file->inner->pMethods->xWrite(file->inner, header, sizeof header, 0);
        size = code == SQLITE_OK ? (sqlite3_int64)sizeof header : 0;
    }
    if (code != SQLITE_OK || size < (sqlite3_int64)sizeof header)
        return code;
    code = file->inner->pMethods->xRead(file->inner, header, sizeof header, 0);
    if (code == SQLITE_OK && memcmp(header, TDM__VAULT_MAGIC, magic) == 0) {
        file->kind = TDM__VAULT_MAIN;
        memcpy(file->id, header + magic, TDM__VAULT_ID_BYTES);
    }
    return code;
}

/* --- what is passed on --- */

static int vault_close(sqlite3_file *base)
{
    tdm__vault_file *file = vault_file(base);
    return file->inner->pMethods ? file->inner->pMethods->xClose(file->inner) : SQLITE_OK;
}

static int vault_sync(sqlite3_file *base, int flags)
{
    sqlite3_file *inner = vault_file(base)->inner;
    return inner->pMethods->xSync(inner, flags);
}

static int vault_lock(sqlite3_file *base, int level)
{
    sqlite3_file *inner = vault_file(base)->inner;
    return inner->pMethods->xLock(inner, level);
}

static int vault_unlock(sqlite3_file *base, int level)
{
    sqlite3_file *inner = vault_file(base)->inner;
    return inner->pMethods->xUnlock(inner, level);
}

static int vault_check_reserved(sqlite3_file *base, int *out)
{
    sqlite3_file *inner = vault_file(base)->inner;
    return inner->pMethods->xCheckReservedLock(inner, out);
}

/* Sizes in hints are of open bytes. */
static int vault_control(sqlite3_file *base, int what, void *value)
{
    tdm__vault_file *file = vault_file(base);
    if (file->kind != TDM__VAULT_PLAIN &&
        (what == SQLITE_FCNTL_SIZE_HINT || what == SQLITE_FCNTL_CHUNK_SIZE || what == SQLITE_FCNTL_MMAP_SIZE))
        return SQLITE_OK;
    return file->inner->pMethods->xFileControl(file->inner, what, value);
}

static int vault_sector(sqlite3_file *base)
{
    sqlite3_file *inner = vault_file(base)->inner;
    return inner->pMethods->xSectorSize(inner);
}

/* Of what a device promises, closed pages keep one thing: bytes beside those written stay what they were. */
static int vault_promises(sqlite3_file *base)
{
    tdm__vault_file *file = vault_file(base);
    int all = file->inner->pMethods->xDeviceCharacteristics(file->inner);
    return file->kind == TDM__VAULT_PLAIN ? all : all & SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int vault_map_shared(sqlite3_file *base, int region, int size, int extend, void volatile **out)
{
    sqlite3_file *inner = vault_file(base)->inner;
    return inner->pMethods->xShmMap(inner, region, size, extend, out);
}

static int vault_lock_shared(sqlite3_file *base, int offset, int count, int flags)
{
    sqlite3_file *inner = vault_file(base)->inner;
    return inner->pMethods->xShmLock(inner, offset, count, flags);
}

static void vault_barrier(sqlite3_file *base)
{
    sqlite3_file *inner = vault_file(base)->inner;
    inner->pMethods->xShmBarrier(inner);
}

static int vault_unmap_shared(sqlite3_file *base, int deletes)
{
    sqlite3_file *inner = vault_file(base)->inner;
    return inner->pMethods->xShmUnmap(inner, deletes);
}

/* Version 2: nothing is mapped into memory but what connections share of the log's index. */
const sqlite3_io_methods tdm__vault_methods = {
    .iVersion = 2,
    .xClose = vault_close,
    .xRead = vault_read,
    .xWrite = vault_write,
    .xTruncate = vault_truncate,
    .xSync = vault_sync,
    .xFileSize = vault_size,
    .xLock = vault_lock,
    .xUnlock = vault_unlock,
    .xCheckReservedLock = vault_check_reserved,
    .xFileControl = vault_control,
    .xSectorSize = vault_sector,
    .xDeviceCharacteristics = vault_promises,
    .xShmMap = vault_map_shared,
    .xShmLock = vault_lock_shared,
    .xShmBarrier = vault_barrier,
    .xShmUnmap = vault_unmap_shared,
};
