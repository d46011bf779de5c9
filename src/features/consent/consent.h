/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger of consents: what a person shares, with whom, for what, until when, and in which words they
 * said so.
 *
 * Asking for support is a consent to those who coordinate the program; choosing somebody is one to that
 * person, until the walk ends. Each names what is shared, has a last day, and keeps the hash of the very
 * words that were read. Nobody's duty stands above it: features/access asks with every page whether it holds.
 *
 * Invariants: a row of the ledger is never changed but for its withdrawal. `sharing` has a row exactly for
 * what is in force, not stopped and about a request (rows past their last day may linger; whoever asks looks
 * at the day); its items are that consent's, and whoever reads an item of another's record asks for that very
 * item. Only the person themself gives again; they stop, and so can the parent who signed with them,
 * where somebody is young. No reason is asked or kept. */
#ifndef CONSENT_H
#define CONSENT_H

#include "features/account/account.h"
#include "platform/scope.h"

typedef enum ConsentTo {
    CONSENT_TO_COORDINATORS = 1, /* those who hold that duty in the program, whoever they are then */
    CONSENT_TO_PERSON = 2,       /* a person by name: the chosen supporter */
    CONSENT_TO_ORGANIZATION = 3, /* a clinic, a school, a court */
    CONSENT_TO_BACKUP = 4,       /* a person by name, who stands by in hard days (features/hard) */
} ConsentTo;

/* What is shared, as bits. */
typedef enum ConsentItem {
    CONSENT_NAME = 1 << 0,     /* the name to be called by */
    CONSENT_WORDS = 1 << 1,    /* the request, and the person's words in it */
    CONSENT_REACH = 1 << 2,    /* ways to reach the person, and what is safe about them */
    CONSENT_NOTES = 1 << 3,    /* what was written down about the request */
    CONSENT_CONTACTS = 1 << 4, /* when the two talked, and the lines about it */
    CONSENT_PROGRESS = 1 << 5, /* how far along the person says they are */
    /* Only to an organization; the card also to a backup. Those who coordinate have the first with the notes,
     * the card by its own switch, and all of theirs whether or not it is marked. */
    CONSENT_CHECKINS = 1 << 6,  /* what the person said when the program asked how it goes */
    CONSENT_CARD = 1 << 7,      /* the safety card */
    CONSENT_SUBSTANCE = 1 << 8, /* of all these also what is marked as telling of substance use */
} ConsentItem;
enum { CONSENT_ITEMS = 9 };
/* Without these there is nothing to answer and nobody to walk with: every sharing within the program has
 * them. The rest the person gives or leaves out, each by itself. */
enum { CONSENT_NEEDED = CONSENT_NAME | CONSENT_WORDS };
/* The same by recipient: an organization is given the name, and whatever else was picked for it. */
unsigned consent_items_needed(ConsentTo to);
/* What can be given to such a recipient at all. */
unsigned consent_items_offered(ConsentTo to);

typedef enum ConsentPurpose {
    CONSENT_FOR_FINDING = 1, /* to answer, and to find someone who has been there */
    CONSENT_FOR_WALKING = 2, /* to walk together */
    CONSENT_FOR_CARE = 3,    /* so that those who help can help together */
    CONSENT_FOR_MYSELF = 4,  /* because the person asks for it: nothing more has to be said */
    CONSENT_FOR_SCHOOL = 5,  /* to plan together at school */
    CONSENT_FOR_HEARING = 6, /* for a hearing, or a decision about the family */
    CONSENT_FOR_BACKING = 7, /* to stand by in hard days */
} ConsentPurpose;

typedef enum ConsentUntil {
    CONSENT_UNTIL_DAY = 1,
    CONSENT_UNTIL_WALK_ENDS = 2,     /* and at the latest on the day */
    CONSENT_UNTIL_HARD_DAYS_END = 3, /* or whoever stands by does not any more; likewise */
} ConsentUntil;

/* How the person came to say yes. Only what was read here was read by the person themself; the others are
 * asked again at the first sign-in. */
typedef enum ConsentHow {
    CONSENT_READ = 1,   /* on a page of ours, or in a text to their own phone */
    CONSENT_SAID = 2,   /* on the phone, to the witness */
    CONSENT_LISTED = 3, /* the program had it on its own list before, and the witness brought it */
} ConsentHow;

/* Whose signatures it needs: the sides, as bits. */
typedef enum ConsentSigns {
    CONSENT_SIGNS_PERSON =
        1, /* the person alone, also where that is a minor whom the law lets decide alone */
    CONSENT_SIGNS_PARENT = 2, /* a parent or guardian for the person */
    CONSENT_SIGNS_BOTH = 3,
} ConsentSigns;

typedef enum ConsentSide { CONSENT_SIDE_PERSON = 1, CONSENT_SIDE_PARENT = 2 } ConsentSide;

/* Where a consent stands. */
typedef enum ConsentState {
    CONSENT_LIVING,
    CONSENT_PENDING,  /* a signature is missing: nothing is shared by it yet */
    CONSENT_STOPPED,  /* the person stopped it */
    CONSENT_EXPIRED,  /* its last day is over */
    CONSENT_OVER,     /* what it was given for has ended: the walk */
    CONSENT_REPLACED, /* a newer one about the same holds in its place */
} ConsentState;

