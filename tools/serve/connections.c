/*
 * Open connections and until when each may go on sending.
 */
#include "connections.h"

#include "command.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/socket.h>

enum { BYTES_A_SECOND = 64 * 1024 };

struct connection_entry {
    int fd;
    _Atomic int64_t until_ms;
    connection_entry *next, *before;
};

struct connection_list {
    pthread_mutex_t lock; /* of the links: an entry stays while it is held */
    connection_entry *first;
    int64_t idle_ms;
};

connection_list *connections_new(int32_t idle_seconds)
{
    connection_list *list = calloc(1, sizeof *list);
    if (!list)
        return NULL;
    pthread_mutex_init(&list->lock, NULL);
    list->idle_ms = (int64_t)idle_seconds * 1000;
    return list;
}

void connections_free(connection_list *list)
{
    if (!list)
        return;
    pthread_mutex_destroy(&list->lock);
    free(list);
}

connection_entry *connections_add(connection_list *list, int fd)
{
    connection_entry *entry = calloc(1, sizeof *entry);
    if (!entry)
        return NULL;
    entry->fd = fd;
    connection_waits(list, entry);
    pthread_mutex_lock(&list->lock);
    entry->next = list->first;
    if (list->first)
        list->first->before = entry;
    list->first = entry;
    pthread_mutex_unlock(&list->lock);
    return entry;
}

void connections_remove(connection_list *list, connection_entry *entry)
{
    if (!entry)
        return;
    pthread_mutex_lock(&list->lock);
    if (entry->before)
        entry->before->next = entry->next;
    else
        list->first = entry->next;
    if (entry->next)
        entry->next->before = entry->before;
    pthread_mutex_unlock(&list->lock);
    free(entry);
}

void connection_waits(const connection_list *list, connection_entry *entry)
{
    if (entry)
        atomic_store(&entry->until_ms, monotonic_ms() + list->idle_ms);
}

void connection_sends(const connection_list *list, connection_entry *entry, uint64_t bytes)
{
    if (entry)
        atomic_store(&entry->until_ms,
                     monotonic_ms() + list->idle_ms + (int64_t)(bytes / BYTES_A_SECOND) * 1000);
}

void connection_is_served(connection_entry *entry)
{
    if (entry)
        atomic_store(&entry->until_ms, INT64_MAX);
}

void connections_sweep(connection_list *list)
{
    int64_t now_ms = monotonic_ms();
    pthread_mutex_lock(&list->lock);
    for (connection_entry *entry = list->first; entry; entry = entry->next)
        if (atomic_load(&entry->until_ms) < now_ms) {
            /* The server's thread sees the end of it and closes the socket. */
            shutdown(entry->fd, SHUT_RDWR);
            connection_is_served(entry);
        }
    pthread_mutex_unlock(&list->lock);
}
