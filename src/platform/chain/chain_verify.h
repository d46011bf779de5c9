/* SPDX-License-Identifier: Apache-2.0 */
/* Holds the rows and links of an audit against each other and against its signed checkpoints, and says where
 * something was changed afterwards.
 *
 * Like chain.h it is pure: whoever reads the rows, from whatever engine or file, feeds it the links in the
 * order of their numbers, one call each. Nothing grows: it may run over millions.
 *
 *   chain_verify_begin(&verify, &(ChainVerifyIn){...});
 *   for each link: chain_verify_link(&verify, &link);
 *   chain_verify_end(&verify);
 *   verify.finding_count == 0: all is as it was written. */
#ifndef CHAIN_VERIFY_H
#define CHAIN_VERIFY_H

#include "platform/chain/chain.h"

typedef enum ChainFault {
    CHAIN_ROW_GONE,     /* a link whose row is not there */
    CHAIN_ROW_CHANGED,  /* a row that is not what its commitment says */
    CHAIN_LINK_GONE,    /* numbers that are missing between two links */
    CHAIN_LINK_CHANGED, /* a link that does not follow from the one before */
    CHAIN_REWRITTEN,    /* links that follow from one another, and are not those that were signed */
    CHAIN_CUT,          /* the chain ends before what was signed: cut off, or an older copy of the database */
    CHAIN_ROW_OUTSIDE,  /* rows that stand in no chain and wait for none */
    CHAIN_ERASED_MORE,  /* more rows without content than forgetting has emptied */
    CHAIN_POINT_FORGED, /* a checkpoint with a signature by another key, or changed after it was signed */
    CHAIN_POINT_BROKEN, /* half a checkpoint: a line that was cut */
    CHAIN_POINT_OF_ANOTHER, /* a checkpoint of another database */
    CHAIN_POINT_GONE,       /* checkpoints that are missing between others */
    CHAIN_POINTS_GONE, /* the database knows of checkpoints that are not in the file, or there is no file */
} ChainFault;

typedef struct ChainFinding {
    ChainFault fault;
    int64_t from; /* numbers of links, or of checkpoints where the fault is about these */
    int64_t to;
    Time at;        /* when it was written, or the checkpoint's time; TIME_NONE: not known */
    int64_t number; /* of the checkpoint that tells; 0: none */
} ChainFinding;

typedef struct ChainPoint {
    Checkpoint checkpoint;
    Str text; /* as checkpoint_read() gave it */
    bool is_broken;
} ChainPoint;

typedef struct ChainLink {
    int64_t seq;
    int64_t id;
    Time at;
    Str commitment;
    Str hash;
    bool has_row;
    ChainRow row;
    Str salt; /* empty: the row's content was erased */
    Str row_commitment;
} ChainLink;

typedef struct ChainVerifyIn {
    const unsigned char *name; /* CHAIN_NAME bytes */
    const unsigned char *key;  /* CHAIN_PUBLIC bytes */
    ChainPoint *points;        /* in the order of the file; is put in order of what still counts */
    size_t point_count;
    Str erasing_action; /* rows of this action tell in object_id how many rows were emptied with them */
} ChainVerifyIn;

enum { CHAIN_FINDINGS_MOST = 50 };

typedef struct ChainVerify {
    ChainVerifyIn in;
    size_t next; /* the next point to be reached */
    int64_t signed_to;
    bool is_rewritten;
    ChainHash hash;
    int64_t seq;
    ChainTree tree;
    int64_t links;
    int64_t erased;
    int64_t erasing; /* as forgetting has told */
    int64_t points_held;
    int64_t last_number;  /* of the checkpoints in the file; 0: none */
    size_t finding_count; /* may be more than are kept */
    ChainFinding findings[CHAIN_FINDINGS_MOST];
} ChainVerify;

/* What `in` points at must stay until the end. */
void chain_verify_begin(ChainVerify *ret_verify, const ChainVerifyIn *in);
void chain_verify_link(ChainVerify *verify, const ChainLink *link);
void chain_verify_end(ChainVerify *verify);
/* What only the reader of the rows can find. */
void chain_verify_found(ChainVerify *verify, const ChainFinding *finding);

enum { CHAIN_SENTENCE = 400 };
/* One sentence in plain words, without a line end; returns its length. */
size_t chain_finding_say(const ChainFinding *finding, char sentence[CHAIN_SENTENCE]);

#endif