typedef struct Consent {
    ConsentId id;
    PersonId person;
    Str called; /* the person's name */
    ProgramId program;
    RequestId request; /* 0: all that the program keeps of the person */
    unsigned items;
    ConsentTo to;
    PersonId to_person; /* 0 unless CONSENT_TO_PERSON or CONSENT_TO_BACKUP */
    Str to_called;      /* that person's name, or the organization's; none for coordinators */
    Str to_whom;        /* of an organization: whom there; may be empty */
    ConsentPurpose purpose;
    Str why; /* of an organization: in the person's own words besides; may be empty */
    ConsentUntil until_event;
    Time until_at;
    ConsentHow how;
    Lang lang;     /* in which it was read */
    Str words;     /* as they were read, with the name that a person named in them has now */
    Str text_hash; /* 64 hexadecimal digits of language and words, without that name */
    ConsentSigns signs;
    Str witness_called; /* none: nobody */
    Time given_at;
    Time stopped_at; /* TIME_NONE: not stopped */
    ConsentState state;
    bool is_over;     /* the walk it was given for has ended, whatever else became of it */
    bool is_replaced; /* of an organization: another one stands in its place, whatever became of that */
} Consent;
typedef struct Consents {
    const Consent *items;
    size_t count;
} Consents;

/* ---- the product's own sharing ---- */

/* What the person reads before asking, in the scope's language: paragraphs of plain text. `items`: what they
 * give; 0: all that can be given, as below. */
Str consent_asking_words(const Scope *scope, ProgramId program, unsigned items);
/* The hash of such words, to be sent back with the form that showed them. */
Str consent_words_hash(const Scope *scope, Str words);

typedef struct ConsentAsking {
    ProgramId program;
    PersonId person;
    RequestId request;
    unsigned items; /* those that can be left out and were not; 0: all */
    ConsentHow how; /* the actor is the witness of what was not read here */
} ConsentAsking;
/* The request is made, and so its person shares it with the program's coordinators. */
ConsentId consent_on_asking(const Scope *scope, Tx *tx, const ConsentAsking *asking);

/* What the person reads before choosing somebody. */
Str consent_choosing_words(const Scope *scope, Str called, unsigned items);

typedef struct ConsentChoosing {
    ProgramId program;
    PersonId person;
    RequestId request;
    unsigned items; /* as above */
    PersonId to;    /* who was chosen */
    Str to_called;
} ConsentChoosing;
/* Somebody was chosen: by the person, or, when another acts, said on the phone to the actor. */
ConsentId consent_on_choosing(const Scope *scope, Tx *tx, const ConsentChoosing *choosing);

/* What the person reads before somebody stands by for them. */
Str consent_backing_words(const Scope *scope, Str called, unsigned items);
/* That somebody was agreed to, by the person. It opens nothing until they said yes (features/hard). */
ConsentId consent_on_backing(const Scope *scope, Tx *tx, const ConsentChoosing *backing);

/* ---- to an organization, on paper ---- */

/* A year at most, and as a rule so long. */
enum { CONSENT_PAPER_DAYS_MOST = 365, CONSENT_PAPER_DAYS = 90 };

typedef struct ConsentPaper {
    ProgramId program;
    PersonId person;
    RequestId request;
    unsigned items;
    Str organization;
    Str whom; /* there; may be empty */
    ConsentPurpose purpose;
    Str why;            /* in the person's own words besides; may be empty */
    Date until;         /* the last day, where the scope's clock hangs */
    ConsentId replaces; /* 0: none */
} ConsentPaper;

/* Why it could be said at all: one of these. */
bool consent_may_be_paper_for(ConsentPurpose purpose);
/* From today on, and at most CONSENT_PAPER_DAYS_MOST days from today. */
bool consent_paper_may_last_until(const Scope *scope, Date day);
/* So many days from today. */
Date consent_paper_day(const Scope *scope, int64_t days);
/* Something is on it besides the name. */
bool consent_paper_says(unsigned items);
/* What the person reads before. */
Str consent_paper_words(const Scope *scope, const ConsentPaper *paper);
/* The actor, whose it is, gives it; what it replaces opens nothing from here on. Where a parent signs too
 * they sign each of these by itself: what was signed for the way does not reach so far. */
ConsentId consent_on_paper(const Scope *scope, Tx *tx, const ConsentPaper *paper);
/* What organizations are given about this request now; the newest first, at most 20. */
Consents consent_list_paper(const Scope *scope, RequestId request);
/* With whom, for what, until when, and that it goes no further: to be said where marked words stand. */
Str consent_paper_scope_words(const Scope *scope, const Consent *consent);

/* ---- asking what holds ---- */

/* What of the request is shared with the person now; with nobody named, with those who coordinate. */
unsigned consent_items_shared(const Scope *scope, RequestId request, PersonId with);
/* True when all these items of the request are shared with the person now; 0: with the program's
 * coordinators. */
