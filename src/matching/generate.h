/* SPDX-License-Identifier: Apache-2.0 */
/* Made-up people for tests, simulations and measurements: as many families and supporters as wanted, who
 * look like a program's, from a seed.
 *
 * What makes the problem hard in life is in it: few experiences are common and many are rare; a quarter of
 * the families need Spanish and one in twenty another language, and fewer supporters speak them; supporters
 * have 3 or 10 places, some are paused, full, not cleared, or have limits of their own; some families
 * require a culture or gender, keep apart from a person, passed over someone, or ask for someone unlike
 * themselves. Nobody here is anyone: the shares are round numbers, not measurements.
 *
 * The same order gives the same people on every machine. The supporters' sides of life depend on the seed
 * alone, so that both regimes share them. */
#ifndef GENERATE_H
#define GENERATE_H

#include "matching/assignment.h"
#include "matching/model.h"
#include "matching/records.h"

enum { GENERATE_PEOPLE_MOST = 10000000 }; /* of each side */

typedef enum GenerateRegime {
    GENERATE_SHORTAGE, /* four free places for five families */
    GENERATE_SLACK,    /* five free places for four families */
} GenerateRegime;

typedef struct GenerateOrder {
    uint32_t families;
    uint32_t supporters;
    GenerateRegime regime;
    uint64_t seed;
} GenerateOrder;

typedef struct GeneratePool {
    const MatchingOffer
        *offers; /* keys are spread over all int64 above 0, as random ids are, and not in order */
    size_t offer_count;
    const MatchingRequest *requests; /* likewise, with keys that no offer has */
    size_t request_count;
} GeneratePool;

/* The people of an order, some 600 bytes each, in the arena. The free places of those who are cleared and
 * not paused sum up to the regime's share of the families, but for the limit of 1,000 places each. */
GeneratePool generate_pool(Arena *arena, const GenerateOrder *order);

/* The waiting list of these people as a plan sees it: for each family its best 45 pairs that no rule removes,
 * weighed by policy_value() with lots from the seed. Family i is request i, supporter j is offer j. The
 * instance lives in the arena; scratch holds some 1 KiB a person meanwhile. */
AssignmentInstance generate_instance(Arena *arena, Arena *scratch, const MatchingPolicy *policy,
                                     const GeneratePool *people, uint64_t seed);

/* Tells everyone, for other programs to measure with, one record a line:
 *
 *     o OFFER PERSON CLEARED PAUSED CAPACITY LOAD LISTED PENDING
 *     h OFFER FACET ITEM                       (has)
 *     n OFFER ITEM                             (would rather not)
 *     r REQUEST PERSON DAYS URGENT FLOOR UNLIKE
 *     w REQUEST FACET ITEM KIND REQUIRED       (wishes)
 *     a REQUEST PERSON                         (kept apart)
 *     x REQUEST OFFER                          (passed over)
 *     k REQUEST PERSON                         (known)
 *
 * with facets, kinds and bits as numbered in model.h, and 0 and 1 for no and yes. */
void generate_write_pool(Arena *scratch, const RecordsSink *sink, const GeneratePool *pool);

/* How many items a facet has; they are generate_item(facet, 0) and so on, the most common first. For
 * languages the first is English and the second Spanish. */
size_t generate_item_count(MatchingFacet facet);
int64_t generate_item(MatchingFacet facet, size_t index);

#endif
