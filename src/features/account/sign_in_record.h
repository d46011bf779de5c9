/* SPDX-License-Identifier: Apache-2.0 */
/* What stays of signing in: who came in and how, and who tried and did not.
 *
 * Who has shown who they are leaves a row of the audit at once. Whoever has not is only counted, by hour,
 * address block and what was typed: the same two statements whether or not anybody is known there, so that
 * neither the answer nor its time tells who is here, and a flood fills no table. Once the hour is over, the
 * jobs process looks up whom the counts are about, and adds a row for each that the person reads; what is
 * about nobody becomes one row for the operator. No row has an address in it. */
#ifndef SIGN_IN_RECORD_H
#define SIGN_IN_RECORD_H

#include "platform/scope.h"

/* Stored for an hour: never renumber. */
typedef enum SignInEvent {
    SIGN_IN_MAIL_ASKED = 1,   /* a code and a link by mail */
    SIGN_IN_TEXT_ASKED = 2,   /* a code by text */
    SIGN_IN_MAIL_REFUSED = 3, /* a code or link from there that was wrong, used or over */
    SIGN_IN_TEXT_REFUSED = 4,
    SIGN_IN_PASSPHRASE_REFUSED = 5,
    SIGN_IN_PASSKEY_REFUSED = 6,
    SIGN_IN_AGAIN_REFUSED = 7, /* somebody who is signed in did not show again that it is them */
} SignInEvent;

/* Counts one. `value_key`: the mailbox or phone that was meant (account_value_index()), or empty;
 * `person`: whose passkey or session it was, or none. The transaction must be kept. */
void sign_in_count(const Scope *scope, Tx *tx, SignInEvent event, Str value_key, PersonId person);

/* A row of the audit: this person came in, having shown this, on this device. */
void sign_in_record(const Scope *scope, Tx *tx, PersonId person, unsigned proofs, Str device);

/* A row of the audit for the scope's actor, who is going; nothing when nobody is signed in. */
void sign_out_record(const Scope *scope, Tx *tx);

/* For the jobs process, some times an hour: makes rows of the audit of the hours that are over. */
void sign_in_record_counted(Scope *scope, Tx *tx);

#endif
