/* SPDX-License-Identifier: Apache-2.0 */
/* Makes pages small for slow networks, as cheaply as it goes (doc/decisions/0009-compressed-pages.md). */
#ifndef COMPRESS_H
#define COMPRESS_H

#include "base/arena.h"
#include "platform/http/head.h"

typedef struct Compressor Compressor;

/* One a worker: its tables are kept from page to page. fail(FAIL_MEMORY) when there is no memory. */
Compressor *compressor_new(void);
void compressor_free(Compressor *compressor);

/* May the page that answers this be compressed? It must be wished for, and safe: pages hold secrets, and a
 * stranger's page could have ours opened with words of its choice in the query, to learn from the compressed
 * sizes which of them stand there too. A query that another site asks for, or may have, is answered plain. */
bool compress_may(const Head *head);

/* The bytes as a gzip file, in the arena. STR_NONE when they fit into one packet anyway, or would not get
 * smaller. */
Str compress_gzip(Compressor *compressor, Arena *arena, Str bytes);

#endif
