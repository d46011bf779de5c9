/* SPDX-License-Identifier: Apache-2.0 */
/* The safety card: what safe means for a family, in its own words.
 *
 * Written by the person alone; nobody fills it in for anybody. Every version is kept as it was written, and
 * the newest counts. What a machine can honor (hours, ways that are not safe) goes to features/safety in the
 * same step; the free words stay beside it for people. Who may read it is said on the card: whoever walks
 * with the person, its coordinators, both or nobody; and each of the five can be kept from all but those who
 * walk with the person. */
#ifndef CARD_H
#define CARD_H

#include "features/account/account.h"
#include "features/safety/safety.h"
#include "platform/part2.h"

/* The five things that are asked, in the card's order. */
typedef enum CardPart {
    CARD_SAFE,     /* what safe means for us */
    CARD_CALL,     /* whom to call */
    CARD_NOT_CALL, /* whom not to call */
    CARD_WORSE,    /* what makes it worse */
    CARD_HELPS,    /* what helps */
    CARD_PARTS,
} CardPart;

/* Few enough that a whole card prints on one Letter page in large type. */
enum { CARD_WORDS_MOST = 250 };

typedef struct Card {
    int64_t version; /* 0: there is none yet */
    Str by_called;
    Time at;
    Lang lang;
    Part2Words words[CARD_PARTS];
    bool is_part2; /* its words tell of substance use: all five are marked then */
    unsigned kept; /* bits 1 << CardPart: for the person and whoever walks with them; others find it empty */
    SafetyRules rules;
} Card;

typedef struct Cards {
    const Card *items;
    size_t count;
} Cards;

/* The person's card as it stands. Without one: version 0, no words, any hour, the clock of the program that
 * the person asked last, and readable by both. False: nobody has that id. */
bool card_find(const Scope *scope, PersonId person, Card *ret_card);
/* All versions, the newest first; at most 50. */
Cards card_versions(const Scope *scope, PersonId person);

/* What is written. */
typedef struct CardNew {
    Str words[CARD_PARTS];
    bool is_part2;
    unsigned kept;
    SafetyRules rules;
} CardNew;
/* The actor writes its own card anew: words, hours, readers, and which of its ways are not safe. */
void card_write(const Scope *scope, Tx *tx, const CardNew *card, const ContactPointId *unsafe, size_t count);

/* By which consent this reader, who is let, reads the card of another: a request, and with whom it is shared
 * (0: those who coordinate). False: by none, as where somebody only offers. */
bool card_shared_by(const Scope *scope, PersonId person, RequestId *ret_request, PersonId *ret_with);

/* Has the person a card that is let to whoever walks with it, or to its coordinators? */
bool card_is_for_giver(const Scope *scope, PersonId person);
bool card_is_for_coordinator(const Scope *scope, PersonId person);

/* "What safe means for us" */
Text card_part_text(CardPart part);

#endif
