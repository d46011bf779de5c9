/* SPDX-License-Identifier: Apache-2.0 */
/* Parents and guardians who sign with a young person, or for one, and the link by which they are asked to.
 *
 * The young person hands the link over, or lets somebody who coordinates do it; the program writes to no
 * parent by itself. A link signs once. Being a guardian opens nothing of what the young person writes: it is
 * a signature, and the switch that stops what it signed. It ends when the parent stops, and by itself when
 * the young person signs alone.
 *
 * Invariant: at most one guardian and one open link of a person in a program at a time. */
#ifndef GUARDIAN_H
#define GUARDIAN_H

#include "features/consent/consent.h"

#define GUARDIAN_LINK_SPAN (14 * TIME_DAY)

/* Stored: never renumber. */
typedef enum GuardianEnd {
    GUARDIAN_STOPPED = 1, /* the parent stopped it */
    GUARDIAN_OF_AGE = 2,  /* the young person signs alone from then on */
} GuardianEnd;

typedef enum GuardianClosed {
    GUARDIAN_CLOSED_SIGNED = 1,
    GUARDIAN_CLOSED_NO = 2,       /* the parent said no */
    GUARDIAN_CLOSED_REPLACED = 3, /* by a newer one */
    GUARDIAN_CLOSED_BACK = 4,     /* taken back, or needed no more */
} GuardianClosed;

typedef struct GuardianLink {
    GuardianLinkId id;
    ProgramId program;
    PersonId person;
    bool shows_words; /* the young person shows the request in their words with it */
    Time until_at;
    Str code; /* "k7m3-...": what the address ends in, without the dashes */
} GuardianLink;

/* A new link; the one before it signs no more. */
GuardianLink guardian_link_make(const Scope *scope, Tx *tx, ProgramId program, PersonId person,
                                bool shows_words);
/* The one that is open now; false: none is. */
bool guardian_link_open(const Scope *scope, ProgramId program, PersonId person, GuardianLink *ret_link);
/* Closes the open one, if there is one. */
void guardian_link_close(const Scope *scope, Tx *tx, ProgramId program, PersonId person, GuardianClosed why);
/* What became of the newest link of this person; 0: it is open, or there never was one. */
GuardianClosed guardian_link_closed(const Scope *scope, ProgramId program, PersonId person);

typedef enum GuardianLook {
    GUARDIAN_LINK_OPEN,
    GUARDIAN_LINK_UNKNOWN, /* no such code: mistyped, or never made */
    GUARDIAN_LINK_USED,    /* it was answered */
    GUARDIAN_LINK_OVER,    /* too old, replaced or taken back */
} GuardianLook;
/* Whose link this is, by its code however it was typed. *ret_link is set only when it is open. */
GuardianLook guardian_link_find(const Scope *scope, Str code, GuardianLink *ret_link);

/* The requests of the link's person that are shown with it, in their words: none unless the young person
 * shows them and the rule lets a parent read them; never what is kept for two, nor what is
 * marked as telling of substance use. */
Strs guardian_link_words(const Scope *scope, const GuardianLink *link);

typedef struct Guardian {
    GuardianId id;
    ProgramId program;
    PersonId person;
    Str called; /* the young person */
    PersonId parent;
    Str parent_called;
    Str words; /* what the parent read and signed */
    Lang lang;
    Time since;
    Time ended_at; /* TIME_NONE: it lasts */
    GuardianEnd ended_why;
} Guardian;
typedef struct Guardians {
    const Guardian *items;
    size_t count;
} Guardians;

/* The parent signed these words by the link, which is used up: the relation begins. */
GuardianId guardian_begin(const Scope *scope, Tx *tx, const GuardianLink *link, PersonId parent, Str words);
bool guardian_find(const Scope *scope, GuardianId id, Guardian *ret_guardian);
/* Of a young person; by a parent. Those that last first, then the newest. */
Guardians guardian_list_of(const Scope *scope, PersonId person);
Guardians guardian_list_by(const Scope *scope, PersonId parent);
/* False when it had ended before. */
bool guardian_end(const Scope *scope, Tx *tx, GuardianId id, GuardianEnd why);

/* ---- who waits ---- */

typedef struct GuardianWait {
    ProgramId program;
    PersonId person;
} GuardianWait;
typedef struct GuardianWaits {
    const GuardianWait *items;
    size_t count;
} GuardianWaits;
enum { GUARDIAN_WAITS_MOST = 200 };
/* Young people who wait for a signature, or have a guardian, in any program: those after this person, by
 * person. At most GUARDIAN_WAITS_MOST. */
GuardianWaits guardian_waits(const Scope *scope, PersonId after);

typedef struct GuardianAsked {
    Time at;
} GuardianAsked;
typedef struct GuardianAskeds {
    const GuardianAsked *items;
    size_t count;
} GuardianAskeds;
/* When those of this program asked who wait for a signature now, the longest first: no name and no word. At
 * most 100. */
GuardianAskeds guardian_asked(const Scope *scope, ProgramId program);
/* Who of them has this receipt; false: none. */
bool guardian_asked_by(const Scope *scope, ProgramId program, Str receipt_hash, PersonId *ret_person);

#endif
