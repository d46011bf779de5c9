/* SPDX-License-Identifier: Apache-2.0 */
/* Finds a compiled-in file by its path. */
#include "platform/http/asset.h"

const Asset *asset_find(Str path) {
    size_t least = 0;
    size_t most = asset_count;
    while (least < most) {
        const size_t middle = least + (most - least) / 2;
        const int order = str_compare(path, str_of(asset_items[middle].path));
        if (order == 0) {
            return &asset_items[middle];
        }
        if (order < 0) {
            most = middle;
        } else {
            least = middle + 1;
        }
    }
    return NULL;
}
