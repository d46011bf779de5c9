/* SPDX-License-Identifier: Apache-2.0 */
/* The address at which an open page listens for what is new. */
#include "base/time.h"
#include "routes.h"

enum { LIVE_SINCE, LIVE_FIELDS };
static const Field live_fields[] = {
    [LIVE_SINCE] = {.name = "since", .kind = FIELD_NUMBER, .least = 1, .most = INT64_MAX},
};

void live_show(Get *get) {
    const Form form = form_read(get->scope, get->input, live_fields, LIVE_FIELDS);
    reply_live(get->reply, (Time){form.is_valid ? form_int(&form, LIVE_SINCE, 0) : 0});
}
