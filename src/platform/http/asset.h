/* SPDX-License-Identifier: Apache-2.0 */
/* The files that pages are drawn with (style sheet, scripts, icon), compiled into the program.
 *
 * tools/assets.py makes the table. A path holds the hash of the content ("/assets/app.0123456789.css"), so an
 * answer may be kept forever and a new version has a new path; the service worker alone is "/worker.js" for
 * good. Every item exists plain, gzip and brotli; all bytes live as long as the process. Templates write
 * asset.app_css, C code ASSET_APP_CSS of the generated "assets.h". */
#ifndef ASSET_H
#define ASSET_H

#include "base/str.h"

typedef struct Asset {
    const char *path;
    const char *type; /* the Content-Type */
    const unsigned char *bytes;
    const unsigned char *gzip;
    const unsigned char *brotli;
    size_t length;
    size_t gzip_length;
    size_t brotli_length;
} Asset;

/* The generated table, sorted by path. */
extern const Asset asset_items[];
extern const size_t asset_count;

/* The item whose whole path this is, or NULL. */
const Asset *asset_find(Str path);

#endif
