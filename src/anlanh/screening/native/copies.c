#include "copies.h"
#include "shelf.h"

#define WINDOW 5
#define SHORTEST 24
#define LONGEST (1u << 16)
#define ROWS 3
#define SLOTS 64

typedef struct {
    uint32_t check, entry; /* entry plus one */
} band_slot;

/* The numbers of an index, as they stand in a file. */
typedef struct {
    char mark[8];
    double threshold;
    uint64_t count, letters_length, band_mask, whole_mask;
    uint64_t banded; /* entries long enough for bands */
} copy_numbers;

static const char KIND_MARK[8] = "copies03";

struct copies {
    copy_numbers numbers;
    int borrowed; /* the arrays belong to a file */
    size_t capacity;
    arena letters;
    uint32_t *distinct; /* windows of each entry */
    band_slot *bands;
    uint64_t *whole; /* hashes of whole letters, open addressing, 0 is free */
};

copies *copies_new(size_t count, double threshold) {
    copies *index = calloc(1, sizeof(copies));
    if (!index) return NULL;
    index->capacity = count;
    index->numbers.threshold = threshold;
    index->numbers.band_mask = power_of_two(count * BANDS * 3 / 2 + 16) - 1;
    index->numbers.whole_mask = power_of_two(count * 2 + 16) - 1;
    index->distinct = calloc(count + 1, 4);
    index->bands = zeroed(index->numbers.band_mask + 1, sizeof(band_slot));
    index->whole = zeroed(index->numbers.whole_mask + 1, 8);
    if (index->distinct && index->bands && index->whole) return index;
    copies_free(index);
    return NULL;
}

void copies_free(copies *index) {
    if (!index) return;
    if (!index->borrowed) {
        arena_free(&index->letters);
        free(index->distinct);
        free(index->bands);
        free(index->whole);
    }
    free(index);
}

size_t copies_count(const copies *index) { return index->letters.count; }

/* ---- files ---- */

static size_t list_sections(copies *index, section *list) {
    uint64_t count = index->letters.count;
    list[0] = (section){(void **)&index->letters.bytes, index->letters.length};
    list[1] = (section){(void **)&index->letters.offsets, (count + 1) * sizeof(uint64_t)};
    list[2] = (section){(void **)&index->distinct, count * sizeof(uint32_t)};
    list[3] = (section){(void **)&index->bands, (index->numbers.band_mask + 1) * sizeof(band_slot)};
    list[4] = (section){(void **)&index->whole, (index->numbers.whole_mask + 1) * sizeof(uint64_t)};
    return 5;
}

size_t copies_sections(copies *index, section *list) {
    memcpy(index->numbers.mark, KIND_MARK, sizeof KIND_MARK);
    index->numbers.count = index->letters.count;
    index->numbers.letters_length = index->letters.length;
    return list_sections(index, list);
}

const void *copies_numbers(const copies *index, size_t *size) {
    *size = sizeof index->numbers;
    return &index->numbers;
}

static int take_numbers(copies *index) {
    const copy_numbers *numbers = &index->numbers;
    index->letters.count = numbers->count;
    index->letters.length = numbers->letters_length;
    return !memcmp(numbers->mark, KIND_MARK, sizeof KIND_MARK) && numbers->count < UINT32_MAX &&
           numbers->letters_length < MOST_ITEMS && is_mask(numbers->band_mask) && is_mask(numbers->whole_mask) &&
           numbers->threshold > 0 && numbers->threshold <= 1;
}

copies *copies_open(const uint8_t *bytes, size_t length) {
    copies *index = calloc(1, sizeof(copies));
    section list[MOST_SECTIONS];
    if (!index) return NULL;
    index->borrowed = 1;
    if (shelf_numbers(&index->numbers, sizeof index->numbers, bytes, length) && take_numbers(index) &&
        shelf_borrow(list, list_sections(index, list), sizeof index->numbers, bytes, length))
        return index;
    copies_free(index);
    return NULL;
}

/* ---- windows ---- */

static inline size_t window_count(size_t length) { return length < WINDOW ? 0 : length - WINDOW + 1; }

static inline uint64_t next_window(uint64_t window, uint8_t byte) { return (window << 8 | byte) & 0xffffffffffull; }

static inline uint64_t first_bytes(const uint8_t *letters) {
    return (uint64_t)letters[0] << 24 | (uint64_t)letters[1] << 16 | (uint64_t)letters[2] << 8 | letters[3];
}

