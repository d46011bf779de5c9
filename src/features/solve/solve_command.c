/* SPDX-License-Identifier: Apache-2.0 */
/* Files to instances, instances to plans, plans to one line of JSON. */
#include "features/solve/solve_command.h"

#include "features/solve/solve_files.h"
#include "matching/certificate.h"
#include "matching/deferred.h"

#include <inttypes.h>
#include <time.h>

/* Address space, not memory: an arena takes what it is asked for. */
static const size_t MEMORY_MOST = (size_t)1 << 36;

enum { STATUS_FLAWED = 1, STATUS_WRONG = 2 };

/* What one command has open. */
typedef struct Bench {
    Arena *arena;
    const MatchOrder *order;
} Bench;

static double processor_seconds(void) {
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Reads the instance; what reading takes beside it is given back before anything else is worked out. */
static bool instance_open(Arena *arena, Str path, AssignmentInstance *ret_instance) {
    Arena *scratch = arena_new_within(arena, MEMORY_MOST);
    const bool is_read = solve_read_instance(arena, scratch, path, ret_instance);
    arena_free(scratch);
    return is_read;
}

/* What was printed has left, or this fails. */
static int told(const Bench *bench) {
    solve_file_close(solve_file_standard(bench->arena));
    return 0;
}

/* ---- solve ---- */

static void print_head(const AssignmentInstance *instance, uint32_t matched, int64_t objective) {
    printf("{\"families\":%" PRIu32 ",\"supporters\":%" PRIu32 ",\"pairs\":%" PRIu32 ",\"matched\":%" PRIu32
           ",\"objective\":%" PRId64,
           instance->families, instance->supporters, instance->first[instance->families], matched, objective);
}

static int solve_best(const Bench *bench, const AssignmentInstance *instance) {
    SolveFile *pairs = solve_file_open(bench->arena, bench->order->pairs);
    SolveFile *duals = solve_file_open(bench->arena, bench->order->duals);
    const double began = processor_seconds();
    const AssignmentPlan plan = assignment_solve(bench->arena, instance);
    const double seconds = processor_seconds() - began;
    if (pairs != NULL) {
        instance_write_plan(bench->arena, solve_file_sink(pairs), instance, plan.partner);
        solve_file_close(pairs);
    }
    if (duals != NULL) {
        instance_write_proof(bench->arena, solve_file_sink(duals), instance, plan.family_value,
                             plan.supporter_price);
        solve_file_close(duals);
    }
    print_head(instance, plan.matched, plan.objective);
    printf(",\"dual\":%" PRId64 ",\"proved\":%s,\"seconds\":%.6f}\n", plan.dual,
           plan.is_proved ? "true" : "false", seconds);
    return told(bench);
}

static int solve_deferred(const Bench *bench, const AssignmentInstance *instance) {
    if (!str_is_none(bench->order->duals)) {
        return solve_say("a plan by deferred acceptance has no duals; leave --duals out");
    }
    SolveFile *pairs = solve_file_open(bench->arena, bench->order->pairs);
    const double began = processor_seconds();
    const DeferredPlan plan = deferred_solve(bench->arena, instance, NULL);
    const double seconds = processor_seconds() - began;
    const DeferredCount count = deferred_count(bench->arena, instance, plan.partner, NULL);
    if (pairs != NULL) {
        instance_write_plan(bench->arena, solve_file_sink(pairs), instance, plan.partner);
        solve_file_close(pairs);
    }
    print_head(instance, plan.matched, plan.objective);
    printf(",\"dual\":null,\"proved\":false,\"envious\":%" PRIu32 ",\"wasteful\":%" PRIu32
           ",\"seconds\":%.6f}\n",
           count.envious, count.wasteful, seconds);
    return told(bench);
}

static int solve_do(const Bench *bench) {
    const MatchOrder *order = bench->order;
    const bool is_deferred = str_equal(order->method, STR("deferred"));
    if (order->words.count != 2) {
        return solve_say("solve wants one file");
    }
    if (!is_deferred && !str_is_none(order->method) && !str_equal(order->method, STR("auction"))) {
        return solve_say("--method wants auction or deferred, not \"%.*s\"", STR_ARGS(order->method));
    }
    AssignmentInstance instance = {0};
    if (!instance_open(bench->arena, order->words.items[1], &instance)) {
        return STATUS_WRONG;
    }
    return is_deferred ? solve_deferred(bench, &instance) : solve_best(bench, &instance);
}

/* ---- check ---- */

static Str flaw_sentence(CertificateFlaw flaw) {
    switch (flaw) {
    case CERTIFICATE_HOLDS:
        break;
    case CERTIFICATE_NO_SUCH_PAIR:
        return STR("the plan has a pair that the instance does not have");
    case CERTIFICATE_WORTHLESS_PAIR:
        return STR("the plan has a pair that is not worth a place");
    case CERTIFICATE_OVER_CAPACITY:
        return STR("the plan gives a supporter more families than there are places");
    case CERTIFICATE_BELOW_ZERO:
        return STR("a value or price is below zero");
    case CERTIFICATE_PAIR_UNCOVERED:
        return STR("value and price do not cover the weight of a pair");
    case CERTIFICATE_GAP:
        return STR("the plan is worth less than the values and prices allow");
    case CERTIFICATE_OVERFLOW:
        return STR("the values and prices sum up to more than 64 bits hold");
    }
    return STR("the plan is the best there is");
}

static int say_flaw(const CertificateVerdict *verdict) {
    const Str sentence = flaw_sentence(verdict->flaw);
    fprintf(stderr, "beenthere match: %.*s", STR_ARGS(sentence));
    if (verdict->family != ASSIGNMENT_ALONE) {
        fprintf(stderr, ", family %" PRIu64, verdict->family + UINT64_C(1));
    }
    if (verdict->supporter != ASSIGNMENT_ALONE) {
        fprintf(stderr, ", supporter %" PRIu64, verdict->supporter + UINT64_C(1));
    }
    if (verdict->flaw == CERTIFICATE_GAP) {
        fprintf(stderr, ": %" PRId64 " against %" PRId64, verdict->objective, verdict->dual);
    }
    fputs("\n", stderr);
    return STATUS_FLAWED;
}

static int check_do(const Bench *bench) {
    const Strs words = bench->order->words;
    if (words.count != 4) {
        return solve_say("check wants three files: the instance, the pairs and the duals");
    }
    AssignmentInstance instance = {0};
    AssignmentPlan plan = {0};
    if (!instance_open(bench->arena, words.items[1], &instance) ||
        !solve_read_plan(bench->arena, words.items[2], &instance, &plan) ||
        !solve_read_proof(bench->arena, words.items[3], &instance, &plan)) {
        return STATUS_WRONG;
    }
    const double began = processor_seconds();
    const CertificateVerdict verdict = certificate_check(bench->arena, &instance, &plan);
    const double seconds = processor_seconds() - began;
    if (verdict.flaw != CERTIFICATE_HOLDS) {
        return say_flaw(&verdict);
    }
    print_head(&instance, verdict.matched, verdict.objective);
    printf(",\"dual\":%" PRId64 ",\"proved\":true,\"seconds\":%.6f}\n", verdict.dual, seconds);
    return told(bench);
}

/* ---- generate ---- */

static bool take_count(Str flag, Str value, uint32_t *ret_count) {
    int64_t count = 0;
    if (!str_to_int(value, 0, GENERATE_PEOPLE_MOST, &count)) {
        (void)solve_say("--%.*s wants a number from 0 to %d, not \"%.*s\"", STR_ARGS(flag),
                        GENERATE_PEOPLE_MOST, STR_ARGS(value));
        return false;
    }
    *ret_count = (uint32_t)count;
    return true;
}

static bool take_order(const MatchOrder *order, GenerateOrder *ret_order) {
    const bool is_shortage = str_equal(order->regime, STR("shortage"));
    int64_t seed = 1;
    if (order->words.count != 1) {
        (void)solve_say("generate takes no file");
        return false;
    }
    if (!take_count(STR("families"), order->families, &ret_order->families) ||
        !take_count(STR("supporters"), order->supporters, &ret_order->supporters)) {
        return false;
    }
    if (!is_shortage && !str_equal(order->regime, STR("slack"))) {
        (void)solve_say("--regime wants shortage or slack, not \"%.*s\"", STR_ARGS(order->regime));
        return false;
    }
    if (!str_is_none(order->seed) && !str_to_int(order->seed, 0, INT64_MAX, &seed)) {
        (void)solve_say("--seed wants a whole number, not \"%.*s\"", STR_ARGS(order->seed));
        return false;
    }
    ret_order->regime = is_shortage ? GENERATE_SHORTAGE : GENERATE_SLACK;
    ret_order->seed = (uint64_t)seed;
    return true;
}

static int generate_do(const Bench *bench) {
    const MatchOrder *order = bench->order;
    GenerateOrder wanted = {0};
    if (!take_order(order, &wanted)) {
        return STATUS_WRONG;
    }
    SolveFile *people = solve_file_open(bench->arena, order->pool);
    SolveFile *out = solve_file_standard(bench->arena);
    const GeneratePool pool = generate_pool(bench->arena, &wanted);
    if (people != NULL) {
        generate_write_pool(bench->arena, solve_file_sink(people), &pool);
        solve_file_close(people);
    }
    const MatchingPolicy *policy = &matching_policy_start;
    const AssignmentInstance instance =
        generate_instance(bench->arena, bench->arena, policy, &pool, wanted.seed);
    const Str comment = str_print(
        bench->arena, "families %u supporters %u regime %.*s seed %" PRIu64 " policy %.*s", wanted.families,
        wanted.supporters, STR_ARGS(order->regime), wanted.seed, STR_ARGS(policy->name));
    instance_write(bench->arena, solve_file_sink(out), &instance, comment);
    solve_file_close(out);
    return 0;
}

/* ---- which ---- */

typedef struct Verb {
    const char *name;
    int (*run)(const Bench *bench);
} Verb;

static const Verb verbs[] = {{"solve", solve_do}, {"check", check_do}, {"generate", generate_do}};

int solve_command(Arena *arena, const MatchOrder *order) {
    for (size_t at = 0; order->words.count > 0 && at < sizeof verbs / sizeof verbs[0]; at++) {
        if (str_equal(order->words.items[0], str_of(verbs[at].name))) {
            const Bench bench = {.arena = arena_new_within(arena, MEMORY_MOST), .order = order};
            return verbs[at].run(&bench);
        }
    }
    return solve_say(
        "say solve FILE, check FILE PAIRS DUALS or generate; or, with --data DIR, explain REQUEST, "
        "plan or recruit");
}
