/* SPDX-License-Identifier: Apache-2.0 */
/* Each person's data key in the database, and whether the key file is the one that belongs to it.
 *
 * All of it needs the keys that db_keys_use() gave. */
#ifndef PERSON_KEY_H
#define PERSON_KEY_H

#include "ids.h"
#include "platform/db/db.h"

/* A key for a person who has none; in the transaction that adds the person. */
void person_key_make(Tx *tx, PersonId person);
/* Takes it out again, for undoing the step that made the person. (Forgetting a person is more than that.) */
void person_key_drop(Tx *tx, PersonId person);

/* Forgets the person: everything that is sealed under their key is emptied, in every table, and the key is
 * gone from the database. Until person_keys_puncture() older copies of the database still open with the key
 * file. Returns how many values were emptied. */
int64_t person_key_forget(Tx *tx, PersonId person, Time now);
/* Takes the slots of everyone who was forgotten out of the key file for good; returns how many it still
 * held. Each machine does so with its own file. */
size_t person_keys_puncture(Db *db, Arena *arena, KeysPlace place);

/* People whose rows are here while the key file has lost their slot for good: this database was restored from
 * a copy made before they were forgotten. */
typedef struct PersonsLost {
    const PersonId *items;
    size_t count;
} PersonsLost;
PersonsLost person_keys_lost(Db *db, Arena *arena);

/* What does not open with the key file: a line for the persons' keys, and one for each sealed column. Empty:
 * all is well. Reads and opens every value, in pages; the lines live in the arena. */
Strs person_keys_wrong(Db *db, Arena *arena);

/* ---- rotation ---- */

/* How many data keys are wrapped under an older generation than the newest. */
int64_t person_keys_older(Db *db);
/* Wraps at most so many of them anew, in the order of persons behind *after, which moves on; returns how
 * many were looked at. Old slots are remembered: forgetting takes them out of the key file too. */
size_t person_keys_rewrap(Tx *tx, PersonId *after, size_t most);
/* Values in the vault that only an older generation opens. */
int64_t vault_values_older(Db *db);
/* Forgets what older generations were for; before they are dropped from the key file. */
void person_keys_drop_older(Tx *tx);

/* fail(FAIL_USAGE) with a sentence when something here was sealed by another key file than this one, or by a
 * generation that it has dropped. False: what is noted here is not what the file has, for a command was
 * broken off between the two. */
bool key_file_check(Db *db);
/* True when something here was sealed by some key file. */
bool key_file_is_needed(Db *db);
/* Takes the number after the newest generation for a rotation, in a transaction which ends when the key file
 * has it; so that two operators with a copy of the file each never make two of one number. False: it is noted
 * already, by another copy. */
bool key_file_claim(Tx *tx);
/* Notes how the generation that was claimed is called. */
void key_file_name_claimed(Tx *tx);
/* Notes which generations may have sealed something here: once the file is made, and after each rotation. */
void key_file_note(Tx *tx);

#endif
