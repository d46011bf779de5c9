/* SPDX-License-Identifier: Apache-2.0 */
/* Emergency access: somebody to whom the program gave that duty opens a person's record, although the person
 * does not share it. The only way past a missing consent, and a loud one.
 *
 * The reason comes first; then the record can be read, and nothing in it changed, for an hour. The person it
 * is about and those who lead the program see it from the same moment on and for ever: by whom, when, until
 * when, why. The person can answer beside it. Nobody can take it back. */
#ifndef EMERGENCY_H
#define EMERGENCY_H

#include "platform/scope.h"

#define EMERGENCY_SPAN (60 * TIME_MINUTE)
/* A reason is a sentence, not a word. */
enum { EMERGENCY_REASON_LEAST = 20 };

typedef enum EmergencyResult {
    EMERGENCY_OPENED,
    EMERGENCY_NO_REASON, /* less than a sentence */
    EMERGENCY_NOBODY,    /* nobody of that name or mail address asked anything of this program */
    EMERGENCY_SEVERAL,   /* more than one: say the mail address */
} EmergencyResult;

/* The actor opens the record of the one who is called so, or whose mail address this is. Both the person and
 * those who lead get a mail that says only that there is news. */
EmergencyResult emergency_open(Scope *scope, Tx *tx, ProgramId program, Str who, Str reason,
                               EmergencyId *ret_emergency);

typedef struct EmergencyAnswer {
    Str words;
    Time at;
} EmergencyAnswer;
typedef struct EmergencyAnswers {
    const EmergencyAnswer *items;
    size_t count;
} EmergencyAnswers;

typedef struct Emergency {
    EmergencyId id;
    ProgramId program;
    PersonId person;
    Str called;
    PersonId by;
    Str by_called;
    Str reason;
    Time opened_at;
    Time ends_at;
    bool is_open;
    EmergencyAnswers answers;
} Emergency;
typedef struct Emergencies {
    const Emergency *items;
    size_t count;
} Emergencies;

bool emergency_find(const Scope *scope, EmergencyId id, Emergency *ret_emergency);
/* About a person; in a program; opened by a person and still open. The newest first. */
Emergencies emergency_list_of(const Scope *scope, PersonId person);
Emergencies emergency_list_in(const Scope *scope, ProgramId program);
Emergencies emergency_list_by(const Scope *scope, PersonId person);
/* How many are open in this program now. */
int64_t emergency_open_now(const Scope *scope, ProgramId program);

/* The actor, whom it is about, writes beside it. */
void emergency_answer_add(const Scope *scope, Tx *tx, EmergencyId id, Str words);

#endif
