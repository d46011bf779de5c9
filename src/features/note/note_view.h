/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages of notes show: filled by note_pages.c, drawn by note.html. */
#ifndef NOTE_VIEW_H
#define NOTE_VIEW_H

#include "features/note/note_payer.h"
#include "features/note/note_shown.h"
#include "ui/ui.h"

typedef struct NoteModePage {
    Layout layout;
    const Form *form;
    ProgramId program;
    Options modes;
} NoteModePage;

typedef struct NoteListPage {
    Layout layout;
    Match match;
    NoteHeads notes;
    bool may_write;
    bool is_receiver;
    bool is_waived;
    bool has_drafts; /* this program writes notes together, or a draft waits */
    bool is_payers;  /* each note is about one contact */
    NoteDues dues;   /* contacts that wait for a note of the reader's */
    bool not_shared; /* the receiver does not share contacts with the reader */
} NoteListPage;

/* Writing one, or another version. */
typedef struct NoteWritePage {
    Layout layout;
    const Form *form;
    Match match;
    NoteId note;     /* 0: a new one */
    int64_t version; /* of what is being changed */
    bool is_draft;   /* the receiver looks at it first */
    bool has_contact;
    Contact contact; /* if has_contact: the talk that it is about */
    bool stands;     /* what is being changed stands, and stays */
} NoteWritePage;

typedef struct NoteSaid {
    NoteBesideId id;
    PersonId by;
    Str words;
    Str by_called;
    bool is_otherwise;
    bool is_kept;
    Time at;
} NoteSaid;
typedef struct NoteSaids {
    const NoteSaid *items;
    size_t count;
} NoteSaids;

typedef struct NotePage {
    Layout layout;
    const Form *form;
    Match match;
    Note note;
    Str strengths;
    Str talked;
    Str next;
    NoteSaids besides;
    NoteLabels labels; /* for the writer alone */
    PersonId receiver; /* the reader, where they are the one it is about; else 0 */
    bool has_contact;
    Contact contact; /* if has_contact: the talk that it is about */
    bool may_answer;
    bool may_change;
    bool may_sign;
    Date sign_due_on; /* none: nobody asks for it */
    Str must_tell;
} NotePage;

typedef struct NoteUnsignedPage {
    Layout layout;
    ProgramId program;
    NoteUnsigneds notes;
} NoteUnsignedPage;

#endif
