/* SPDX-License-Identifier: Apache-2.0 */
/* The tables behind a new program. The sentences are in program.en.po and program.es.po. */
#include "features/program/program_start.h"

#include "texts.h"

#include <assert.h>

static const StartItem items[] = {
    /* What families live through, in the words they use at the kitchen table. */
    {.list = LIST_EXPERIENCE, .words = TEXT_PROGRAM_START_SCHOOL},
    {.list = LIST_EXPERIENCE, .words = TEXT_PROGRAM_START_IEP},
    {.list = LIST_EXPERIENCE, .words = TEXT_PROGRAM_START_ANXIETY},
    {.list = LIST_EXPERIENCE, .words = TEXT_PROGRAM_START_LOW},
    {.list = LIST_EXPERIENCE, .words = TEXT_PROGRAM_START_SELF_HARM},
    {.list = LIST_EXPERIENCE, .words = TEXT_PROGRAM_START_VOICES},
    {.list = LIST_EXPERIENCE, .words = TEXT_PROGRAM_START_EATING},
    {.list = LIST_EXPERIENCE, .words = TEXT_PROGRAM_START_SUBSTANCE, .is_part2 = true},
    {.list = LIST_EXPERIENCE, .words = TEXT_PROGRAM_START_ANGER},
    {.list = LIST_EXPERIENCE, .words = TEXT_PROGRAM_START_ADHD},
    {.list = LIST_EXPERIENCE, .words = TEXT_PROGRAM_START_AUTISM},
    {.list = LIST_EXPERIENCE, .words = TEXT_PROGRAM_START_HOSPITAL},
    {.list = LIST_EXPERIENCE, .words = TEXT_PROGRAM_START_AWAY},
    {.list = LIST_EXPERIENCE, .words = TEXT_PROGRAM_START_COURT},
    {.list = LIST_EXPERIENCE, .words = TEXT_PROGRAM_START_FOSTER},
    {.list = LIST_EXPERIENCE, .words = TEXT_PROGRAM_START_LGBTQ},
    {.list = LIST_EXPERIENCE, .words = TEXT_PROGRAM_START_GRIEF},
    {.list = LIST_EXPERIENCE, .words = TEXT_PROGRAM_START_VIOLENCE},
    {.list = LIST_EXPERIENCE, .words = TEXT_PROGRAM_START_WRAPAROUND},
    {.list = LIST_LANGUAGE, .words = TEXT_PROGRAM_START_ENGLISH},
    {.list = LIST_LANGUAGE, .words = TEXT_PROGRAM_START_SPANISH},
    {.list = LIST_LANGUAGE, .words = TEXT_PROGRAM_START_SIGN},
    {.list = LIST_RELATION, .words = TEXT_PROGRAM_START_MOTHER},
    {.list = LIST_RELATION, .words = TEXT_PROGRAM_START_FATHER},
    {.list = LIST_RELATION, .words = TEXT_PROGRAM_START_STEPPARENT},
    {.list = LIST_RELATION, .words = TEXT_PROGRAM_START_GRANDPARENT},
    {.list = LIST_RELATION, .words = TEXT_PROGRAM_START_FOSTER_PARENT},
    {.list = LIST_RELATION, .words = TEXT_PROGRAM_START_KIN},
    {.list = LIST_RELATION, .words = TEXT_PROGRAM_START_SIBLING},
    {.list = LIST_RELATION, .words = TEXT_PROGRAM_START_YOUNG},
    {.list = LIST_RELATION, .words = TEXT_PROGRAM_START_CAREGIVER},
    {.list = LIST_AGE, .words = TEXT_PROGRAM_START_AGE_5},
    {.list = LIST_AGE, .words = TEXT_PROGRAM_START_AGE_9},
    {.list = LIST_AGE, .words = TEXT_PROGRAM_START_AGE_12},
    {.list = LIST_AGE, .words = TEXT_PROGRAM_START_AGE_15},
    {.list = LIST_AGE, .words = TEXT_PROGRAM_START_AGE_18},
    {.list = LIST_AGE, .words = TEXT_PROGRAM_START_AGE_25},
    {.list = LIST_TIME, .words = TEXT_PROGRAM_START_MORNINGS},
    {.list = LIST_TIME, .words = TEXT_PROGRAM_START_AFTERNOONS},
    {.list = LIST_TIME, .words = TEXT_PROGRAM_START_EVENINGS},
    {.list = LIST_TIME, .words = TEXT_PROGRAM_START_NIGHTS},
    {.list = LIST_TIME, .words = TEXT_PROGRAM_START_WEEKENDS},
    {.list = LIST_SYSTEM, .words = TEXT_PROGRAM_START_SYSTEM_SCHOOL},
    {.list = LIST_SYSTEM, .words = TEXT_PROGRAM_START_SYSTEM_COURT},
    {.list = LIST_SYSTEM, .words = TEXT_PROGRAM_START_SYSTEM_WELFARE},
    {.list = LIST_SYSTEM, .words = TEXT_PROGRAM_START_SYSTEM_HOSPITAL},
    {.list = LIST_SYSTEM, .words = TEXT_PROGRAM_START_SYSTEM_EMERGENCY},
    {.list = LIST_SYSTEM, .words = TEXT_PROGRAM_START_SYSTEM_AWAY},
    {.list = LIST_SYSTEM, .words = TEXT_PROGRAM_START_SYSTEM_INSURANCE},
    {.list = LIST_ROLE, .words = TEXT_PROGRAM_START_ROLE_CAREGIVERS},
    {.list = LIST_ROLE, .words = TEXT_PROGRAM_START_ROLE_YOUNG},
    {.list = LIST_CHANNEL, .words = TEXT_PROGRAM_START_CHANNEL_PHONE},
    {.list = LIST_CHANNEL, .words = TEXT_PROGRAM_START_CHANNEL_TEXT},
    {.list = LIST_CHANNEL, .words = TEXT_PROGRAM_START_CHANNEL_VIDEO},
    {.list = LIST_CHANNEL, .words = TEXT_PROGRAM_START_CHANNEL_PERSON},
    {.list = LIST_GENDER, .words = TEXT_PROGRAM_START_GENDER_WOMAN},
    {.list = LIST_GENDER, .words = TEXT_PROGRAM_START_GENDER_MAN},
    {.list = LIST_GENDER, .words = TEXT_PROGRAM_START_GENDER_NON_BINARY},
    {.list = LIST_ACTIVITY, .words = TEXT_PROGRAM_START_ACTIVITY_TALKED},
    {.list = LIST_ACTIVITY, .words = TEXT_PROGRAM_START_ACTIVITY_MEETING},
    {.list = LIST_ACTIVITY, .words = TEXT_PROGRAM_START_ACTIVITY_PRACTICED},
    {.list = LIST_ACTIVITY, .words = TEXT_PROGRAM_START_ACTIVITY_FORM},
    {.list = LIST_ACTIVITY, .words = TEXT_PROGRAM_START_ACTIVITY_SERVICES},
    {.list = LIST_ACTIVITY, .words = TEXT_PROGRAM_START_ACTIVITY_CALL},
    {.list = LIST_ACTIVITY, .words = TEXT_PROGRAM_START_ACTIVITY_PAPERS},
    {.list = LIST_ACTIVITY, .words = TEXT_PROGRAM_START_ACTIVITY_PLANNED},
    {.list = LIST_ACTIVITY, .words = TEXT_PROGRAM_START_ACTIVITY_SAW},
    {.list = LIST_ACTIVITY, .words = TEXT_PROGRAM_START_ACTIVITY_FUN},
    {.list = LIST_ACTIVITY, .words = TEXT_PROGRAM_START_ACTIVITY_PEOPLE},
    /* Regions, cultures and funding are a place's own: a program writes them, or does not ask. */
};

