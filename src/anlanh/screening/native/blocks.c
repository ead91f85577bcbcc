#include "blocks.h"

#define UNIT_BYTES 64 /* of a unit by which it is told apart */
#define FEW_KEYS 0x10000

enum { UNIT_KEY = 1, PAIR_KEY, NAME_KEY };

void block_free(block *held) {
    text_free(held->work);
    free(held->keys.items);
    free(held->deferred.items);
}

/* Whatever long texts repeat, memory is for what they hold. */
static int make_distinct(block_keys *keys) {
    int64_t kept = keys_distinct(keys->items, keys->count);
    if (kept < 0) return 0;
    keys->count = (size_t)kept;
    keys->crowded = 2 * (size_t)kept + FEW_KEYS;
    return 1;
}

static int add_key(block_keys *keys, uint64_t key) {
    if (!make_room((void **)&keys->items, &keys->capacity, keys->count + 1, sizeof(uint64_t))) return 0;
    keys->items[keys->count++] = key;
    return LIKELY(keys->count < FEW_KEYS || keys->count < keys->crowded) || make_distinct(keys);
}

static inline uint64_t unit_hash(const text *work, const unit *one) {
    size_t length = one->end - one->at;
    return length <= UNIT_BYTES ? one->hash : hash_bytes(work->skeleton + one->at, UNIT_BYTES);
}

/* Every name that would be looked up: the host with its last ten labels down to two. */
static int take_host(void *self, const host *one) {
    block *held = self;
    for (size_t labels = one->labels; labels > 1; labels--) {
        size_t start = one->starts[labels - 1];
        if (!add_key(&held->keys, mixed(hash_bytes(one->name + start, one->length - start) ^ NAME_KEY))) return 0;
    }
    return 1;
}

int block_take(block *held, const uint8_t *bytes, size_t length, uint32_t post) {
    int deferred;
    uint64_t before = 0;
    if (!held->work && !(held->work = text_new())) return 0;
    text *work = held->work;
    if (!text_decode(work, bytes, length) || !text_fold(work, held->tables)) return 0;
    if (work->missing.any) return 1; /* goes on only to learn which other pages are lacking */
    for (size_t i = 0; i < work->unit_count; i++) {
        uint64_t hash = unit_hash(work, &work->units[i]);
        if (!add_key(&held->keys, mixed(hash ^ UNIT_KEY))) return 0;
        if (i && !add_key(&held->keys, mixed(mixed(before ^ PAIR_KEY) ^ hash))) return 0;
        before = hash;
    }
    return hosts_find(held->dots, held->dot_count, bytes, length, take_host, held, &deferred) &&
           (!deferred || hits_add(&held->deferred, post, 0, 0, 0));
}

int64_t keys_distinct(uint64_t *keys, size_t count) {
    uint64_t mask = power_of_two(count * 2 + 2) - 1;
    uint64_t *seen = zeroed(mask + 1, sizeof(uint64_t));
    size_t kept = 0;
    int none = 0; /* whether the key 0, which marks a free place, has been seen */
    if (!seen) return -1;
    for (size_t i = 0; i < count; i++) {
        uint64_t key = keys[i], at = key * 0x9E3779B97F4A7C15ull >> 20 & mask;
        if (!key) {
            if (!none++) keys[kept++] = 0;
            continue;
        }
        while (seen[at] && seen[at] != key) at = (at + 1) & mask;
        if (seen[at]) continue;
        seen[at] = keys[kept++] = key;
    }
    free(seen);
    return (int64_t)kept;
}

void keys_filter(const uint64_t *keys, size_t count, unsigned probes, uint8_t *filter, size_t size) {
    for (size_t i = 0; i < count; i++) {
        uint64_t place = keys[i] & 0xffffffffu, step = keys[i] >> 32 | 1;
        for (unsigned probe = 0; probe < probes; probe++) {
            place = (place + step) % (8 * (uint64_t)size);
            filter[place >> 3] |= (uint8_t)(1u << (place & 7));
        }
    }
}

static int holds(uint64_t key, unsigned probes, const uint8_t *filter, size_t size) {
    uint64_t place = key & 0xffffffffu, step = key >> 32 | 1;
    for (unsigned probe = 0; probe < probes; probe++) {
        place = (place + step) % (8 * (uint64_t)size);
        if (!(filter[place >> 3] >> (place & 7) & 1)) return 0;
    }
    return 1;
}

int keys_may_hold(const uint64_t *keys, size_t count, size_t least, unsigned probes, const uint8_t *filter, size_t size) {
    size_t missing = 0;
    for (size_t i = 0; i < count; i++)
        if (!holds(keys[i], probes, filter, size) && ++missing + least > count) return 0;
    return 1;
}
