/* SPDX-License-Identifier: Apache-2.0 */
/* Feeds bytes to the readers of cookies, languages and forwarded addresses. */
// needs: src/platform/http/cookie.c src/platform/http/accept.c src/platform/http/address.c
// needs: src/text/text.c BUILD/src/generated/texts.c
#include "platform/http/accept.h"
#include "platform/http/address.h"
#include "platform/http/cookie.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const Str header = {.at = (const char *)data, .length = size};
    const Str value = cookie_find(header, STR("visit"));
    assert(str_is_none(value) || (value.length > 0 && value.at >= header.at &&
                                  value.at + value.length <= header.at + header.length));
    assert(accept_lang(header) < LANG_COUNT);
    (void)accept_encoding(header, STR("gzip"));
    HttpAddress address;
    (void)address_forwarded(header, &address);
    return 0;
}
