#include "domains.h"
#include "hosts.h"
#include "shelf.h"

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

typedef struct {
    const domains *index, *added;
    const uint8_t *bytes;
    uint32_t post;
    hits *found;
} domain_look;

/* The longest listed name that the host is or lies under, or -1. */
static int64_t listed_suffix(const domain_look *look, const host *one) {
    for (size_t labels = one->labels; labels > 1; labels--) {
        const uint8_t *name = one->name + one->starts[labels - 1];
        size_t length = one->length - one->starts[labels - 1];
        int64_t entry = domains_look_up(look->index, name, length);
        if (entry >= 0) return entry;
        if (look->added && (entry = domains_look_up(look->added, name, length)) >= 0)
            return entry + (int64_t)look->index->names.count;
    }
    return -1;
}

static uint32_t code_points_before(const uint8_t *bytes, const uint8_t *place) {
    uint32_t count = 0;
    for (; bytes < place; bytes++) count += (*bytes & 0xc0) != 0x80;
    return count;
}

static int take_host(void *self, const host *one) {
    domain_look *look = self;
    int64_t entry = listed_suffix(look, one);
    if (entry < 0) return 1;
    uint32_t start = code_points_before(look->bytes, one->start);
    return hits_add(look->found, look->post, (uint32_t)entry, start, start + (uint32_t)(one->end - one->start));
}

int domains_find(const domains *index, const domains *added, const uint8_t *bytes, size_t length, uint32_t post, hits *found,
                 int *deferred) {
    domain_look look = {index, added, bytes, post, found};
    size_t before = found->count;
    if (!hosts_find(index->dots, index->numbers.dot_count, bytes, length, take_host, &look, deferred)) return 0;
    if (*deferred) found->count = before;
    return 1;
}
