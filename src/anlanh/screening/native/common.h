/* What every part of the core shares: memory that grows, hashes, bits. Nothing here knows Python. */
#ifndef ANLANH_COMMON_H
#define ANLANH_COMMON_H

#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE /* for madvise */
#endif

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#if defined(__linux__)
#include <sys/mman.h>
#endif

#define PADDING 16 /* bytes that may be read past the end of a text's bytes */

#if defined(__GNUC__)
#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)
#define PREFETCH(p) __builtin_prefetch(p)
#else
#define LIKELY(x) (x)
#define UNLIKELY(x) (x)
#define PREFETCH(p) ((void)0)
#endif

/* The loader picks the version that the processor can run; elsewhere there is just the plain one. */
#if defined(__x86_64__) && defined(__gnu_linux__) && defined(__GNUC__) && !defined(__clang__) && !defined(ONE_VERSION)
#define VERSIONS(...) __attribute__((target_clones(__VA_ARGS__, "default")))
#else
#define VERSIONS(...)
#endif
#if defined(NO_AVX512) /* as on a processor without it: how benchmarks tell what that would be */
#define WIDE_VERSIONS VERSIONS("avx2")
#else
#define WIDE_VERSIONS VERSIONS("avx512f", "avx2")
#endif

static inline uint64_t load8(const uint8_t *p) {
    uint64_t value;
    memcpy(&value, p, 8);
    return value;
}

/* The same well-spread hash as `mixed` in copies.py. */
static inline uint64_t mixed(uint64_t value) {
    value = (value ^ (value >> 32)) * 0x9E3779B97F4A7C15ull;
    value = (value ^ (value >> 29)) * 0xD6E8FEB86659FD93ull;
    return value ^ (value >> 32);
}

/* A hash of bytes, never 0, in two steps, so that the hashes of several beginnings of the same bytes share the first: all
   blocks of eight but the last, then what is left (one to eight bytes; eight must be readable, and what lies past the end
   makes no difference). */
#define HASH_SEED 0x2545F4914F6CDD1Dull

static inline uint64_t hash_blocks(uint64_t hash, const uint8_t *bytes, size_t *done, size_t length) {
    for (; length - *done > 8; *done += 8) hash = mixed(hash ^ load8(bytes + *done));
    return hash;
}

static inline uint64_t hash_rest(uint64_t hash, const uint8_t *bytes, size_t done, size_t length) {
    if (UNLIKELY(length == 0)) return mixed(hash) | 1; /* there may be no memory at all */
    uint64_t left = length - done, mask = left == 8 ? ~0ull : (1ull << (8 * left)) - 1;
    return mixed((hash ^ (load8(bytes + done) & mask)) + length) | 1;
}

static inline uint64_t hash_bytes(const uint8_t *bytes, size_t length) {
    size_t done = 0;
    uint64_t hash = length ? hash_blocks(HASH_SEED, bytes, &done, length) : HASH_SEED;
    return hash_rest(hash, bytes, done, length);
}

/* Makes room for `wanted` items of `size` bytes, with PADDING bytes after them. Returns 0 when memory has run out. */
static inline int make_room(void **items, size_t *capacity, size_t wanted, size_t size) {
    if (LIKELY(wanted <= *capacity)) return 1;
    if (wanted > (SIZE_MAX / 4) / size) return 0;
    size_t larger = wanted + wanted / 2 + 64;
    void *moved = realloc(*items, larger * size + PADDING);
    if (!moved) return 0;
    *items = moved;
    *capacity = larger;
    return 1;
}

/* Zeroed memory to be given back by free. Large tables are looked up at random; where the system has huge pages, they spare
   most of the walks through the page table. */
static inline void *zeroed(size_t count, size_t size) {
    if (size && count > SIZE_MAX / 2 / size) return NULL;
#if defined(__linux__) && defined(MADV_HUGEPAGE)
    const size_t huge = 2u << 20;
    size_t wanted = (count * size + huge - 1) / huge * huge;
    if (wanted >= 2 * huge) {
        void *memory = aligned_alloc(huge, wanted);
        if (!memory) return NULL;
        madvise(memory, wanted, MADV_HUGEPAGE); /* where it is refused, ordinary pages serve */
        return memset(memory, 0, wanted);
    }
#endif
    return calloc(count ? count : 1, size);
}

static inline uint64_t power_of_two(uint64_t at_least) {
    uint64_t power = 64;
    while (power < at_least) power <<= 1;
    return power;
}

/* A set that answers "surely not" in one look: three bits of one word for each hash. */
typedef struct {
    uint64_t *words;
    unsigned shift;
} bit_filter;

static inline int filter_make(bit_filter *filter, uint64_t count) {
    uint64_t words = power_of_two(count / 4 + 16);
    filter->shift = 64;
    for (uint64_t rest = words; rest > 1; rest >>= 1) filter->shift--;
    filter->words = zeroed(words, 8);
    return filter->words != NULL;
}

static inline uint64_t *filter_word(const bit_filter *filter, uint64_t hash) {
    return &filter->words[(hash * 0x9E3779B97F4A7C15ull) >> filter->shift];
}

static inline uint64_t filter_bits(uint64_t hash) {
    return 1ull << (hash >> 8 & 63) | 1ull << (hash >> 14 & 63) | 1ull << (hash >> 20 & 63);
}

static inline void filter_add(bit_filter *filter, uint64_t hash) { *filter_word(filter, hash) |= filter_bits(hash); }

static inline void filter_prefetch(const bit_filter *filter, uint64_t hash) { PREFETCH(filter_word(filter, hash)); }

static inline int filter_may_hold(const bit_filter *filter, uint64_t hash) {
    uint64_t bits = filter_bits(hash);
    return (*filter_word(filter, hash) & bits) == bits;
}

/* One place where an entry was found, in code points. */
typedef struct {
    uint32_t post, entry, start, end;
} hit;

typedef struct {
    hit *items;
    size_t count, capacity;
} hits;

static inline int hits_add(hits *found, uint32_t post, uint32_t entry, uint32_t start, uint32_t end) {
    if (!make_room((void **)&found->items, &found->capacity, found->count + 1, sizeof(hit))) return 0;
    found->items[found->count++] = (hit){post, entry, start, end};
    return 1;
}

#endif