static inline window_slot *window_find(const windows *set, uint64_t window) {
    uint64_t at = mixed(window) & set->mask;
    while (set->slots[at].key && set->slots[at].key != window + 1) at = (at + 1) & set->mask;
    return &set->slots[at];
}

/* Makes the set of a text's windows. */
static int windows_fill(windows *set, const uint8_t *letters, size_t length) {
    size_t count = window_count(length), size = power_of_two(count * 2 + 2);
    if (!make_room((void **)&set->slots, &set->room, size, sizeof(window_slot))) return 0;
    memset(set->slots, 0, size * sizeof(window_slot));
    set->mask = size - 1;
    set->distinct = 0;
    if (!count) return 1;
    uint64_t window = first_bytes(letters);
    for (size_t i = 0; i < count; i++) {
        window = next_window(window, letters[i + WINDOW - 1]);
        window_slot *slot = window_find(set, window);
        set->distinct += !slot->key;
        slot->key = window + 1;
    }
    return 1;
}

/* ---- MinHash ---- */

static void fill_empty(uint64_t slots[SLOTS]) {
    uint64_t full = 0;
    for (int i = 0; i < SLOTS; i++) full |= (uint64_t)(slots[i] != UINT64_MAX) << i;
    for (uint64_t slot = 0; slot < SLOTS; slot++) {
        uint64_t attempt = 0, other = slot;
        while (!(full >> other & 1)) other = mixed(slot << 32 | ++attempt) >> 58;
        slots[slot] = slots[other];
    }
}

static void band_keys(const uint8_t *letters, size_t count, uint64_t keys[BANDS]) {
    uint64_t slots[SLOTS];
    memset(slots, 0xff, sizeof slots);
    uint64_t window = first_bytes(letters);
    for (size_t i = 0; i < count; i++) {
        window = next_window(window, letters[i + WINDOW - 1]);
        uint64_t value = (window ^ window >> 32) * 0x9E3779B97F4A7C15ull;
        value = (value ^ value >> 29) * 0xD6E8FEB86659FD93ull;
        uint64_t *slot = &slots[value >> 58], held = *slot;
        *slot = value < held ? value : held; /* without a branch, which could not be foreseen */
    }
    fill_empty(slots);
    for (uint64_t band = 0; band < BANDS; band++) {
        const uint64_t *rows = &slots[band * ROWS];
        uint64_t key = rows[0] + 3 * rows[1] + 5 * rows[2] + band * 0x9E3779B97F4A7C15ull;
        keys[band] = key ^ key >> 32;
    }
}

static void band_add(copies *index, uint64_t key, uint32_t entry) {
    uint64_t at = key & index->numbers.band_mask;
    uint32_t check = (uint32_t)(key >> 32);
    for (int held = 0; index->bands[at].entry; at = (at + 1) & index->numbers.band_mask)
        if (index->bands[at].check == check && ++held == MOST_CANDIDATES) return;
    index->bands[at] = (band_slot){check, entry + 1};
}

static uint64_t *whole_slot(const copies *index, uint64_t hash) {
    uint64_t at = hash >> 8 & index->numbers.whole_mask, left = index->numbers.whole_mask;
    while (index->whole[at] && index->whole[at] != hash && left--) at = (at + 1) & index->numbers.whole_mask;
    return &index->whole[at];
}

static size_t compared_length(const text *work) {
    return work->letters_length < LONGEST ? work->letters_length : LONGEST;
}

int copies_add(copies *index, const text *decided, windows *scratch) {
    uint32_t entry = (uint32_t)index->letters.count;
    size_t length = compared_length(decided), count = window_count(length);
    if (entry >= index->capacity || !arena_add(&index->letters, decided->letters, length)) return 0;
    *whole_slot(index, hash_bytes(decided->letters, length)) = hash_bytes(decided->letters, length);
    if (count < SHORTEST) return 1;
    if (!windows_fill(scratch, decided->letters, length)) return 0;
    index->distinct[entry] = scratch->distinct;
    uint64_t keys[BANDS];
    band_keys(decided->letters, count, keys);
    for (int band = 0; band < BANDS; band++) band_add(index, keys[band], entry);
    index->numbers.banded++;
    return 1;
}

/* ---- looking up ---- */

