/* SPDX-License-Identifier: Apache-2.0 */
/* Words between the two people of a match: one conversation for each match.
 *
 * The two read them and nobody else, whatever their duty; nothing searches, counts or watches what is in
 * them. The one who gives reads while the two walk and the other shares contacts with them
 * (CONSENT_CONTACTS). After the end nobody writes; the receiver keeps reading, what they wrote and were
 * written is theirs. Neither learns when, or whether, the other has read.
 *
 * A conversation stands in the order in which words reached the other, so that what is new is always below
 * what was read before; words written at one moment and reaching at another say both. */
#ifndef MESSAGE_H
#define MESSAGE_H

#include "features/match/match.h"
#include "features/safety/safety_hours.h"
#include "platform/part2.h"
#include "platform/scope.h"

enum {
    MESSAGE_CHARACTERS = 4000, /* the longest */
    MESSAGE_CAPTURE_BYTES = 16,
    MESSAGE_PAGE = 30,
};

typedef enum MessageResult {
    MESSAGE_SENT,       /* the other reads it from now on */
    MESSAGE_WAITS,      /* the other rests: they read it from `reaches_at` on */
    MESSAGE_UNFIT,      /* empty, or longer than MESSAGE_CHARACTERS; nothing was written */
    MESSAGE_NOT_SHARED, /* the receiver does not share contacts with the giver now; nothing was written */
    MESSAGE_OVER,       /* the walk has ended; nothing was written */
    MESSAGE_ELSEWHERE,  /* not the actor's conversation, or the capture is another one's; likewise */
} MessageResult;

typedef struct MessageNew {
    Str words;
    bool is_part2; /* the words may tell of substance use */
    /* MESSAGE_CAPTURE_BYTES random bytes, drawn where the words were written: whoever sends the same again,
     * because no answer came, gets the message of the first time. STR_NONE: sent only once. */
    Str capture;
    /* When they were written, by the clock of that place; TIME_NONE: now. A clock that runs ahead counts as
     * now, and one that says a time before the match began counts as its beginning. */
    Time captured_at;
} MessageNew;

typedef struct MessageSent {
    MessageId id;
    Time reaches_at;
} MessageSent;

/* From the actor to the other of the two. `ret_sent` only with MESSAGE_SENT and MESSAGE_WAITS; what was sent
 * before with the same capture is found again, also after the end. */
MessageResult message_send(const Scope *scope, Tx *tx, MatchId match, const MessageNew *message,
                           MessageSent *ret_sent);

typedef enum MessageBack {
    MESSAGE_TAKEN_BACK, /* nothing is left of it but its capture, if it had one */
    MESSAGE_STAYS,      /* none of the actor's, or it has reached the other; nothing was written */
} MessageBack;
/* The actor takes back what has not reached the other yet. `ret_match` only with MESSAGE_TAKEN_BACK. */
MessageBack message_take_back(const Scope *scope, Tx *tx, MessageId id, MatchId *ret_match);

typedef struct Message {
    MessageId id;
    PersonId by;
    Str by_called;
    Part2Words words;
    Time captured_at;
    Time reaches_at;
    bool is_new; /* the other's, and not marked as read */
} Message;
typedef struct Messages {
    const Message *items;
    size_t count;
    bool has_older; /* ask again with the first one's id */
} Messages;

/* The newest MESSAGE_PAGE before that one (0: of all), the newest last; none that the actor may not read. */
Messages message_list(const Scope *scope, MatchId match, MessageId before);

/* How many of the other's words the actor may read and has not marked as read. */
int64_t message_unread(const Scope *scope, MatchId match);

typedef struct MessageNews {
    MatchId match;
    int64_t count; /* above 0 */
} MessageNews;
typedef struct MessageNewsList {
    const MessageNews *items;
    size_t count;
} MessageNewsList;
/* The same for all the actor's conversations in which there is something. */
MessageNewsList message_news(const Scope *scope);

/* The actor has read what reached them up to that moment; a later one than now counts as now. */
void message_seen(const Scope *scope, Tx *tx, MatchId match, Time until);

/* When words reach somebody who walks with others: a boundary they set for themselves, for all their walks.
 * Words to the one who receives are there at once; what is sent to that person follows their safety hours. */
typedef struct MessageHours {
    SafetyHours hours; /* SAFETY_NEVER counts as any time: nothing is held back for good */
    Str zone;          /* one that zone_find() knows */
} MessageHours;
/* The actor's own; any time, by the clock of the program they offer in, where nothing was said. */
MessageHours message_hours(const Scope *scope);
/* For what is written from now on; what waits already reaches them when it was said to. */
void message_hours_set(const Scope *scope, Tx *tx, const MessageHours *hours);
/* Until when words to the giver of this match wait, if they were written now; TIME_NONE: they do not. */
Time message_rests_until(const Scope *scope, const Match *match);
/* Nothing is said about hours, or known of what was taken back, any more: somebody is forgotten. */
void message_forget(Tx *tx, PersonId person);

/* Somebody who has not read MESSAGE_TOLD_AFTER after words reached them gets one neutral mail, and no other
 * until they have read. */
#define MESSAGE_TOLD_AFTER (2 * TIME_MINUTE)
/* The calendar job behind that. */
void message_tell(Scope *scope);

#endif
