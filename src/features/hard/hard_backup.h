/* SPDX-License-Identifier: Apache-2.0 */
/* Somebody else of the program who stands by in hard days, for when the supporter is not there or cannot.
 *
 * The family asks for one; who coordinates names a supporter of the program; the family sees that name and
 * agrees, ticking what the person may see (a consent of its own, features/consent); then the person is asked,
 * without a name, and says yes or no. Only after both nothing more stands between: they see how the family is
 * called, and of the ways to reach it and its safety card what was ticked, and they are told when nobody got
 * through. Nothing else of the walk opens to them.
 *
 * The family and whoever stands by can end it at any time, and it ends with the hard days; nobody is asked
 * why, and a consent that stops it stops both. A supporter is not asked who else is one: only who coordinates
 * has that list. */
#ifndef HARD_BACKUP_H
#define HARD_BACKUP_H

#include "features/hard/hard.h"

typedef enum HardBackupState {
    HARD_BACKUP_NAMED = 1,  /* the family is asked */
    HARD_BACKUP_AGREED = 2, /* by the family; the person is asked */
    HARD_BACKUP_STANDS = 3,
    HARD_BACKUP_OVER = 4,
} HardBackupState;

typedef struct HardBackup {
    HardBackupId id;
    HardBackupState state; /* never HARD_BACKUP_OVER */
    MatchId match;
    ProgramId program;
    RequestId request;
    PersonId receiver;
    Str receiver_called;
    Str giver_called;
    PersonId person;
    Str called;
    Time until_at;
    Time missed_since; /* as of hard days */
} HardBackup;

/* While the hard days last. What of it may be shown to whom is the caller's business. */
bool hard_backup_find(const Scope *scope, HardBackupId id, HardBackup *ret_backup);
bool hard_backup_of(const Scope *scope, MatchId match, HardBackup *ret_backup);
/* The family asked for one, and nobody is named yet. */
bool hard_backup_is_wished(const Scope *scope, MatchId match);

/* The family asks those who coordinate, with whom it shares, or takes that back. */
HardResult hard_backup_wish(const Scope *scope, Tx *tx, MatchId match, bool is_wished);

typedef struct HardCandidate {
    OfferId offer;
    Str called;
} HardCandidate;
typedef struct HardCandidates {
    const HardCandidate *items;
    size_t count;
} HardCandidates;
/* For who coordinates: the supporters of the program who are cleared and do not rest, but for the two of the
 * walk, whom the family is kept apart from, and who was named in these days before; at most 200. */
HardCandidates hard_backup_candidates(const Scope *scope, MatchId match);
/* The actor, who coordinates, names one of these. */
HardResult hard_backup_name(const Scope *scope, Tx *tx, MatchId match, OfferId offer);

/* The family agrees to who is named, and that they may see these items (CONSENT_TO_BACKUP). */
HardResult hard_backup_agree(const Scope *scope, Tx *tx, MatchId match, unsigned items);
/* The family does not want who is named, or not any more. */
HardResult hard_backup_drop(const Scope *scope, Tx *tx, MatchId match);
/* Whoever is asked says yes; or no, also later. */
HardResult hard_backup_answer(const Scope *scope, Tx *tx, HardBackupId id, bool is_yes);

/* The consent was stopped: so is this. Called by features/sharing. */
void hard_backup_stopped(const Scope *scope, Tx *tx, RequestId request, PersonId person);
/* Hard days of this receiver are over: nobody stands by, and nothing is shared for it. */
void hard_backup_close(const Scope *scope, Tx *tx, HardId hard, PersonId receiver);
/* Nobody got through: whoever stands by is told that there is news. */
void hard_backup_tell(const Scope *scope, Tx *tx, HardId hard);

/* Somebody is forgotten: they stand by for nobody, and nobody for them. */
void hard_backup_forget(const Scope *scope, Tx *tx, PersonId person);

typedef struct HardWish {
    MatchId match;
    Str receiver_called;
} HardWish;
typedef struct HardWishes {
    const HardWish *items;
    size_t count;
} HardWishes;
/* For who coordinates: families who ask for somebody and share with those who do; the longest first, at most
 * 25. */
HardWishes hard_backup_list_wished(const Scope *scope, ProgramId program);

#endif
