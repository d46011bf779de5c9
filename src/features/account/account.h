/* SPDX-License-Identifier: Apache-2.0 */
/* People, the ways to reach them, and how a browser becomes a person: by a code or link sent to a mailbox.
 *
 * There are no passwords. Whoever asks to sign in gets the same answer whether or not the mailbox is known,
 * and the same work is done, so that nobody can find out who is here. A code counts only in the browser
 * that asked for it; a link counts anywhere, after one tap. Both end after one use, ten minutes, or five
 * wrong codes.
 *
 * A mailbox may be shared by several people of a household. Signing in by a mailbox opens the newest of
 * them and allows changing to the others; nobody is ever merged. A young person who keeps apart
 * (features/youth) is neither opened nor shown that way, unless nobody else has the mailbox; and one who
 * has a word of their own is opened by nothing without it. */
#ifndef ACCOUNT_H
#define ACCOUNT_H

#include "features/safety/safety.h"
#include "platform/scope.h"

typedef enum ContactPointKind { CONTACT_POINT_MAIL = 1, CONTACT_POINT_PHONE = 2 } ContactPointKind;

typedef struct ContactPoint {
    ContactPointId id; /* 0: not kept yet */
    ContactPointKind kind;
    Str value;        /* as typed */
    Safe voicemail;   /* may a message be left */
    Safe text;        /* may a text message be sent */
    Str safe_times;   /* in the person's own words; may be empty */
    bool is_unsafe;   /* read back: the person says that nothing must go there */
    SafetyAnswer now; /* read back: may it be used for a call or a mail at the scope's moment? */
} ContactPoint;

/* Adds somebody, with a key of their own for what is written about them. */
PersonId account_person_add(const Scope *scope, Tx *tx, Str called, Lang lang);

/* Adds a way to reach the person. */
ContactPointId account_contact_point_add(const Scope *scope, Tx *tx, PersonId person,
                                         const ContactPoint *point);

/* Makes someone known who can be reached at this mailbox; when somebody is known there already, nothing. */
void account_person_meet(const Scope *scope, Tx *tx, Str called, Str mail);

/* What a person is called and the language to write to them in; false when there is nobody. */
typedef struct Person {
    PersonId id;
    Str called;
    Lang lang;
} Person;
bool account_person_find(const Scope *scope, PersonId id, Person *ret_person);
/* Takes out a person whom nothing else knows any more, with the ways to reach them: for undoing a step that
 * made them. A person who holds anything yet (a request, an offer, a session) is fail(FAIL_DATABASE). */
void account_person_remove(Tx *tx, PersonId person);

/* Signs the person out everywhere, ends their duties, deletes the ways to reach them and what was on its
 * way, and calls them by a neutral word from now on. The row stays: others' rows refer to it. */
void account_person_forget(const Scope *scope, Tx *tx, PersonId person);

void account_person_change(Tx *tx, PersonId person, Str called, Lang lang);

/* Changes what is safe about one of this person's own ways (voicemail, text, safe_times); false when it is
 * not theirs. */
bool account_contact_point_set_safety(Tx *tx, PersonId person, ContactPointId point,
                                      const ContactPoint *safety);

typedef struct ContactPoints {
    const ContactPoint *items;
    size_t count;
} ContactPoints;
/* How a person can be reached, the way to try first on top; at most 20. The template account_reach() of
 * account.html shows them to those who may reach the person, with only what was said to be safe. */
ContactPoints account_contact_points(const Scope *scope, PersonId person);

/* The form under which addresses are looked up: lower-case mail without blanks; a phone's digits without a
 * leading US 1 and without an extension. Empty when there is nothing to look up by. */
Str account_value_key(Arena *arena, ContactPointKind kind, Str value);
/* What stands in the database for that: a keyed hash of it, so that the rows tell no address. Empty when
 * there is nothing to look up by. */
Str account_value_index(const Keys *keys, Arena *arena, ContactPointKind kind, Str value);

/* Queues a code and a link to this mailbox, if anyone is known there. `visit` is the browser's own secret
 * (reply_visit). More than five in an hour to one mailbox are silently not sent. */
void sign_in_send(Scope *scope, Tx *tx, Str mail, Str visit);
/* The same by text, to a phone of which somebody said that texts are safe, and from which nobody stopped
 * them.
 */
void sign_in_send_text(Scope *scope, Tx *tx, Str phone, Str visit);

/* For the job table (JobKind.may): a text goes to no phone from which texts were stopped, but the one that
 * says so; and one to a person only there and then where it is safe (notice_text_may()). */
JobMoment account_text_may(const Scope *scope, Str payload);

/* Everyone who has this phone (account_value_index()), whatever they say about texts; for the phone's own
 * messages to us. At most 20. */
typedef struct PersonIds {
    const PersonId *items;
    size_t count;
} PersonIds;
PersonIds account_with_phone(const Scope *scope, Str value_key);

/* What is queued where nobody is to be told: as much work as a mail or a text, and nothing comes of it. */
#define SIGN_IN_NOTHING_KIND "nothing"
void sign_in_send_nothing(Scope *scope, Tx *tx, Str payload);

