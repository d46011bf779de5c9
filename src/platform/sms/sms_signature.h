/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a form that somebody sent us comes from the text provider: a signature over the public address and
 * the form's fields, under a token that only the provider and this program know (the form that Twilio's has
 * and others copy). */
#ifndef SMS_SIGNATURE_H
#define SMS_SIGNATURE_H

#include "platform/http/form.h"

/* For the platform's `signed` routes (http/hooks.h). `url` as people reach it. The token is what stands in
 * the data folder in text.signing or, where there is no such file, in text.password; without either nothing
 * is signed. Compared in time that tells nothing. */
bool sms_is_signed(const Scope *scope, Str url, const Input *input, Str signature);

/* The signature that belongs to it: HMAC-SHA1, by RFC 2104, of the address and then each field's name and
 * value, the fields in the order of their bytes, in base64. A field that came twice with one value counts
 * once. */
Str sms_signature(Arena *arena, Str token, Str url, const Input *input);

#endif
