/* SPDX-License-Identifier: Apache-2.0 */
/* Notes about a walk, in the mode of its program: none, written together, by a peer, or as a payer asks.
 *
 * Whoever gives writes them: strengths first, then what was talked about or done, then what comes next.
 * There is no field for a symptom, a diagnosis or a risk, and none can be added. The receiver reads every
 * note, also after the walk and whatever mode the program is in by then.
 *
 * A co-written note is a draft, which the two alone read, until the receiver agrees, has set words of their
 * own beside it that see it otherwise, or does not want to look at drafts. What stands is never changed:
 * another version is another note, which names the one it replaces, and both stay. Those who coordinate read
 * what stands, while the family shares contacts and the lines about them (CONSENT_CONTACTS). */
#ifndef NOTE_H
#define NOTE_H

#include "features/contact/contact.h"
#include "features/match/match.h"
#include "platform/part2.h"
#include "platform/scope.h"

typedef enum NoteMode {
    NOTE_COUNT_ONLY = 1, /* no notes: the log says what counts */
    NOTE_CO_WRITTEN = 2,
    NOTE_PEER = 3,  /* stands at once; the receiver answers beside it */
    NOTE_PAYER = 4, /* the same, about one contact each, by a day and signed off (note_payer.h) */
} NoteMode;

/* What the program does now; NOTE_COUNT_ONLY until it says otherwise. */
NoteMode note_mode(const Scope *scope, ProgramId program);
/* From now on. Notes that were written stay as they are. */
void note_set_mode(const Scope *scope, Tx *tx, ProgramId program, NoteMode mode);

typedef enum NoteState {
    NOTE_DRAFT = 1,
    NOTE_AGREED = 2,
    NOTE_OTHERWISE = 3, /* the receiver sees it otherwise, and says so beside it */
    NOTE_WAIVED = 4,    /* the receiver does not want to look at drafts */
    NOTE_WRITTEN = 5,   /* by a peer: it was never a draft */
} NoteState;

typedef struct NoteWords {
    Str strengths; /* what went well, what they are good at */
    Str talked;
    Str next;
    bool is_part2;     /* may tell of substance use */
    ContactId contact; /* about this talk of the walk; 0: about the walk. Where a payer asks, always one */
} NoteWords;

typedef enum NoteResult {
    NOTE_DONE,
    /* It stands meanwhile, was changed, or no notes are written here now; or the contact is none of the
     * walk's, has a note, or is missing: nothing changed. */
    NOTE_ELSEWHERE,
} NoteResult;

/* May the actor write notes here now: they give, the walk lasts, the program has notes, and the receiver
 * shares contacts and the lines about them with the actor? */
bool note_may_write(const Scope *scope, const Match *match);
/* A note by the actor in the mode of the program. */
NoteResult note_write(const Scope *scope, Tx *tx, const Match *match, const NoteWords *words, NoteId *ret_id);

/* One of the list, without its words. */
typedef struct NoteHead {
    NoteId id;
    Str by_called;
    NoteState state;
    bool is_replaced; /* a later version of it was written */
    Time written_at;
    Time stands_at; /* TIME_NONE: a draft */
} NoteHead;
typedef struct NoteHeads {
    const NoteHead *items;
    size_t count;
} NoteHeads;
enum { NOTE_MOST = 200 };
/* The newest first; at most NOTE_MOST; none that the actor may not read. */
NoteHeads note_list(const Scope *scope, MatchId match);
/* Drafts that wait for this match's receiver. */
int64_t note_drafts(const Scope *scope, MatchId match);

/* Of the actor's walks as the one who receives, those in which drafts wait for them. */
typedef struct NoteWaiting {
    MatchId match;
    Str giver_called;
    int64_t drafts;
} NoteWaiting;
typedef struct NoteWaitings {
    const NoteWaiting *items;
    size_t count;
} NoteWaitings;
NoteWaitings note_waiting(const Scope *scope);

typedef struct NoteBeside {
    NoteBesideId id;
    PersonId by;
    Str by_called;
    Part2Words words;
    bool is_otherwise; /* than the note says */
    bool is_kept;      /* between the two alone */
    Time at;
} NoteBeside;
typedef struct NoteBesides {
    const NoteBeside *items;
    size_t count;
} NoteBesides;

typedef struct Note {
    NoteId id;
    MatchId match;
    PersonId receiver; /* whom it is about */
    PersonId by;
    Str by_called;
    NoteMode mode; /* the program's when it was written */
    NoteState state;
    ContactId contact; /* 0: about the walk */
    Time sign_due_at;  /* by when it is to be signed off; TIME_NONE: nobody asks for it */
    Time signed_at;    /* TIME_NONE: not yet */
    Str signed_by_called;
    int64_t version;
    Part2Words strengths;
    Part2Words talked;
    Part2Words next;
    NoteId replaces;    /* 0: nothing */
    NoteId replaced_by; /* 0: nothing */
    Time written_at;
    Time changed_at;
    Time stands_at;      /* TIME_NONE: a draft */
    NoteBesides besides; /* oldest first */
} Note;
/* False also when the actor is none of those who may read it. */
bool note_find(const Scope *scope, NoteId id, Note *ret_note);

/* By its writer: a draft is changed in place if it still is that version; what stands is replaced by another
 * note, which begins as any other of the program's mode. */
NoteResult note_change(const Scope *scope, Tx *tx, const Match *match, const Note *note,
                       const NoteWords *words, NoteId *ret_id);

/* What the one who reads a note does with it. */
typedef enum NoteDeed {
    NOTE_ADD,    /* sets words beside it; a draft stays one */
    NOTE_AGREE,  /* the receiver, to a draft; with words or without */
    NOTE_DIFFER, /* the receiver: it is otherwise, in their own words; a draft stands by it */
} NoteDeed;
typedef struct NoteAnswer {
    NoteDeed deed;
    Str words;
    bool is_kept;    /* counts for the receiver's words only */
    bool is_part2;   /* words beside a note that does, do as well */
    int64_t version; /* of the note that was read */
} NoteAnswer;
/* The words must not be empty but where the deed is NOTE_AGREE. */
NoteResult note_answer(const Scope *scope, Tx *tx, const Note *note, const NoteAnswer *answer);
/* The receiver's own words; false when they are none of the actor's. */
bool note_beside_keep(const Scope *scope, Tx *tx, NoteId note, NoteBesideId beside, bool is_kept);

/* Does the receiver of this match not want to look at drafts? */
bool note_is_waived(const Scope *scope, MatchId match);
/* The receiver says so, and drafts stand from now on, also those that wait; or wants to look again. */
void note_waive(const Scope *scope, Tx *tx, MatchId match, bool is_waived);

/* What is plain about this person. Their words go with their key. */
void note_forget(Tx *tx, PersonId person);

/* How it stands, in a few words: "A draft", "You both agreed to it". */
Text note_state_text(NoteState state);

/* Words that put a label on a person, with a plainer way to say it. They are shown to whoever wrote them,
 * and nobody else; nothing is kept of it. */
typedef struct NoteLabel {
    Str word;
    Str plainer;
    Lang lang; /* of both */
} NoteLabel;
typedef struct NoteLabels {
    const NoteLabel *items;
    size_t count;
} NoteLabels;
enum { NOTE_LABELS_MOST = 12 };
/* Those in a text, whole words only, whatever their case and accents; each once. The lists are texts, of all
 * languages: a note may be written in another than the page. */
NoteLabels note_labels(Arena *arena, Str text);

#endif
