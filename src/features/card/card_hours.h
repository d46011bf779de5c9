/* SPDX-License-Identifier: Apache-2.0 */
/* The part of a form that asks for hours, by the clock on the person's own wall: for the safety card, and for
 * others that ask the same. Drawn by card_hours_fields() of card.html. */
#ifndef CARD_HOURS_H
#define CARD_HOURS_H

#include "features/safety/safety_hours.h"
#include "platform/scope.h"

typedef struct Form Form;
typedef struct Options Options;

/* Where its fields stand in a form, from the first of them on. */
enum {
    CARD_HOURS_KIND,    /* one of card_hours_kinds */
    CARD_HOURS_WINDOWS, /* three fields for each of SAFETY_WINDOWS_MOST: days, from, to */
    CARD_HOURS_ZONE = CARD_HOURS_WINDOWS + SAFETY_WINDOWS_MOST * 3,
    CARD_HOURS_FIELDS,
};
/* "any", "only", "never": by enum SafetyHoursKind, NULL behind the last. */
extern const char *const card_hours_kinds[];
extern const char *const card_hours_days[];

/* Entries of a table of fields. */
#define CARD_HOURS_WINDOW(number)                                                                            \
    {.name = "days" number, .kind = FIELD_SET, .choices = card_hours_days},                                  \
        {.name = "from" number, .kind = FIELD_LINE, .most_characters = 8}, {                                 \
        .name = "to" number, .kind = FIELD_LINE, .most_characters = 8                                        \
    }
#define CARD_HOURS_TABLE                                                                                     \
    {.name = "hours", .kind = FIELD_CHOICE, .is_required = true, .choices = card_hours_kinds},               \
        CARD_HOURS_WINDOW("1"), CARD_HOURS_WINDOW("2"), CARD_HOURS_WINDOW("3"), {                            \
        .name = "zone", .kind = FIELD_LINE, .most_characters = 64                                            \
    }

/* Into the form, whose hours begin at this field. */
void card_hours_set(const Scope *scope, Form *form, size_t field, const SafetyHours *hours, Str zone);
/* And back; they only count when the form is valid afterwards. */
SafetyHours card_hours_read(Form *form, size_t field);
void card_hours_options(const Scope *scope, Str zone, Options *ret_days, Options *ret_zones);

#endif