typedef enum SignInResult {
    SIGN_IN_DONE,  /* *ret_person is who this is */
    SIGN_IN_WRONG, /* not the code; it can be tried again */
    SIGN_IN_OVER,  /* used, expired, tried too often, or never asked for: ask for a new one */
} SignInResult;

typedef struct SignedIn {
    PersonId person;
    Str mail_key;    /* the mailbox that proved it (account_value_index()), or none */
    unsigned proofs; /* enum Proof of features/access/proof.h, as bits */
    Str device;      /* reply_device(); may be none */
} SignedIn;

/* A wrong code counts as a try, so the transaction must be kept also when the answer is SIGN_IN_WRONG. */
SignInResult sign_in_by_code(const Scope *scope, Tx *tx, Str visit, Str code, SignedIn *ret_signed_in);
SignInResult sign_in_by_link(const Scope *scope, Tx *tx, Str token, SignedIn *ret_signed_in);

/* A link for an operator or a test, without mail: the address path to open. False when nobody has this mail.
 */
bool sign_in_link(const Scope *scope, Tx *tx, Str mail, Str *ret_token);

/* With what programs start: after how long without use, and at the latest, who holds a duty is signed out. */
static const int64_t SESSION_IDLE_US = TIME_HOUR;
static const int64_t SESSION_LONGEST_US = 12 * TIME_HOUR;

/* Starts a session and returns the token for the cookie. People who hold a duty, and so see others' data, are
 * signed out as the strictest of their duties says (table duty_session, kept by features/program); others
 * after 7 days without use and 30 days at the latest. Who holds a duty is told of a new device by mail. */
Str session_start(const Scope *scope, Tx *tx, const SignedIn *signed_in);

/* Brings the open sessions of this person within what holds for them now: after a duty was given, or a limit
 * made shorter. */
void session_shorten(const Scope *scope, Tx *tx, PersonId person);

/* More was shown by the scope's actor, now: a new token for the same sign-in, which the old one does not
 * outlive. The session ends no later than it would have. */
Str session_raise(const Scope *scope, Tx *tx, unsigned proofs);

typedef struct SessionFound {
    SessionId id;
    PersonId person;
    Lang lang;
    unsigned proofs;
    Time proved_at;
    bool is_stale; /* seen over a minute ago: call session_seen() */
} SessionFound;

/* The live session of a cookie's token; false when there is none (never was, ended, idle too long). */
bool session_find(Db *db, Arena *arena, Time now, Str token, SessionFound *ret_found);
void session_seen(Tx *tx, SessionId session, Time now);
void session_end(Tx *tx, SessionId session);
/* The scope's own, by its person: says so in the audit. Nothing when nobody is signed in. */
void session_leave(const Scope *scope, Tx *tx);
/* Every one of this person. */
void session_end_all(Tx *tx, PersonId person);
/* Every one of this person, and the codes on their way to them, by somebody with a duty in the program or by
 * the operator: for a phone that was lost, or a stranger who came in. The person reads who did it and why,
 * and is told by mail. */
void account_sign_out(const Scope *scope, Tx *tx, PersonId person, ProgramId program, Str reason);
/* The same for everyone whom this mailbox reaches, also those who keep apart; returns how many. */
size_t account_sign_out_mail(const Scope *scope, Tx *tx, Str mail, Str reason);
/* Every other session of the scope's actor. */
void session_end_others(const Scope *scope, Tx *tx);

/* Writes to the person's first mailbox, in neutral words, that something about signing in has changed, and
 * what to do when it was somebody else. Nothing without a mailbox. */
void account_tell(const Scope *scope, Tx *tx, PersonId person, Text what);

/* The same, and a row of the audit with this lasting word. */
void account_tell_recorded(const Scope *scope, Tx *tx, PersonId person, Text what, Str action);

/* Everyone whom this session's mailbox reaches, this person among them, the newest first. Empty after an
 * operator's link. Lives in the scope's arena. */
typedef struct Householder {
    PersonId id;
    Str called;
} Householder;
typedef struct Household {
    const Householder *items;
    size_t count;
} Household;
Household account_household(const Scope *scope);
/* Everyone whom this mailbox reaches, the newest first; for people with a duty, never for visitors. */
Household account_find_by_mail(const Scope *scope, Str mail);
/* Does this mailbox (account_value_index()) reach the person? */
bool account_reaches(const Scope *scope, Str mail_key, PersonId person);
/* Those of this mailbox whose space opens with a word of theirs (features/youth), shown or not: to try a
 * word, and never to be told of. */
Household account_young_of(const Scope *scope, Str mail_key);
/* Starts a session as another person of the same mailbox; false when the mailbox does not reach them, or
 * their space opens with a word of theirs. */
bool account_change_person(const Scope *scope, Tx *tx, PersonId person, Str *ret_token);

/* The mailbox that proved this session, as account_value_index() names it; none after an operator's link. */
Str account_session_mailbox(const Scope *scope);
/* Starts a session as a person of the same mailbox who may keep apart (features/youth): the caller has seen a
 * proof that only that person has. False when the mailbox does not reach them. */
bool account_open_own(const Scope *scope, Tx *tx, PersonId person, Str *ret_token);

/* Deletes sign-ins older than a day and sessions that are over. */
void account_clean_up(Scope *scope, Tx *tx);

#endif
