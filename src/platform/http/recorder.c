/* SPDX-License-Identifier: Apache-2.0 */
/* Between the boundary and the audit. */
#include "platform/http/recorder.h"

#include "platform/config.h"
#include "platform/http/address.h"

void recorder_begin(Recorder *recorder, const Route *route, int64_t object, RecordOutcome outcome) {
    if (recorder->hooks->about == NULL) {
        return;
    }
    recorder->event =
        (RecordEvent){.action = route->name, .rule = route->rule, .object = object, .outcome = outcome};
    RecordAbout *about = &recorder->event.about;
    recorder->hooks->about(recorder->scope, route->rule, object, about);
    switch (outcome) {
    case RECORD_CHANGED:
        recorder->has_event = about->records_change;
        break;
    case RECORD_READ:
        recorder->has_event = about->records_reading;
        break;
    case RECORD_REFUSED:
        recorder->has_event = about->records_refusal;
        break;
    }
}

static bool is_worth_a_row(const Recorder *recorder, HttpAddress address) {
    const Scope *scope = recorder->scope;
    /* The machine itself is no stranger. */
    if (address_is_loopback(address) && !scope->config->trusts_proxy) {
        return true;
    }
    const int64_t actor = scope->actor.value;
    const Str who = actor == 0 ? recorder->block : str_print(scope->arena, "%lld", (long long)actor);
    const Str what = str_print(scope->arena, "%.*s|%s|%lld", STR_ARGS(who), recorder->event.action,
                               (long long)recorder->event.object);
    const Time now = time_monotonic();
    int wait = 0;
    return limits_take(recorder->limits, LIMIT_RECORD_SAME, what, now, &wait) &&
           limits_take(recorder->limits, LIMIT_RECORD_PERSON, who, now, &wait) &&
           (actor != 0 || limits_take(recorder->limits, LIMIT_RECORD_ALL, STR("all"), now, &wait));
}

void recorder_refused(Recorder *recorder, const Route *route, int64_t object, HttpAddress address) {
    recorder_begin(recorder, route, object, RECORD_REFUSED);
    recorder->has_event = recorder->has_event && is_worth_a_row(recorder, address);
}

void recorder_write(Recorder *recorder, Tx *tx) {
    if (recorder->has_event) {
        recorder->hooks->record(recorder->scope, tx, &recorder->event);
    }
}

void recorder_write_alone(Recorder *recorder) {
    if (recorder->has_event) {
        Tx *tx = tx_begin(recorder->scope->db);
        recorder_write(recorder, tx);
        tx_commit(tx);
    }
}
