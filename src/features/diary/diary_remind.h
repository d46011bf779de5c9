/* SPDX-License-Identifier: Apache-2.0 */
/* When somebody is reminded of a meeting: for the files of this feature. */
#ifndef DIARY_REMIND_H
#define DIARY_REMIND_H

#include "features/diary/diary.h"

/* Writes down when, as the meeting stands now; nothing where it is off, or where that moment is past. */
void diary_plan(const Scope *scope, Tx *tx, PersonId person, MeetingId meeting);

#endif
