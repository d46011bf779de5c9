/* SPDX-License-Identifier: Apache-2.0 */
/* Notes that a payer asks for (NOTE_PAYER): about one contact each, written by a day, and signed off.
 *
 * Such a note stands at once, and the family reads it and answers beside it as with any other. Signing off is
 * reading: it is done by one of those who coordinate, other than the writer, and only where the family shares
 * contacts with them. Where a family does not, the note waits, and that is said; nobody reads it on another
 * ground. The program sends a note to no payer: an organization gets what a family gives it by consent.
 *
 * How many days is the program's to say, as its payer says. 3 days to write and until the fifth working day
 * to sign is one provider's rule for children's services in New York; no federal rule names a number. */
#ifndef NOTE_PAYER_H
#define NOTE_PAYER_H

#include "features/contact/contact.h"
#include "features/note/note.h"

enum { NOTE_WRITE_DAYS = 3, NOTE_SIGN_DAYS = 5, NOTE_DAYS_MOST = 60 };

typedef struct NoteDays {
    int64_t write; /* days after the contact, 1 to NOTE_DAYS_MOST */
    int64_t sign;  /* days from Monday to Friday after the contact, 1 to NOTE_DAYS_MOST; holidays count */
} NoteDays;
/* The program's; those above until it says otherwise. */
NoteDays note_days(const Scope *scope, ProgramId program);
/* After note_set_mode(). */
void note_set_days(const Scope *scope, Tx *tx, ProgramId program, NoteDays days);

/* The end of the day that many days on, or that many days from Monday to Friday, where the zone's clock
 * hangs. */
Time note_due_at(const Zone *zone, Time contact, int64_t days);
Time note_sign_due_at(const Zone *zone, Time contact, int64_t days);

/* A contact of the actor's about which no note was written. */
typedef struct NoteDue {
    MatchId match;
    ContactId contact;
    Str receiver_called;
    ContactKind kind;
    Time at;
    Date due_on; /* the last day */
    bool is_late;
} NoteDue;
typedef struct NoteDues {
    const NoteDue *items;
    size_t count;
    size_t further; /* that the list leaves out */
} NoteDues;
/* Those that reached somebody since the program writes such notes, and that the actor may write about now;
 * the first due on top, at most `most`, 1 to 20. `match`: of this walk alone; none: of all. */
NoteDues note_due_list(const Scope *scope, MatchId match, size_t most);

/* A note that waits for a signature, without its words. */
typedef struct NoteUnsigned {
    NoteId id;
    Str by_called;
    Str receiver_called;
    Time contact_at;
    Date sign_due_on; /* the last day */
    bool is_own;      /* the actor wrote it: somebody else signs */
    bool is_late;
} NoteUnsigned;
typedef struct NoteUnsigneds {
    const NoteUnsigned *items;
    size_t count;
    int64_t withheld; /* further ones, of families who do not share contacts with those who coordinate */
} NoteUnsigneds;
/* The first due on top; at most 50. */
NoteUnsigneds note_unsigned_list(const Scope *scope, ProgramId program);

/* Whether the actor, who coordinates, could sign this note off now. */
bool note_may_sign(const Scope *scope, const Note *note);
/* NOTE_ELSEWHERE: it was signed, has a later version, or is not the actor's to sign; nothing was written. */
NoteResult note_sign(const Scope *scope, Tx *tx, const Note *note);

#endif