static int ascending(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

void copies_aim(const copies *index, const text *work, copy_look *look) {
    look->length = compared_length(work);
    look->whole = hash_bytes(work->letters, look->length);
    look->candidate_count = index->numbers.banded && window_count(look->length) >= SHORTEST; /* until they are gathered */
    PREFETCH(&index->whole[look->whole >> 8 & index->numbers.whole_mask]);
    if (!look->candidate_count) return;
    band_keys(work->letters, window_count(look->length), look->keys);
    for (int band = 0; band < BANDS; band++) {
        const band_slot *slot = &index->bands[look->keys[band] & index->numbers.band_mask];
        PREFETCH(slot);
        PREFETCH(slot + 4);
    }
}

/* Most looks bring few candidates, and many of them twice. */
static void sort_candidates(uint32_t *candidates, size_t count) {
    if (count > 48) {
        qsort(candidates, count, sizeof(uint32_t), ascending);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        uint32_t one = candidates[i];
        size_t at = i;
        for (; at && candidates[at - 1] > one; at--) candidates[at] = candidates[at - 1];
        candidates[at] = one;
    }
}

/* Entries that share a band with the text, ascending, each once. */
void copies_gather(const copies *index, copy_look *look) {
    uint32_t *candidates = look->candidates;
    size_t count = 0, kept = 0;
    if (!look->candidate_count) return;
    for (int band = 0; band < BANDS; band++) {
        uint32_t check = (uint32_t)(look->keys[band] >> 32);
        uint64_t at = look->keys[band] & index->numbers.band_mask, left = index->numbers.band_mask;
        for (int held = 0; index->bands[at].entry && held < MOST_CANDIDATES && left--; at = (at + 1) & index->numbers.band_mask)
            if (index->bands[at].check == check && index->bands[at].entry <= index->letters.count) {
                candidates[count++] = index->bands[at].entry - 1;
                held++;
            }
    }
    sort_candidates(candidates, count);
    for (size_t i = 0; i < count; i++)
        if (!kept || candidates[kept - 1] != candidates[i]) candidates[kept++] = candidates[i];
    look->candidate_count = kept;
    for (size_t i = 0; i < kept; i++) {
        PREFETCH(&index->letters.offsets[candidates[i]]);
        PREFETCH(&index->distinct[candidates[i]]);
    }
}

void copies_approach(const copies *index, const copy_look *look) {
    for (size_t i = 0; i < look->candidate_count; i++) {
        size_t length;
        const uint8_t *letters = arena_string(&index->letters, look->candidates[i], &length);
        PREFETCH(letters);
        PREFETCH(letters + 64);
    }
}

/* 0 as soon as it can't reach the threshold any more. */
static double likeness(const copies *index, uint32_t entry, windows *own) {
    size_t length;
    const uint8_t *letters = arena_string(&index->letters, entry, &length);
    size_t count = window_count(length);
    if (!count || length > LONGEST) return 0; /* only in a broken file */
    uint64_t window = first_bytes(letters);
    uint32_t common = 0;
    double all = (double)own->distinct + index->distinct[entry];
    size_t needed = (size_t)(index->numbers.threshold * all / 2);
    for (size_t i = 0; i < count; i++) {
        if (common + (count - i) < needed) return 0;
        window = next_window(window, letters[i + WINDOW - 1]);
        window_slot *slot = window_find(own, window);
        if (slot->key && slot->stamp != entry + 1) {
            slot->stamp = entry + 1;
            common++;
        }
    }
    return 2.0 * common / all;
}

int copies_compare(const copies *index, const text *work, const copy_look *look, uint32_t before, windows *scratch,
                   copy_hit *best) {
    best->same_letters |= *whole_slot(index, look->whole) == look->whole;
    if (look->candidate_count && !windows_fill(scratch, work->letters, look->length)) return 0;
    for (size_t i = 0; i < look->candidate_count; i++) {
        double score = likeness(index, look->candidates[i], scratch);
        if (score >= index->numbers.threshold && score > best->likeness) {
            best->likeness = score;
            best->entry = before + look->candidates[i] + 1;
        }
    }
    return 1;
}

int copy_hits_add(copy_hits *found, const copy_hit *one) {
    if (!make_room((void **)&found->items, &found->capacity, found->count + 1, sizeof(copy_hit))) return 0;
    found->items[found->count++] = *one;
    return 1;
}
