#include <metal_stdlib>
using namespace metal;

#define SWAP(x, y) { auto tmp = (x); (x) = (y); (y) = tmp; }

// Bitonic sort of the indices of a row; the row is padded to a power of two.
kernel void argsort(device const float* x [[buffer(0)]], device int* dst [[buffer(1)]],
                    constant int& ncols [[buffer(2)]], threadgroup int* row [[threadgroup(0)]],
                    uint group [[threadgroup_position_in_grid]], ushort col [[thread_index_in_threadgroup]],
                    ushort padded [[threads_per_threadgroup]]) {
    device const float* in = x + group * ncols;
    row[col] = col;
    threadgroup_barrier(mem_flags::mem_threadgroup);
    for (int k = 2; k <= padded; k *= 2) {
        for (int j = k / 2; j > 0; j /= 2) {
            int ixj = col ^ j;
            if (ixj > col) {
                bool ascending = (col & k) == 0;
                int a = row[ascending ? col : ixj];
                int b = row[ascending ? ixj : col];
                if (a >= ncols || (b < ncols && in[a] > in[b])) SWAP(row[col], row[ixj]);
            }
            threadgroup_barrier(mem_flags::mem_threadgroup);
        }
    }
    if (col < ncols) dst[group * ncols + col] = row[col];
}

// Inclusive sums by one threadgroup: over lanes, over SIMD-groups, and from one stretch to the next.
kernel void scan(device const uint* in [[buffer(0)]], device uint* out [[buffer(1)]], constant uint& n [[buffer(2)]],
                 uint lid [[thread_index_in_threadgroup]], uint size [[threads_per_threadgroup]],
                 ushort lane [[thread_index_in_simdgroup]], ushort group [[simdgroup_index_in_threadgroup]],
                 ushort groups [[simdgroups_per_threadgroup]]) {
    threadgroup uint sums[32];
    threadgroup uint carried;
    if (lid == 0) carried = 0;
    for (uint start = 0; start < n; start += size) {
        uint i = start + lid;
        uint value = i < n ? in[i] : 0;
        uint prefix = simd_prefix_inclusive_sum(value);
        if (lane == 31) sums[group] = prefix;
        threadgroup_barrier(mem_flags::mem_threadgroup);
        if (group == 0) sums[lane] = simd_prefix_exclusive_sum(lane < groups ? sums[lane] : 0u);
        threadgroup_barrier(mem_flags::mem_threadgroup);
        prefix += sums[group] + carried;
        if (i < n) out[i] = prefix;
        threadgroup_barrier(mem_flags::mem_threadgroup);
        if (lid == size - 1) carried = prefix;
        threadgroup_barrier(mem_flags::mem_threadgroup);
    }
}

// One SIMD-group sorts by four bits at a time: equal digits are found by ballots.
kernel void radix_sort(device uint* keys [[buffer(0)]], device uint* other [[buffer(1)]],
                       constant uint& n [[buffer(2)]], ushort lane [[thread_index_in_simdgroup]]) {
    threadgroup uint offsets[16];
    for (uint shift = 0; shift < 32; shift += 4) {
        if (lane < 16) offsets[lane] = 0;
        simdgroup_barrier(mem_flags::mem_threadgroup);
        for (uint i = lane; i < n; i += 32) {
            atomic_fetch_add_explicit((threadgroup atomic_uint*)&offsets[keys[i] >> shift & 15], 1u, memory_order_relaxed);
        }
        simdgroup_barrier(mem_flags::mem_threadgroup);
        uint start = simd_prefix_exclusive_sum(lane < 16 ? offsets[lane] : 0u);
        if (lane < 16) offsets[lane] = start;
        simdgroup_barrier(mem_flags::mem_threadgroup);
        for (uint from = 0; from < n; from += 32) {
            bool mine = from + lane < n;
            uint key = mine ? keys[from + lane] : 0;
            uint digit = key >> shift & 15;
            uint equal = uint((simd_vote::vote_t)simd_ballot(mine));
            for (uint bit = 1; bit < 16; bit *= 2) {
                uint set = uint((simd_vote::vote_t)simd_ballot(digit & bit));
                equal &= digit & bit ? set : ~set;
            }
            uint rank = popcount(equal & ((1u << lane) - 1));
            if (mine) other[offsets[digit] + rank] = key;
            simdgroup_barrier(mem_flags::mem_threadgroup);
            if (mine && rank == 0) offsets[digit] += popcount(equal);
            simdgroup_barrier(mem_flags::mem_threadgroup);
        }
        device uint* swapped = keys;
        keys = other;
        other = swapped;
        simdgroup_barrier(mem_flags::mem_device);
    }
}

struct Sum { int operator()(int a, int b) const { return a + b; } };
struct Greatest { int operator()(int a, int b) const { return max(a, b); } };

template <typename T, typename Op>
static T reduced(T value, Op op) {
    for (ushort offset = 16; offset > 0; offset /= 2) value = op(value, simd_shuffle_down(value, offset));
    return value;
}

kernel void reduce(device const int* in [[buffer(0)]], device atomic_int* out [[buffer(1)]],
                   constant uint& n [[buffer(2)]], uint i [[thread_position_in_grid]],
                   uint threads [[threads_per_grid]], ushort lane [[thread_index_in_simdgroup]]) {
    int sum = 0;
    int greatest = INT_MIN;
    for (uint at = i; at < n; at += threads) {
        sum += in[at];
        greatest = max(greatest, in[at]);
    }
    sum = reduced(sum, Sum());
    greatest = reduced(greatest, Greatest());
    if (lane == 0) {
        atomic_fetch_add_explicit(&out[0], sum, memory_order_relaxed);
        atomic_fetch_max_explicit(&out[1], greatest, memory_order_relaxed);
    }
}
