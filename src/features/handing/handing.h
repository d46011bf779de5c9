/* SPDX-License-Identifier: Apache-2.0 */
/* Handing over to a warmline or a crisis team, with the family's agreement.
 *
 * One of the two writes word by word what will be said, and to whom. The family agrees on the page; or on
 * the phone, which the supporter notes as such and the family can contradict. What was agreed to is never
 * changed: other words are another one. Then a person says it, the supporter or the family itself; nothing is
 * ever sent from here. The family can take its agreement back until it was said. Only the two read it.
 *
 * When the supporter has said it, a contact on the next day is promised (features/promise). What a supporter
 * must pass on without an agreement, because somebody is in danger, is features/passing. */
#ifndef HANDING_H
#define HANDING_H

#include "features/match/match.h"
#include "platform/part2.h"

enum { HANDING_WHAT_MOST = 1000, HANDING_WHOM_MOST = 200 };

typedef enum HandingState {
    HANDING_WRITTEN = 1, /* by the supporter; the family is asked */
    HANDING_AGREED = 2,
    HANDING_NOT_WANTED = 3, /* by the family, also after it had agreed; or the supporter took it back */
    HANDING_SAID = 4,
} HandingState;

typedef enum HandingHow {
    HANDING_NOT_AGREED = 0,
    HANDING_ON_PAGE = 1,
    HANDING_BY_PHONE = 2, /* so the supporter noted */
} HandingHow;

typedef struct Handing {
    HandingId id;
    PersonId by;
    Str by_called;
    Part2Words what;
    Part2Words whom;
    HandingState state;
    HandingHow how;
    Time written_at;
    Time answered_at; /* TIME_NONE while the family is asked */
    Time said_at;     /* TIME_NONE until it was said */
} Handing;
typedef struct Handings {
    const Handing *items;
    size_t count;
} Handings;

typedef enum HandingResult {
    HANDING_DONE,
    HANDING_ELSEWHERE, /* not possible as it stands, or the other's to say; nothing was written */
} HandingResult;

/* The actor, one of the two of a walk that lasts, writes it; what the family writes it agrees to. */
HandingResult handing_write(Scope *scope, Tx *tx, const Match *match, Str what, Str whom, bool is_part2);
/* The family agrees, here. */
HandingResult handing_agree(Scope *scope, Tx *tx, const Match *match, HandingId id);
/* The supporter notes that the family agreed on the phone. */
HandingResult handing_agreed_by_phone(Scope *scope, Tx *tx, const Match *match, HandingId id);
/* The family does not want it, or not any more; the supporter takes back what was not agreed to. */
HandingResult handing_drop(Scope *scope, Tx *tx, const Match *match, HandingId id);
/* The actor has said it; the supporter promises with it to be in touch on the next day. */
HandingResult handing_said(Scope *scope, Tx *tx, const Match *match, HandingId id);

/* Of this match, the newest first; at most 20. For the two alone: who may is the route's business. */
Handings handing_list(const Scope *scope, MatchId match);
/* Where the actor, who receives, is asked: a match, 0: nowhere. */
MatchId handing_asked(const Scope *scope);

/* Nothing is left about this person. */
void handing_forget(Tx *tx, PersonId person);

#endif