bool consent_shares(const Scope *scope, RequestId request, PersonId with, unsigned items);
/* How whoever asks in this request can be reached, for that reader; empty when that is not shared with
 * them. */
ContactPoints consent_reach(const Scope *scope, RequestId request, PersonId person, PersonId with);

/* Under which consent the person (0: those who coordinate) reads it, said to that reader: with whom, what
 * for, until when. Empty when it is not shared with them now. */
Str consent_scope_words(const Scope *scope, RequestId request, PersonId with);

/* What holds and ends within CONSENT_WARNED, of which nobody was told yet: at most `most`, the first to end
 * on top. Marked as told by consent_set_told(), whatever came of it. */
#define CONSENT_WARNED (30 * TIME_DAY)
/* What an organization is given is short: a week before. */
#define CONSENT_PAPER_WARNED (7 * TIME_DAY)
Consents consent_list_ending(const Scope *scope, int64_t most);
void consent_set_told(const Scope *scope, Tx *tx, ConsentId id);
/* It holds, and ends so soon that the person is asked whether it shall go on. */
bool consent_is_ending(const Scope *scope, const Consent *consent);

/* False when there is none; whose it is, is the route's business. */
bool consent_find(const Scope *scope, ConsentId id, Consent *ret_consent);
/* All that a person ever gave, the newest first; at most 200. */
Consents consent_list(const Scope *scope, PersonId person);
/* What holds only because somebody wrote down that the person agreed: to be asked again. */
Consents consent_list_to_confirm(const Scope *scope, PersonId person);

typedef struct ConsentSigned {
    ConsentSide side;
    Str called;
    Time at;
} ConsentSigned;
typedef struct ConsentSigneds {
    const ConsentSigned *items;
    size_t count;
} ConsentSigneds;
ConsentSigneds consent_signatures(const Scope *scope, ConsentId id);

/* ---- a parent's or guardian's signature, where somebody is young (features/signing) ---- */

/* What this person gave in the program and a parent has not signed yet, the oldest first. */
Consents consent_list_waiting(const Scope *scope, ProgramId program, PersonId person);
/* What this parent signed and nobody stopped yet. */
Consents consent_list_signed_by(const Scope *scope, ProgramId program, PersonId person, PersonId parent);
/* The parent signs, now; true: nothing is missing any more, and it holds from here on. */
bool consent_sign_as_parent(const Scope *scope, Tx *tx, ConsentId id, PersonId parent);
/* The person came of the age at which they sign alone; true: it holds from here on. */
bool consent_need_no_parent(const Scope *scope, Tx *tx, ConsentId id);

/* ---- the switch ---- */

typedef enum ConsentResult {
    CONSENT_DONE,
    CONSENT_ELSEWHERE, /* it is stopped or past its day, or, for giving again, holds; nothing was written */
} ConsentResult;

/* The actor, whose it is, stops it, and whatever else was given to the same for the same request; also when
 * the walk it was given for has ended, for its last day is to come. Holds with the next page that anybody
 * opens. What follows for request and walk is features/sharing's. */
ConsentResult consent_stop(const Scope *scope, Tx *tx, ConsentId id);
/* Gives a new one like this, read now, in the scope's language: to start again, to go on past its day, or to
 * confirm what was written down. To an organization it holds for as many days as before, from now on. */
ConsentResult consent_give_again(const Scope *scope, Tx *tx, ConsentId id, ConsentId *ret_consent);
/* Gives a new one in this one's place, of these items (and what is needed): to narrow it, or to widen it.
 * Only what holds or waits for a signature, and was not replaced meanwhile. */
ConsentResult consent_give_items(const Scope *scope, Tx *tx, ConsentId id, unsigned items,
                                 ConsentId *ret_consent);
/* What the person reads before that. */
Str consent_words_of(const Scope *scope, const Consent *consent, unsigned items);
/* What the person reads before giving it again. */
Str consent_words_again(const Scope *scope, const Consent *consent);

/* ---- in sentences, in the scope's language ---- */

Text consent_item_text(ConsentItem item);
/* What leaving it out means; TEXT_NONE for what is needed, and for what only organizations are given. */
Text consent_item_without(ConsentItem item);
/* What stands on paper by it; TEXT_NONE where the item says it all. */
Text consent_item_on_paper(ConsentItem item);
Strs consent_item_words(const Scope *scope, unsigned items);
/* "Those who coordinate River Families", a name, or "Hill School, Ms. Ortiz". */
Str consent_to_words(const Scope *scope, const Consent *consent);
Text consent_purpose_text(ConsentPurpose purpose);
Str consent_until_words(const Scope *scope, const Consent *consent);
/* "You read it here on ..., in English." */
Str consent_how_words(const Scope *scope, const Consent *consent);
Text consent_state_text(ConsentState state);

/* Somebody to whom others gave a consent is forgotten: their name goes from the words that were read then.
 * Before the name itself is gone. */
void consent_forget_name(Tx *tx, PersonId person, Str called);

/* Takes out all about a request that is taken out itself. */
void consent_forget(Tx *tx, RequestId request);

#endif
