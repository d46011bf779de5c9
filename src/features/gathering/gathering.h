/* SPDX-License-Identifier: Apache-2.0 */
/* Words in a small circle: one who receives, and those who walk with them.
 *
 * The one who receives opens it, having read who could join, and closes it when they like. Each of the others
 * joins or does not, having read who is in it, and reads what was written since. All who are in it read all
 * words; nobody else does, whatever their duty. Who gives is in it while the two walk and the other shares
 * contacts with them (CONSENT_CONTACTS): a walk that ends, and a consent that is stopped, take them out at
 * once. The words are the receiver's: sealed under their key, and theirs to read after it was closed.
 *
 * Nobody learns who has read. Whoever does not look is told neutrally once, and within the hours at which
 * words may reach them. */
#ifndef GATHERING_H
#define GATHERING_H

#include "features/match/match.h"
#include "features/message/message.h"
#include "platform/part2.h"

enum { GATHERING_CHARACTERS = MESSAGE_CHARACTERS, GATHERING_PAGE = 30, GATHERING_OTHERS_MOST = 20 };

/* Somebody who walks with the one who receives. */
typedef struct GatheringOther {
    MatchId match;
    PersonId person;
    Str called;
    bool is_in;
    Time rests_until; /* words do not reach them before, for somebody who is in it; TIME_NONE: now is fine */
} GatheringOther;

typedef struct Gathering {
    PersonId receiver;
    Str receiver_called;
    bool is_open;
    bool was_opened;              /* once, at least */
    bool is_receiver;             /* the actor is */
    bool is_in;                   /* the actor is the one who receives, or joined, and it is open */
    Time since;                   /* from when on the actor reads; TIME_NONE: all */
    const GatheringOther *others; /* by name; without the actor */
    size_t other_count;
} Gathering;
/* As the actor, one of the two of this match, sees it. False: none of the two, or the giver of a walk that
 * has ended or in which nothing is shared with them. To a giver the others are shown only while it is open,
 * and only those who are in it. */
bool gathering_find(const Scope *scope, MatchId match, Gathering *ret_gathering);

typedef enum GatheringTurn {
    GATHERING_OPEN,  /* the one who receives */
    GATHERING_CLOSE, /* likewise */
    GATHERING_JOIN,  /* one who gives, while it is open */
    GATHERING_LEAVE, /* likewise, at any time */
    GATHERING_SEEN,  /* the actor has read what there is now */
} GatheringTurn;
typedef enum GatheringResult {
    GATHERING_DONE,
    GATHERING_UNFIT,     /* words that are empty or too long; nothing was written */
    GATHERING_ELSEWHERE, /* not the actor's to do, or not now; likewise */
} GatheringResult;
GatheringResult gathering_turn(const Scope *scope, Tx *tx, MatchId match, GatheringTurn turn);

/* To all who are in it; also marks what the actor could read before as read. */
GatheringResult gathering_say(const Scope *scope, Tx *tx, MatchId match, Str words, bool is_part2);

typedef struct GatheringWords {
    GatheringMessageId id;
    PersonId by;
    Str by_called;
    Part2Words words;
    Time at;
} GatheringWords;
typedef struct GatheringWordsList {
    const GatheringWords *items;
    size_t count;
    bool has_older; /* ask again with the first one's id */
} GatheringWordsList;
/* What the actor may read in this gathering: the newest GATHERING_PAGE before that one (0: of all), the
 * newest last. */
GatheringWordsList gathering_list(const Scope *scope, const Gathering *gathering, GatheringMessageId before);
/* How many of the others' words the actor has not marked as read. */
int64_t gathering_unread(const Scope *scope, const Gathering *gathering);

/* Gatherings in which something is new for the actor. */
typedef struct GatheringNews {
    MatchId match; /* through which the actor reads it */
    Str called;    /* whose it is */
} GatheringNews;
typedef struct GatheringNewsList {
    const GatheringNews *items;
    size_t count;
} GatheringNewsList;
GatheringNewsList gathering_news(const Scope *scope);

/* The actor's own gathering, of what was written in it, the oldest first, at most 2000: for their record. */
GatheringWordsList gathering_list_own(const Scope *scope);

/* The calendar job that tells who has not looked. */
void gathering_tell(Scope *scope);
/* What is plain about this person. Their words go with their key. */
void gathering_forget(Tx *tx, PersonId person);

#endif
