/* SPDX-License-Identifier: Apache-2.0 */
/* Everyone who offers in a program, in memory: what short lists and plans are made from.
 *
 * A process keeps the pool of each program between requests (platform/keep.h). The database says in one
 * number whether an offer has changed since (offer_touched()); then only what changed is read again. It is
 * made anew when someone is new, has left, or says something that nobody said before.
 *
 * What is answered is what the database says in the open transaction, one moment of it: also what the
 * transaction itself has changed. When that is rolled back, nothing of it stays in what is kept. Nobody may
 * change offers but by the functions of features/offer, or what is kept grows old without anybody knowing.
 */
#ifndef POOL_OF_H
#define POOL_OF_H

#include "features/offer/offer.h"
#include "matching/model.h"
#include "matching/pool.h"

/* The program's pool now, by this policy. It stays as it is until the next call here or the end of the
 * transaction, whichever comes first. Outside of a transaction it reads in one of its own. */
const Pool *pool_of(const Scope *scope, ProgramId program, const MatchingPolicy *policy);

/* pool_shortlist() of it, as if these offers (the places that the request's own list holds) stood on one
 * open list less. */
MatchingResult pool_of_shortlist(const Scope *scope, ProgramId program, const MatchingPolicy *policy,
                                 const MatchingRequest *request, uint64_t seed, size_t most,
                                 const OfferId *own, size_t own_count);

/* What changed after that version (pool_version) of an earlier moment. Who has ended is paused in it. */
typedef struct PoolChanges {
    bool is_whole; /* false: an offer was taken out, all must be read again */
    const MatchingOffer *items;
    size_t count;
} PoolChanges;
PoolChanges pool_of_changes(const Scope *scope, ProgramId program, int64_t version);

typedef struct PoolOffers {
    const MatchingOffer *items; /* by rising key */
    size_t count;
} PoolOffers;

/* Who offers in the program now and has not ended, for plans: read from the database, whatever is kept.
 * Lives in the scope's arena. */
PoolOffers pool_of_offers(const Scope *scope, ProgramId program);

#endif
