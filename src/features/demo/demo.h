/* SPDX-License-Identifier: Apache-2.0 */
/* A made-up program to look around in and to measure with: families, supporters and coordinators who do
 * not exist, months of life in every state of the flow, in both languages.
 *
 * The same seed, size and present moment give the same rows on either engine; everything that happened
 * lies before scope->now, so that the board is alive. All names say that they are made up, mail goes to
 * example.org, phones are 555-01xx. The needs and lines are put together from the sentences in demo.en.po
 * and demo.es.po.
 *
 * People, programs, duties and clocks go through the functions of their features. What follows from asking
 * to walking is written with this feature's own queries, once the end of each story is known: the features
 * move one row one step at a time, look at the whole pool for each shortlist (50,000 times 5,000 offers),
 * read back what they have just written, and queue mail, which nobody here may get. features/check holds
 * the result to the same rules. */
#ifndef DEMO_H
#define DEMO_H

#include "platform/scope.h"

typedef struct DemoSize {
    int64_t families;
    int64_t supporters;
    int64_t coordinators;
    int64_t days;       /* how long the program has been there */
    int64_t rhythm;     /* most days between two contacts */
    bool is_every_fate; /* each story so often as its table says, not by chance: nothing is missing */
} DemoSize;

extern const DemoSize demo_small;
extern const DemoSize demo_county;
extern const DemoSize demo_state;

/* Fills a database without people, shows how far it is on standard error, and writes DATA/demo-people.txt
 * with one "kind<TAB>mail" line for a family, a supporter, a coordinator, and someone who receives and
 * gives. One transaction: all or nothing. fail(FAIL_USAGE) when there are people. */
void demo_make(const Scope *scope, const DemoSize *size, uint64_t seed);

#endif
