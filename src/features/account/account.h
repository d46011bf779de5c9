/* SPDX-License-Identifier: Apache-2.0 */
/* People, the ways to reach them, and how a browser becomes a person: by a code or link sent to a mailbox.
 *
 * There are no passwords. Whoever asks to sign in gets the same answer whether or not the mailbox is known,
 * and the same work is done, so that nobody can find out who is here. A code counts only in the browser that
 * asked for it; a link counts anywhere, after one tap. Both end after one use, ten minutes, or five wrong
 * codes.
 *
 * A mailbox may be shared by several people of a household. Signing in by a mailbox opens the newest of them
 * and allows changing to the others; nobody is ever merged. */
#ifndef ACCOUNT_H
#define ACCOUNT_H

#include "platform/scope.h"

typedef enum ContactPointKind { CONTACT_POINT_MAIL = 1, CONTACT_POINT_PHONE = 2 } ContactPointKind;

/* Whether something is safe, as the person said. Not said means: do not. */
typedef enum Safe { SAFE_NOT_SAID = 0, SAFE_YES = 1, SAFE_NO = 2 } Safe;

typedef struct ContactPoint {
    ContactPointKind kind;
    Str value;      /* as typed */
    Safe voicemail; /* may a message be left */
    Safe text;      /* may a text message be sent */
    Str safe_times; /* in the person's own words; may be empty */
} ContactPoint;

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

/* Queues a code and a link to this mailbox, if anyone is known there. `visit` is the browser's own secret
 * (reply_visit). More than five in an hour to one mailbox are silently not sent. */
void sign_in_send(Scope *scope, Tx *tx, Str mail, Str visit);

typedef enum SignInResult {
    SIGN_IN_DONE,  /* *ret_person is who this is */
    SIGN_IN_WRONG, /* not the code; it can be tried again */
    SIGN_IN_OVER,  /* used, expired, tried too often, or never asked for: ask for a new one */
} SignInResult;

typedef struct SignedIn {
    PersonId person;
    Str mail_key; /* the mailbox that proved it; none for an operator's link */
} SignedIn;

/* A wrong code counts as a try, so the transaction must be kept also when the answer is SIGN_IN_WRONG. */
SignInResult sign_in_by_code(const Scope *scope, Tx *tx, Str visit, Str code, SignedIn *ret_signed_in);
SignInResult sign_in_by_link(const Scope *scope, Tx *tx, Str token, SignedIn *ret_signed_in);

/* A link for an operator or a test, without mail: the address path to open. False when nobody has this mail.
 */
bool sign_in_link(const Scope *scope, Tx *tx, Str mail, Str *ret_token);

/* Starts a session and returns the token for the cookie. People who hold a duty, and so see others' data, are
 * signed out after an hour without use and after 12 hours at the latest; others after 7 and 30 days. */
Str session_start(const Scope *scope, Tx *tx, const SignedIn *signed_in);

typedef struct SessionFound {
    SessionId id;
    PersonId person;
    Lang lang;
    bool is_stale; /* seen over a minute ago: call session_seen() */
} SessionFound;

/* The live session of a cookie's token; false when there is none (never was, ended, idle too long). */
bool session_find(Db *db, Arena *arena, Time now, Str token, SessionFound *ret_found);
void session_seen(Tx *tx, SessionId session, Time now);
void session_end(Tx *tx, SessionId session);

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
/* Starts a session as another person of the same mailbox; false when the mailbox does not reach them. */
bool account_change_person(const Scope *scope, Tx *tx, PersonId person, Str *ret_token);

/* Deletes sign-ins older than a day and sessions that are over. */
void account_clean_up(Scope *scope, Tx *tx);

#endif
