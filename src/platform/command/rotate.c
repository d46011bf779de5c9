/* SPDX-License-Identifier: Apache-2.0 */
/* Batches of data keys from one generation to the next. */
#include "platform/command/rotate.h"

#include "base/fail.h"
#include "platform/again.h"
#include "platform/command/meter.h"
#include "platform/db/person_key.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

enum { BATCH = 500 };

static void lock_end(void *context) {
    close(*(int *)context);
}

/* Held until the command ends; the system lets it go when the process dies. */
static void lock_take(const RotateOrder *order) {
    const char *path =
        str_c(order->arena, str_print(order->arena, "%.*s/rotate.lock", STR_ARGS(order->data)));
    int *file = NEW(order->arena, int);
    *file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (*file < 0) {
        fail(FAIL_USAGE, "cannot write in %.*s", STR_ARGS(order->data));
    }
    arena_at_end(order->arena, lock_end, file);
    if (flock(*file, LOCK_EX | LOCK_NB) != 0) {
        fail(FAIL_USAGE, "somebody else is rotating the keys right now; this one has changed nothing");
    }
}

typedef struct Batch {
    const RotateOrder *order;
    Arena *rows;
    PersonId after;
    PersonId reached;
    size_t count;
} Batch;

static void batch_write(Scope *scope, Tx *tx, void *context) {
    Batch *batch = context;
    (void)scope;
    batch->reached = batch->after;
    batch->count = person_keys_rewrap(tx, &batch->reached, BATCH);
}

static void batch_run(void *context) {
    Batch *batch = context;
    arena_reset(batch->rows);
    db_use(batch->order->db, batch->rows);
    again_write(&(Scope){.arena = batch->rows, .db = batch->order->db}, batch_write, batch);
}

/* False after the last. A failure ends the command, and the next run goes on from here. */
static bool batch_next(Batch *batch) {
    Fail why = {0};
    if (!fail_catch(batch_run, batch, &why)) {
        fail(why.kind, "%s; what is done so far stays, run rotate again to finish", why.message);
    }
    batch->after = batch->reached;
    return batch->count > 0;
}

static int64_t older(const RotateOrder *order) {
    db_begin_read(order->db);
    const int64_t count = person_keys_older(order->db);
    db_end_read(order->db);
    return count;
}

typedef struct Adding {
    const RotateOrder *order;
    bool is_claimed;
    bool is_added;
} Adding;

static void add_try(void *context) {
    Adding *adding = context;
    const RotateOrder *order = adding->order;
    Tx *tx = tx_begin(order->db);
    adding->is_claimed = key_file_claim(tx);
    if (adding->is_claimed) {
        (void)keys_add_generation(order->keys);
        adding->is_added = true;
        (void)keys_refresh(db_keys(order->db), true);
        key_file_name_claimed(tx);
    }
    tx_commit(tx);
}

/* The lock is of this folder; who rotates with another copy of the key file meets us in the database. */
static void generation_add(const RotateOrder *order) {
    (void)keys_refresh(db_keys(order->db), true);
    Adding adding = {.order = order};
    Fail why = {0};
    const bool is_done = fail_catch(add_try, &adding, &why);
    db_rollback(order->db);
    if (adding.is_added && !is_done) {
        fail(why.kind, "%s; the key file has a new generation, run rotate again to finish", why.message);
    }
    if (is_done ? !adding.is_claimed : why.kind == FAIL_RETRY) {
        fail(
            FAIL_USAGE,
            "somebody else has just begun a rotation with another copy of the key file; this one has changed "
            "nothing. Copy that key file here");
    }
    if (!is_done) {
        fail(why.kind, "%s", why.message);
    }
}

void rotate(const RotateOrder *order) {
    lock_take(order);
    const bool goes_on = older(order) > 0;
    if (!goes_on) {
        generation_add(order);
    }
    const int64_t all = older(order);
    Meter meter = meter_begin("keys wrapped anew", all);
    Batch batch = {.order = order, .rows = arena_new_within(order->arena, (size_t)64 << 20)};
    int64_t done = 0;
    while (batch_next(&batch)) {
        done += (int64_t)batch.count;
        if (order->tells_progress) {
            meter_step(&meter, done);
        }
    }
    if (order->tells_progress) {
        meter_end(&meter);
    }
    db_use(order->db, order->arena);
    arena_free(batch.rows);
    printf("%s %lld keys are wrapped under generation %lld. Copy the key file now.\n",
           goes_on ? "An earlier rotation is finished:" : "Done:", (long long)done,
           (long long)keys_newest(db_keys(order->db)));
}

static void older_drop(Scope *scope, Tx *tx, void *context) {
    (void)scope;
    (void)context;
    person_keys_drop_older(tx);
}

void rotate_drop_old(const RotateOrder *order) {
    lock_take(order);
    if (older(order) > 0) {
        fail(FAIL_USAGE, "a rotation is not finished; run: beenthere rotate --data %.*s",
             STR_ARGS(order->data));
    }
    const int64_t left = vault_values_older(order->db);
    if (left > 0) {
        fail(FAIL_USAGE,
             "%lld values (mail that waits, spreadsheets being looked at) still need an older generation; "
             "nothing has changed, try again when they are gone",
             (long long)left);
    }
    /* The file first: as long as it has a generation, a forgetting has to find the slots of that one. */
    const size_t dropped = keys_drop_before(order->keys, keys_newest(db_keys(order->db)));
    again_write(&(Scope){.arena = order->arena, .db = order->db}, older_drop, NULL);
    printf("%zu older generations are dropped. Backups from before no longer open, with any copy of the key "
           "file "
           "made from now on.\n",
           dropped);
}
