/* SPDX-License-Identifier: Apache-2.0 */
/* From one database into another of the same schema, for a program that outgrows one machine. */
#include "platform/db/db_engine.h"
#include "platform/db/db_rows.h"

int64_t db_copy(Db *from, Db *to, Arena *arena) {
    if (db_schema_version(from) != db_schema_version(to)) {
        fail(FAIL_USAGE, "the databases have different schema versions: migrate both first");
    }
    db_begin_read(from);
    Tx *tx = tx_begin(to);
    const DbRowTaker taker = db_rows_taker(to, arena);
    const int64_t rows = db_rows_give(from, arena, &taker);
    tx_commit(tx);
    db_end_read(from);
    return rows;
}
