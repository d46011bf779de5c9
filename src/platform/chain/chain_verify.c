/* SPDX-License-Identifier: Apache-2.0 */
/* One walk along the links. After a fault it goes on from what stands there, so that one change is one
 * finding. */
#include "platform/chain/chain_verify.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

void chain_verify_found(ChainVerify *verify, const ChainFinding *finding) {
    if (verify->finding_count < CHAIN_FINDINGS_MOST) {
        verify->findings[verify->finding_count] = *finding;
    }
    verify->finding_count++;
}

/* ---- the checkpoints among themselves ---- */

/* False when the point proves nothing. */
static bool point_is_ours(ChainVerify *verify, const ChainPoint *point) {
    const Checkpoint *checkpoint = &point->checkpoint;
    ChainFinding finding = {.from = checkpoint->number,
                            .to = checkpoint->number,
                            .at = checkpoint->at,
                            .number = checkpoint->number};
    if (point->is_broken) {
        chain_verify_found(verify, &(ChainFinding){.fault = CHAIN_POINT_BROKEN,
                                                   .from = verify->last_number + 1,
                                                   .to = verify->last_number + 1});
        return false;
    }
    if (!checkpoint_is_signed(point->text, checkpoint, verify->in.key)) {
        finding.fault = CHAIN_POINT_FORGED;
        chain_verify_found(verify, &finding);
        return false;
    }
    if (memcmp(checkpoint->name, verify->in.name, CHAIN_NAME) != 0) {
        finding.fault = CHAIN_POINT_OF_ANOTHER;
        chain_verify_found(verify, &finding);
        return false;
    }
    return true;
}

/* Keeps the points that the chain must reach, in its order: one that says that the database was restored
 * takes back those behind it. */
static void points_order(ChainVerify *verify) {
    ChainPoint *points = verify->in.points;
    ChainHash before = {{0}};
    size_t kept = 0;
    for (size_t at = 0; at < verify->in.point_count; at++) {
        const ChainPoint point = points[at];
        const int64_t wanted = verify->last_number + 1;
        if (!point_is_ours(verify, &point)) {
            continue;
        }
        if (point.checkpoint.number < wanted) {
            continue; /* a log tells the same line twice */
        }
        if (point.checkpoint.number > wanted) {
            chain_verify_found(verify, &(ChainFinding){.fault = CHAIN_POINT_GONE,
                                                       .from = wanted,
                                                       .to = point.checkpoint.number - 1,
                                                       .at = point.checkpoint.at,
                                                       .number = point.checkpoint.number});
        } else if (!chain_hash_equal(&point.checkpoint.before, &before)) {
            chain_verify_found(verify, &(ChainFinding){.fault = CHAIN_POINT_FORGED,
                                                       .from = wanted - 1,
                                                       .to = wanted - 1,
                                                       .at = point.checkpoint.at,
                                                       .number = point.checkpoint.number});
        }
        while (point.checkpoint.is_resumed && kept > 0 &&
               points[kept - 1].checkpoint.seq > point.checkpoint.seq) {
            kept--;
        }
        before = checkpoint_hash(point.text);
        verify->last_number = point.checkpoint.number;
        points[kept++] = point;
    }
    verify->in.point_count = kept;
}

void chain_verify_begin(ChainVerify *ret_verify, const ChainVerifyIn *in) {
    *ret_verify = (ChainVerify){.in = *in, .hash = chain_first(in->name)};
    points_order(ret_verify);
}

/* ---- the links ---- */

static void row_verify(ChainVerify *verify, const ChainLink *link) {
    ChainFinding finding = {.from = link->seq, .to = link->seq, .at = link->at};
    ChainHash of_link, of_row;
    if (!link->has_row) {
        finding.fault = CHAIN_ROW_GONE;
        chain_verify_found(verify, &finding);
        return;
    }
    finding.fault = CHAIN_ROW_CHANGED;
    if (!chain_hash_of(link->commitment, &of_link) || !chain_hash_of(link->row_commitment, &of_row) ||
        !chain_hash_equal(&of_link, &of_row) || link->at.us != link->row.at.us) {
        chain_verify_found(verify, &finding);
        return;
    }
    if (link->salt.length == 0) {
        verify->erased++;
        return;
    }
    if (link->salt.length != CHAIN_SALT) {
        chain_verify_found(verify, &finding);
        return;
    }
    const ChainHash is = chain_commit((const unsigned char *)link->salt.at, &link->row);
    if (!chain_hash_equal(&is, &of_row)) {
        chain_verify_found(verify, &finding);
        return;
    }
    if (str_equal(link->row.action, verify->in.erasing_action)) {
        verify->erasing += link->row.object_id;
    }
}

static void point_reached(ChainVerify *verify, const Checkpoint *checkpoint) {
    const ChainHash root = chain_tree_root(&verify->tree);
    const bool is_held = chain_hash_equal(&checkpoint->head, &verify->hash) &&
                         (checkpoint->is_resumed || chain_hash_equal(&checkpoint->root, &root));
    if (is_held) {
        verify->points_held++;
        verify->signed_to = checkpoint->seq;
    } else if (!verify->is_rewritten) {
        /* What follows from something else than what was signed never fits again. */
        verify->is_rewritten = true;
        chain_verify_found(verify, &(ChainFinding){.fault = CHAIN_REWRITTEN,
                                                   .from = verify->signed_to + 1,
                                                   .to = checkpoint->seq,
                                                   .at = checkpoint->at,
                                                   .number = checkpoint->number});
    }
    verify->tree = (ChainTree){0};
}

