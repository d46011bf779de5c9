/* SPDX-License-Identifier: Apache-2.0 */
/* A young person who asks for themselves has a space of their own.
 *
 * Before writing anything they read, in plain words, what an adult must be told; the very words and when they
 * were read are kept. Nobody else's duty, and no relation in a family, opens the space: a parent is to it
 * what any other person is, until the young person says otherwise. Whoever shares the mailbox is not shown
 * that the space is there, if the young person wishes so; they open it with the code of their request. */
#ifndef YOUTH_H
#define YOUTH_H

#include "platform/scope.h"

/* The words are about to be read: keeps them once. Returns 64 hexadecimal digits that name them. */
Str youth_words_keep(const Scope *scope, Tx *tx, Str words);

/* This person is young, has read these words, and asks for themselves. A name of words that were never kept
 * is no reading, and makes nobody young: false, and nothing is written. */
bool youth_begin(const Scope *scope, Tx *tx, PersonId person, ProgramId program, Str words_name,
                 bool is_apart);

bool youth_is(const Scope *scope, PersonId person);
bool youth_is_apart(const Scope *scope, PersonId person);
/* The actor's own switch; nothing when the actor is not young. */
void youth_set_apart(const Scope *scope, Tx *tx, bool is_apart);

/* What the person read last, and when; false: nothing. */
bool youth_read_last(const Scope *scope, PersonId person, Str *ret_words, Time *ret_at);

/* ---- a word that only the young person knows ----
 *
 * The mailbox may be a parent's, and so may the phone: where a word is set, no mailbox, link or text alone
 * opens the space. Whoever has shown one stands before a door that says whose space this is and nothing of
 * what is in it. Five wrong words in an hour are the most; then only waiting helps, or the way back. */

enum { YOUTH_WORD_LEAST = 6, YOUTH_WORD_MOST = 60 };

/* What stands for a word, in the database and in a form that is not sent yet: a salt and a keyed hash. */
Str youth_word_make(const Scope *scope, Str word);
/* Sets it, or another one in its place. */
void youth_word_set(const Scope *scope, Tx *tx, PersonId person, Str made);
bool youth_has_word(const Scope *scope, PersonId person);
/* Whether the mailbox alone leads to a door: the person is young. Where no word was chosen yet, from the time
 * when none was asked for, the door asks its owner to choose one before anything is shown. */
bool youth_has_door(const Scope *scope, PersonId person);

typedef enum YouthWordResult {
    YOUTH_WORD_FITS,
    YOUTH_WORD_WRONG,
    YOUTH_WORD_LATER, /* too many wrong ones */
} YouthWordResult;
/* A wrong one counts, so the transaction must be kept also then. */
YouthWordResult youth_word_try(const Scope *scope, Tx *tx, PersonId person, Str word);

/* Before the door: what was shown in this browser, for ten minutes. */
typedef struct YouthDoor {
    PersonId person;
    Str mail_key; /* may be none */
    unsigned proofs;
} YouthDoor;
void youth_door_wait(const Scope *scope, Tx *tx, Str visit, const YouthDoor *door);
bool youth_door_find(const Scope *scope, Str visit, YouthDoor *ret_door);
void youth_door_leave(const Scope *scope, Tx *tx, Str visit);

/* The word was lost: the actor, who has met the young person, makes a code to hand over. It opens the door
 * once, within a day, beside the mailbox and together with a new word; a newer one ends it. Never sent
 * anywhere. */
Str youth_way_back_make(const Scope *scope, Tx *tx, PersonId person);
/* However it is typed. A wrong one counts like a wrong word, but a right one opens also after too many of
 * those. */
YouthWordResult youth_way_back_try(const Scope *scope, Tx *tx, PersonId person, Str code);

typedef struct YouthWayBack {
    Str by_called;
    Time at;
    Time used_at; /* TIME_NONE: not used */
} YouthWayBack;
typedef struct YouthWaysBack {
    const YouthWayBack *items;
    size_t count;
} YouthWaysBack;
/* Those that were made for the person, who reads of each; the newest first. */
YouthWaysBack youth_ways_back(const Scope *scope, PersonId person);

/* Deletes doors at which nobody stands any more. */
void youth_clean_up(const Scope *scope, Tx *tx);
/* Deletes the word, and codes and doors of the person. */
void youth_forget(Tx *tx, PersonId person);

#endif
