#include "domains.h"
#include "shelf.h"

#define MOST_LABELS 10
#define LONGEST_NAME 253

/* The numbers of an index, as they stand in a file. */
typedef struct {
    char mark[8];
    uint64_t count, names_length, mask, dot_count;
} domain_numbers;

typedef struct {
    uint32_t check, entry; /* entry plus one */
} domain_slot;

static const char KIND_MARK[8] = "domains2";

struct domains {
    domain_numbers numbers;
    int borrowed; /* the arrays belong to a file */
    arena names;
    domain_slot *slots;
    size_t capacity;
    uint32_t *dots;
};

domains *domains_new(size_t count, const uint32_t *dots, size_t dot_count) {
    domains *index = calloc(1, sizeof(domains));
    if (!index) return NULL;
    index->capacity = count;
    index->numbers.mask = power_of_two(count * 2 + 16) - 1;
    index->slots = zeroed(index->numbers.mask + 1, sizeof(*index->slots));
    index->dots = malloc(dot_count * 4 + 4);
    index->numbers.dot_count = dot_count;
    if (!index->slots || !index->dots) {
        domains_free(index);
        return NULL;
    }
    if (dot_count) memcpy(index->dots, dots, dot_count * 4);
    return index;
}

void domains_free(domains *index) {
    if (!index) return;
    if (!index->borrowed) {
        arena_free(&index->names);
        free(index->slots);
        free(index->dots);
    }
    free(index);
}

size_t domains_count(const domains *index) { return index->names.count; }

/* ---- files ---- */

static size_t list_sections(domains *index, section *list) {
    list[0] = (section){(void **)&index->names.bytes, index->names.length};
    list[1] = (section){(void **)&index->names.offsets, (index->names.count + 1) * sizeof(uint64_t)};
    list[2] = (section){(void **)&index->slots, (index->numbers.mask + 1) * sizeof(domain_slot)};
    list[3] = (section){(void **)&index->dots, index->numbers.dot_count * sizeof(uint32_t)};
    return 4;
}

size_t domains_sections(domains *index, section *list) {
    memcpy(index->numbers.mark, KIND_MARK, sizeof KIND_MARK);
    index->numbers.count = index->names.count;
    index->numbers.names_length = index->names.length;
    return list_sections(index, list);
}

const void *domains_numbers(const domains *index, size_t *size) {
    *size = sizeof index->numbers;
    return &index->numbers;
}

static int take_numbers(domains *index) {
    const domain_numbers *numbers = &index->numbers;
    index->names.count = numbers->count;
    index->names.length = numbers->names_length;
    return !memcmp(numbers->mark, KIND_MARK, sizeof KIND_MARK) && numbers->count < UINT32_MAX &&
           numbers->names_length < MOST_ITEMS && is_mask(numbers->mask) && numbers->dot_count < 1 << 16;
}

domains *domains_open(const uint8_t *bytes, size_t length) {
    domains *index = calloc(1, sizeof(domains));
    section list[MOST_SECTIONS];
    if (!index) return NULL;
    index->borrowed = 1;
    if (shelf_numbers(&index->numbers, sizeof index->numbers, bytes, length) && take_numbers(index) &&
        shelf_borrow(list, list_sections(index, list), sizeof index->numbers, bytes, length))
        return index;
    domains_free(index);
    return NULL;
}

static uint64_t slot_of(const domains *index, const uint8_t *name, size_t length, uint32_t *check) {
    uint64_t hash = hash_bytes(name, length), at = hash >> 32 & index->numbers.mask;
    *check = (uint32_t)hash;
    for (uint64_t left = index->numbers.mask; index->slots[at].entry && left--; at = (at + 1) & index->numbers.mask)
        if (index->slots[at].check == *check && index->slots[at].entry <= index->names.count &&
            arena_equals(&index->names, index->slots[at].entry - 1, name, length))
            break;
    return at;
}

int domains_add(domains *index, const uint8_t *name, size_t length) {
    uint32_t entry = (uint32_t)index->names.count, check;
    if (entry >= index->capacity || !arena_add(&index->names, name, length)) return 0;
    /* hash what the arena holds: it is padded */
    uint64_t at = slot_of(index, index->names.bytes + index->names.offsets[entry], length, &check);
    if (!index->slots[at].entry) {
        index->slots[at].check = check;
        index->slots[at].entry = entry + 1;
    }
    return 1;
}

int64_t domains_look_up(const domains *index, const uint8_t *name, size_t length) {
    uint32_t check, entry = index->slots[slot_of(index, name, length, &check)].entry;
    /* a broken file may have no free slot to end the search at */
    return entry && entry <= index->names.count && arena_equals(&index->names, entry - 1, name, length) ? entry - 1ll : -1;
}

/* ---- host names in a text ---- */

/* Letters, digits, hyphen, low line, dot, and every byte of what is not ASCII. */
static const uint8_t HOST_BYTES[256] = {
    ['-'] = 1, ['.'] = 1, ['_'] = 1,
#define FIVE(c) [c] = 1, [(c) + 1] = 1, [(c) + 2] = 1, [(c) + 3] = 1, [(c) + 4] = 1
    FIVE('0'), FIVE('5'), FIVE('a'), FIVE('f'), FIVE('k'), FIVE('p'), FIVE('u'), ['z'] = 1,
    FIVE('A'), FIVE('F'), FIVE('K'), FIVE('P'), FIVE('U'), ['Z'] = 1,
#undef FIVE
};