static const Text words[PROGRAM_WORDS_COUNT] = {
    [PROGRAM_NAME] = TEXT_PROGRAM_START_NAME,
    [PROGRAM_WELCOME] = TEXT_PROGRAM_START_WELCOME,
    [PROGRAM_WHO] = TEXT_PROGRAM_START_WHO,
    [PROGRAM_TITLE] = TEXT_PROGRAM_START_TITLE,
    [PROGRAM_ROLE] = TEXT_PROGRAM_START_ROLE,
    [PROGRAM_AGREEMENT] = TEXT_PROGRAM_START_AGREEMENT,
    [PROGRAM_MUST_TELL] = TEXT_PROGRAM_START_MUST_TELL,
    [PROGRAM_REACH] = TEXT_PROGRAM_START_REACH,
    [PROGRAM_MUST_TELL_YOUNG] = TEXT_PROGRAM_START_MUST_TELL_YOUNG,
    [PROGRAM_AFTER_HOURS] = TEXT_PROGRAM_START_AFTER_HOURS,
    [PROGRAM_STORY] = TEXT_PROGRAM_START_STORY,
};

/* Defaults that a program keeps until it knows better; no standard says these numbers. */
static const Clock clocks[CLOCK_COUNT] = {
    [CLOCK_REPLY] = {1, UNIT_BUSINESS_DAYS},
    [CLOCK_SHORTLIST] = {24, UNIT_HOURS},
    [CLOCK_SHORTLIST_LATE] = {5, UNIT_DAYS},
    [CLOCK_CHOICE] = {5, UNIT_DAYS},
    [CLOCK_FIRST_CONTACT] = {24, UNIT_HOURS},
    [CLOCK_FIRST_CONTACT_LATE] = {72, UNIT_HOURS},
    [CLOCK_RHYTHM] = {2, UNIT_WEEKS},
    [CLOCK_CHECKIN_FIRST] = {2, UNIT_WEEKS},
    [CLOCK_CHECKIN_SECOND] = {8, UNIT_WEEKS},
    [CLOCK_CHECKIN_LATER] = {13, UNIT_WEEKS},
    [CLOCK_LOAD_VOLUNTEER] = {3, UNIT_COUNT_OF},
    [CLOCK_LOAD_EMPLOYED] = {10, UNIT_COUNT_OF},
    [CLOCK_REMINDER] = {1, UNIT_DAYS},
};

const StartItem *program_start_items(size_t *ret_count) {
    *ret_count = sizeof items / sizeof items[0];
    return items;
}

Text program_start_words(ProgramWords key) {
    assert(key >= PROGRAM_NAME && key < PROGRAM_WORDS_COUNT);
    return words[key];
}

Clock program_start_clock(ClockKind clock) {
    assert(clock >= CLOCK_REPLY && clock < CLOCK_COUNT);
    return clocks[clock];
}