void chain_verify_link(ChainVerify *verify, const ChainLink *link) {
    ChainHash commitment = {{0}};
    ChainHash hash = {{0}};
    const bool is_whole = chain_hash_of(link->commitment, &commitment) && chain_hash_of(link->hash, &hash);
    const ChainHash wanted = chain_next(&verify->hash, link->seq, link->id, link->at, &commitment);
    if (link->seq != verify->seq + 1) {
        chain_verify_found(verify, &(ChainFinding){.fault = CHAIN_LINK_GONE,
                                                   .from = verify->seq + 1,
                                                   .to = link->seq - 1,
                                                   .at = link->at});
        verify->is_rewritten = true; /* said already */
    } else if (!is_whole || !chain_hash_equal(&wanted, &hash)) {
        chain_verify_found(
            verify,
            &(ChainFinding){.fault = CHAIN_LINK_CHANGED, .from = link->seq, .to = link->seq, .at = link->at});
    }
    row_verify(verify, link);
    verify->hash = hash;
    verify->seq = link->seq;
    verify->links++;
    chain_tree_add(&verify->tree, &hash);
    while (verify->next < verify->in.point_count &&
           verify->in.points[verify->next].checkpoint.seq <= link->seq) {
        const Checkpoint *checkpoint = &verify->in.points[verify->next++].checkpoint;
        if (checkpoint->seq == link->seq) {
            point_reached(verify, checkpoint);
        }
    }
}

void chain_verify_end(ChainVerify *verify) {
    if (verify->next < verify->in.point_count) {
        const Checkpoint *last = &verify->in.points[verify->in.point_count - 1].checkpoint;
        chain_verify_found(verify, &(ChainFinding){.fault = CHAIN_CUT,
                                                   .from = verify->seq + 1,
                                                   .to = last->seq,
                                                   .at = last->at,
                                                   .number = last->number});
    }
    if (verify->erased > verify->erasing) {
        chain_verify_found(
            verify,
            &(ChainFinding){.fault = CHAIN_ERASED_MORE, .from = verify->erasing, .to = verify->erased});
    }
}

/* ---- in words ---- */

static void time_say(Time at, char text[32]) {
    const time_t seconds = (time_t)(at.us / TIME_SECOND);
    struct tm parts = {0};
    if (time_is_none(at)) {
        snprintf(text, 32, "an unknown time");
        return;
    }
    /* A year has six digits at most, whatever the bits. */
    (void)gmtime_r(&seconds, &parts);
    (void)strftime(text, 32, "%Y-%m-%dT%H:%M:%SZ", &parts);
}

static void range_say(const ChainFinding *finding, const char *one, const char *many, char text[64]) {
    if (finding->from == finding->to) {
        snprintf(text, 64, "%s %" PRId64, one, finding->from);
    } else {
        snprintf(text, 64, "%s %" PRId64 " to %" PRId64, many, finding->from, finding->to);
    }
}

static const char *const ROWS = "do not say any more what was written";

#define SAY(...) length = snprintf(sentence, CHAIN_SENTENCE, __VA_ARGS__)

size_t chain_finding_say(const ChainFinding *finding, char sentence[CHAIN_SENTENCE]) {
    char when[32], entries[64], points[64];
    time_say(finding->at, when);
    range_say(finding, "entry", "entries", entries);
    range_say(finding, "checkpoint", "checkpoints", points);
    int length = 0;
    switch (finding->fault) {
    case CHAIN_ROW_GONE:
        SAY("%s (of %s): the row was deleted", entries, when);
        break;
    case CHAIN_ROW_CHANGED:
        SAY("%s (of %s): the row was edited; it is not what was written", entries, when);
        break;
    case CHAIN_LINK_GONE:
        SAY("%s (before %s): deleted from the chain", entries, when);
        break;
    case CHAIN_LINK_CHANGED:
        SAY("%s (of %s): does not follow from the one before; entries were edited or put in another order",
            entries, when);
        break;
    case CHAIN_REWRITTEN:
        SAY("%s: %s; checkpoint %" PRId64 " of %s signed others: the chain was written anew somewhere in "
            "between",
            entries, ROWS, finding->number, when);
        break;
    case CHAIN_CUT:
        SAY("%s are gone: checkpoint %" PRId64 " of %s has them, the database ends at %" PRId64
            "; its end was cut off, or an older copy stands in its place",
            entries, finding->number, when, finding->from - 1);
        break;
    case CHAIN_ROW_OUTSIDE:
        SAY("%" PRId64 " rows stand outside the chain (one is of %s): put in by another way", finding->to,
            when);
        break;
    case CHAIN_ERASED_MORE:
        SAY("%" PRId64 " rows are empty, and forgetting has emptied %" PRId64 ": the others were emptied by "
            "another way",
            finding->to, finding->from);
        break;
    case CHAIN_POINT_FORGED:
        SAY("%s (of %s): not signed with this database's key, or changed after signing", points, when);
        break;
    case CHAIN_POINT_BROKEN:
        SAY("%s: the line is cut or damaged", points);
        break;
    case CHAIN_POINT_OF_ANOTHER:
        SAY("%s (of %s): belongs to another database", points, when);
        break;
    case CHAIN_POINT_GONE:
        SAY("%s (before %s): missing from the checkpoints", points, when);
        break;
    case CHAIN_POINTS_GONE:
        SAY("%s: the database made them, and they are not in the checkpoint file; it went missing or was cut",
            points);
        break;
    }
    assert(length > 0 && length < CHAIN_SENTENCE);
    return (size_t)length;
}