static inline int in_host(uint8_t byte) { return HOST_BYTES[byte] | byte >> 7; }

static inline uint8_t lower(uint8_t byte) { return byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte; }

/* Whether a code point occurs that may hold a separating dot, beside the dot itself. */
static int holds_other_dot(const domains *index, const uint8_t *bytes, const uint8_t *end) {
    uint8_t highest = 0;
    for (const uint8_t *p = bytes; p < end; p++) highest = *p > highest ? *p : highest;
    if (highest < 0xe2) return 0; /* they all lie beyond U+2000 */
    for (const uint8_t *p = bytes; p + 2 < end; p++) {
        if (*p < 0xe2) continue;
        uint32_t cp = (uint32_t)(*p & 0x0f) << 12 | (uint32_t)(p[1] & 0x3f) << 6 | (p[2] & 0x3f);
        if (*p >= 0xf0 && p + 3 < end)
            cp = (uint32_t)(*p & 7) << 18 | (uint32_t)(p[1] & 0x3f) << 12 | (uint32_t)(p[2] & 0x3f) << 6 | (p[3] & 0x3f);
        for (size_t i = 0; i < index->numbers.dot_count; i++)
            if (index->dots[i] == cp) return 1;
    }
    return 0;
}

static uint32_t code_points_before(const uint8_t *bytes, const uint8_t *place) {
    uint32_t count = 0;
    for (; bytes < place; bytes++) count += (*bytes & 0xc0) != 0x80;
    return count;
}

/* The longest listed name that the host is or lies under; -1 when there is none, -2 when punycode must be read. */
static int64_t listed_suffix(const domains *index, const domains *added, const uint8_t *host, const uint8_t *end) {
    uint8_t name[2 * LONGEST_NAME + PADDING];
    size_t length = (size_t)(end - host) < 2 * LONGEST_NAME ? (size_t)(end - host) : 2 * LONGEST_NAME;
    for (size_t i = 0; i < length; i++) name[i] = lower(end[(ptrdiff_t)i - (ptrdiff_t)length]);
    memset(name + length, 0, PADDING);
    for (size_t i = 0; i + 4 <= length; i++)
        if (!memcmp(name + i, "xn--", 4)) return -2;
    size_t starts[MOST_LABELS], labels = 0;
    for (size_t i = length; labels < MOST_LABELS; i--) {
        if (i == 0 || name[i - 1] == '.') starts[labels++] = i;
        if (i == 0) break;
    }
    for (; labels > 1; labels--) {
        size_t start = starts[labels - 1];
        int64_t entry = domains_look_up(index, name + start, length - start);
        if (entry >= 0) return entry;
        if (added && (entry = domains_look_up(added, name + start, length - start)) >= 0)
            return entry + (int64_t)index->names.count;
    }
    return -1;
}

/* Label, dot, label … within a run; empty labels separate. Returns where the host ends, or NULL when it has one label. */
static const uint8_t *host_end(const uint8_t *start, const uint8_t *end) {
    const uint8_t *p = start;
    int dots = 0;
    while (p < end) {
        if (*p == '.') {
            if (p + 1 >= end || p[1] == '.') break;
            dots++;
        }
        p++;
    }
    return dots ? p : NULL;
}

static int find_in_run(const domains *index, const domains *added, const uint8_t *bytes, const uint8_t *run,
                       const uint8_t *end, uint32_t post, hits *found, int *deferred) {
    while (run < end) {
        if (*run == '.') {
            run++;
            continue;
        }
        const uint8_t *stop = host_end(run, end);
        if (stop) {
            int64_t entry = listed_suffix(index, added, run, stop);
            if (entry == -2) {
                *deferred = 1;
                return 1;
            }
            if (entry >= 0) {
                uint32_t start = code_points_before(bytes, run);
                if (!hits_add(found, post, (uint32_t)entry, start, start + (uint32_t)(stop - run))) return 0;
            }
            run = stop;
        } else {
            while (run < end && *run != '.') run++;
        }
    }
    return 1;
}

static inline int all_ascii(const uint8_t *p, const uint8_t *end) {
    uint8_t all = 0;
    for (; p < end; p++) all |= *p;
    return all < 0x80;
}

/* Whether a dot stands between two labels, and not at the end of a sentence. */
static int joins_labels(const uint8_t *run, const uint8_t *end) {
    for (const uint8_t *p = run + 1; p + 1 < end; p++)
        if (*p == '.' && p[-1] != '.' && p[1] != '.') return 1;
    return 0;
}

int domains_find(const domains *index, const domains *added, const uint8_t *bytes, size_t length, uint32_t post, hits *found,
                 int *deferred) {
    const uint8_t *end = bytes + length, *done = bytes, *dot = bytes;
    size_t before = found->count;
    *deferred = holds_other_dot(index, bytes, end);
    while (!*deferred && dot < end && (dot = memchr(dot, '.', (size_t)(end - dot)))) {
        const uint8_t *run = dot, *stop = dot + 1;
        while (run > done && in_host(run[-1])) run--;
        while (stop < end && in_host(*stop)) stop++;
        if (!all_ascii(run, stop))
            *deferred = joins_labels(run, stop);
        else if (!find_in_run(index, added, bytes, run, stop, post, found, deferred))
            return 0;
        done = dot = stop;
    }
    if (*deferred) found->count = before;
    return 1;
}
