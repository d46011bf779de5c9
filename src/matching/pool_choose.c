/* SPDX-License-Identifier: Apache-2.0 */
/* Which of the compiled kernels this machine can run. */
#include "matching/pool_kernel.h"

const PoolKernel *pool_kernel_at(size_t index) {
    const PoolKernel *able[3];
    size_t count = 0;
#ifdef POOL_HAS_WIDE
    /* not covered: a machine answers each of these questions in one way only; pool_test holds the answer
     * against what the system says of the processor */
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("popcnt")) {
        able[count++] = &pool_kernel_avx512;
    }
    /* not covered: likewise */
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt")) {
        able[count++] = &pool_kernel_avx2;
    }
#endif
    able[count++] = &pool_kernel_plain;
    return index < count ? able[index] : NULL;
}
