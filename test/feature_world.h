/* SPDX-License-Identifier: Apache-2.0 */
/* A small world for the rules' tests: an empty migrated database, a seeded chance, a chosen clock, one
 * program, and nobody in it yet.
 *
 * Made by world_open() as a cmocka setup, ended by world_close() as its teardown. Include test/unit.h
 * first. */
#ifndef FEATURE_WORLD_H
#define FEATURE_WORLD_H

#include "features/program/program.h"
#include "platform/config.h"
#include "platform/scope.h"

typedef struct World {
    Arena *arena;
    Keep *keep;
    Str url;
    Db *db;
    Random random;
    Config config;
    Scope scope;       /* nobody acts, in English, on a Wednesday at ten in New York: 2026-03-04 */
    ProgramId program; /* "river", hanging in America/New_York */
} World;

int world_open(void **state);
int world_close(void **state);

/* A write transaction, and its durable end. */
Tx *world_begin(World *world);
void world_commit(Tx *tx);

/* Somebody new, reached by mail at NAME@example.org. */
PersonId world_person(World *world, const char *name);
/* From here on this person acts, having come in by a link of the operator's just now. */
void world_act_as(World *world, PersonId person);
/* Both: a write transaction of this person's. */
Tx *world_begin_as(World *world, PersonId person);
/* Lets time pass. */
void world_wait(World *world, int64_t span_us);
/* The program's first list item of this kind whose English words are these; the test stops when there is
 * none. */
ListItemId world_item(World *world, ListKind list, const char *english);
/* The test stops unless the text is this. */
void assert_words(Str is, const char *wanted);

#endif
