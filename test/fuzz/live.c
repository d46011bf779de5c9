/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as what PostgreSQL or the local socket tells the live process: a line is read only as it is
 * written. */
// needs: src/platform/live/live_line.c
#include "platform/live/live_line.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Only the reader is fed here: nothing is told within a transaction. */
void tx_hint(Tx *tx, Str line) {
    (void)tx;
    (void)line;
    assert(!"a line of the reader was told on");
}

static void line_check(Str text) {
    LiveLine line = {.person = -7};
    if (!live_line_read(text, &line)) {
        assert(line.person == -7);
        return;
    }
    assert(line.person >= 0 && line.session >= 0 && line.object >= 0 && line.since >= 0);
    assert(str_is_none(line.kind) || (line.kind.at >= text.at && line.kind.length <= LIVE_KIND_MOST));
    char written[LIVE_LINE_MOST];
    const size_t length = live_line_write(&line, written);
    assert(str_equal(text, (Str){.at = written, .length = length}));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const Str bytes = {.at = (const char *)data, .length = size};
    Str left = bytes;
    while (!str_is_empty(left)) {
        Str line = STR_NONE;
        (void)str_cut(left, '\n', &line, &left);
        line_check(line);
    }
    line_check(bytes);
    return 0;
}
