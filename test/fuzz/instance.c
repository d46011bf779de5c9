/* SPDX-License-Identifier: Apache-2.0 */
/* Instances, plans and proofs from any bytes, in pieces of any size: what is read keeps the rules that the
 * solver stands on, is written back the same, and its best plan is proved. */
// needs: src/matching/instance.c src/matching/instance_plan.c src/matching/instance_write.c
// needs: src/matching/lines.c src/matching/records.c src/matching/sorting.c src/matching/certificate.c
// needs: src/matching/assignment.c src/matching/auction.c src/matching/market.c src/matching/path.c
// needs: src/matching/deferred.c src/matching/proof.c src/matching/settle.c
#include "base/buf.h"
#include "base/fail.h"
#include "matching/certificate.h"
#include "matching/deferred.h"
#include "matching/instance.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Larger ones are read, not solved. */
enum { SOLVED_PEOPLE_MOST = 5000 };

typedef struct Drip {
    const uint8_t *at;
    size_t left;
    size_t piece;
} Drip;

static size_t drip_read(void *context, char *bytes, size_t room) {
    Drip *drip = context;
    size_t length = drip->left < drip->piece ? drip->left : drip->piece;
    length = length < room ? length : room;
    memcpy(bytes, drip->at, length);
    drip->at += length;
    drip->left -= length;
    return length;
}

static InstanceFault read_from(Arena *arena, Drip drip, AssignmentInstance *ret_instance) {
    const LinesSource source = {.read = drip_read, .context = &drip, .bytes_most = drip.left};
    return instance_read(arena, arena, &source, ret_instance);
}

static void keep(void *context, Str bytes) {
    buf_add(context, bytes);
}

static void check_rows(const AssignmentInstance *instance) {
    assert(instance->first[0] == 0);
    for (uint32_t family = 0; family < instance->families; family++) {
        assert(instance->first[family] <= instance->first[family + 1]);
        for (uint32_t pair = instance->first[family]; pair < instance->first[family + 1]; pair++) {
            assert(instance->supporter[pair] < instance->supporters);
            assert(pair == instance->first[family] ||
                   instance->supporter[pair - 1] < instance->supporter[pair]);
        }
    }
}

static void check_solved(Arena *arena, const AssignmentInstance *instance) {
    const AssignmentPlan plan = assignment_solve(arena, instance);
    assert(plan.is_proved);
    const CertificateVerdict verdict = certificate_check(arena, instance, &plan);
    assert(verdict.flaw == CERTIFICATE_HOLDS && verdict.objective == plan.objective);
    const DeferredPlan deferred = deferred_solve(arena, instance, NULL);
    assert(deferred.objective <= plan.objective);
    const DeferredCount count = deferred_count(arena, instance, deferred.partner, NULL);
    assert(count.envious == 0 && count.wasteful == 0);
}

static void check_written(Arena *arena, const AssignmentInstance *instance) {
    Buf buf = buf_new(arena, 8 << 20);
    instance_write(arena, &(RecordsSink){.write = keep, .context = &buf}, instance, STR_NONE);
    AssignmentInstance again = {0};
    const Drip drip = {.at = (const uint8_t *)buf.bytes, .left = buf.length, .piece = SIZE_MAX};
    assert(read_from(arena, drip, &again).flaw == INSTANCE_FINE);
    const size_t pairs = instance->first[instance->families];
    assert(again.families == instance->families && again.supporters == instance->supporters);
    assert(memcmp(again.first, instance->first, (instance->families + 1) * sizeof(uint32_t)) == 0);
    assert(memcmp(again.capacity, instance->capacity, instance->supporters * sizeof(uint32_t)) == 0);
    assert(memcmp(again.supporter, instance->supporter, pairs * sizeof(uint32_t)) == 0);
    assert(memcmp(again.weight, instance->weight, pairs * sizeof(int32_t)) == 0);
}

/* The same bytes as a plan and a proof of what was read, or of three people each. */
static void read_beside(Arena *arena, Drip drip, const AssignmentInstance *instance) {
    const uint32_t *partner = NULL;
    const int64_t *value = NULL;
    const int64_t *price = NULL;
    Drip plan = drip;
    Drip proof = drip;
    LinesSource source = {.read = drip_read, .context = &plan, .bytes_most = drip.left};
    (void)instance_read_plan(arena, arena, &source, instance, &partner);
    for (uint32_t family = 0; family < instance->families; family++) {
        assert(partner[family] == ASSIGNMENT_ALONE || partner[family] < instance->supporters);
    }
    source.context = &proof;
    (void)instance_read_proof(arena, arena, &source, instance, &value, &price);
    (void)certificate_check(
        arena, instance,
        &(AssignmentPlan){.partner = partner, .family_value = value, .supporter_price = price});
}

typedef struct Work {
    Arena *arena;
    Drip drip;
} Work;

static void work_on(void *context) {
    static const uint32_t first[] = {0, 1, 3, 3};
    static const uint32_t supporter[] = {1, 0, 2};
    static const int32_t weight[] = {5, 7, -1};
    static const uint32_t capacity[] = {1, 0, 2};
    const Work *work = context;
    AssignmentInstance instance = {.families = 3,
                                   .supporters = 3,
                                   .first = first,
                                   .supporter = supporter,
                                   .weight = weight,
                                   .capacity = capacity};
    if (read_from(work->arena, work->drip, &instance).flaw == INSTANCE_FINE) {
        check_rows(&instance);
        if (instance.families < SOLVED_PEOPLE_MOST && instance.supporters < SOLVED_PEOPLE_MOST) {
            check_solved(work->arena, &instance);
            check_written(work->arena, &instance);
        }
    }
    if (instance.families < SOLVED_PEOPLE_MOST && instance.supporters < SOLVED_PEOPLE_MOST) {
        read_beside(work->arena, work->drip, &instance);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Arena *arena = arena_new(24 << 20);
    Work work = {.arena = arena, .drip = {.at = data, .left = size, .piece = size % 7 == 0 ? 1 : size}};
    Fail why = {0};
    /* Millions of people may be more than the arena is given here, and nothing else may go wrong. */
    assert(fail_catch(work_on, &work, &why) || why.kind == FAIL_MEMORY);
    arena_free(arena);
    return 0;
}
