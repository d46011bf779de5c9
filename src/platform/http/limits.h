/* SPDX-License-Identifier: Apache-2.0 */
/* Rate limits shared by all workers: how fast one account or one block of addresses may ask.
 *
 * Each (class, who) pair is a bucket that drains at a steady rate and holds a burst. The table has a fixed
 * size; when it is full the least loaded bucket is forgotten, so a flood of addresses can never lock others
 * out. Nothing is stored: the table dies with the parent, and holds keyed hashes, not addresses. */
#ifndef LIMITS_H
#define LIMITS_H

#include "base/str.h"
#include "base/time.h"

typedef enum LimitClass {
    LIMIT_PAGE_BLOCK, /* pages, by address block: 40 a second, 400 at once (a school or office behind one) */
    LIMIT_POST_STRANGER, /* forms sent by nobody signed in, by address block: one in 2 s, 60 at once */
    LIMIT_PAGE_PERSON,   /* pages, by account: 10 a second, 200 at once */
    LIMIT_POST_PERSON,   /* forms, by account: 2 a second, 60 at once */
    /* By kind of page, by account or by block of who is signed out; on top of those above. */
    LIMIT_SIGN_IN,     /* proofs of who one is: one in 5 s, 30 at once */
    LIMIT_SIGN_IN_ALL, /* of all together, against guessing from everywhere: 30 a second, 600 at once */
    LIMIT_ASK,         /* first forms of people nobody knows: one in 3 s, 60 at once */
    LIMIT_IMPORT,      /* files sent: one in 10 s, 12 at once */
    LIMIT_SEARCH,      /* pages that look through everybody: one a second, 40 at once */
    LIMIT_DOWNLOAD,    /* files fetched: one in 5 s, 20 at once */
    LIMIT_CALENDAR,    /* calendars fetched, many people's by one provider: one a second, 200 at once */
    /* Rows of the audit for those who are turned away. */
    LIMIT_RECORD_SAME,   /* recorded refusals of one visitor at one thing: one a minute */
    LIMIT_RECORD_PERSON, /* recorded refusals of one account or address block: one in 2 s, 60 at once */
    LIMIT_RECORD_ALL,    /* recorded refusals of all who are not signed in: one a second, 200 at once */
    LIMIT_COUNT,
} LimitClass;

typedef struct Limits Limits;

/* Maps the table; shared with every process forked afterwards. */
Limits *limits_new(void);

/* Takes one from the bucket. False when it is empty: *ret_wait_seconds says when to come back. */
bool limits_take(Limits *limits, LimitClass class, Str who, Time monotonic, int *ret_wait_seconds);

#endif
