/* SPDX-License-Identifier: Apache-2.0 */
/* Reads multipart/form-data (RFC 7578) from a whole body. Pure; the fuzzer calls it. */
#ifndef MULTIPART_H
#define MULTIPART_H

#include "platform/http/form.h"

/* False (and nothing set) when the body does not follow the form: no boundary, a part without a name, fields
 * that are not UTF-8 or hold a NUL, more than 512 parts, no closing boundary. File contents are views of the
 * body. */
bool multipart_parse(Arena *arena, Str content_type, Str body, Input *ret_input);

#endif
