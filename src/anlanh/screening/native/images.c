#include "images.h"
#include "shelf.h"

/* Multi-index hashing (Norouzi, Punjani, Fleet 2012) with 16 parts of 16 bits: two hashes within 31 bits agree in some
   part but for one bit at most, since 16 parts with two differences each make 32. Each posting carries the other three
   words of its hash, so that a candidate is judged without another look into memory. */

#define PARTS 16
#define KEYS 65536

typedef struct {
    uint64_t others[3];
    uint32_t entry;
} posting;

/* The numbers of an index, as they stand in a file. */
typedef struct {
    char mark[8];
    uint64_t count;
} image_numbers;

static const char KIND_MARK[8] = "images02";

struct images {
    image_numbers numbers;
    int borrowed; /* the arrays belong to a file */
    pdq_hash *known;
    size_t count;
    uint32_t *starts[PARTS]; /* KEYS + 1 of them */
    posting *postings[PARTS];
};

static inline unsigned key_of(const pdq_hash *hash, int part) { return hash->words[part / 4] >> 16 * (part % 4) & 0xffff; }

#if defined(__GNUC__)
static inline unsigned ones(uint64_t word) { return (unsigned)__builtin_popcountll(word); }
#else
static inline unsigned ones(uint64_t word) {
    word -= word >> 1 & 0x5555555555555555ull;
    word = (word & 0x3333333333333333ull) + (word >> 2 & 0x3333333333333333ull);
    return (unsigned)(((word + (word >> 4)) & 0x0f0f0f0f0f0f0f0full) * 0x0101010101010101ull >> 56);
}
#endif

void images_free(images *index) {
    if (!index) return;
    for (int part = 0; part < PARTS && !index->borrowed; part++) {
        free(index->starts[part]);
        free(index->postings[part]);
    }
    if (!index->borrowed) free(index->known);
    free(index);
}

size_t images_count(const images *index) { return index->count; }

/* ---- files ---- */

static size_t list_sections(images *index, section *list) {
    size_t n = 0;
    list[n++] = (section){(void **)&index->known, index->count * sizeof(pdq_hash)};
    for (int part = 0; part < PARTS; part++) {
        list[n++] = (section){(void **)&index->starts[part], (KEYS + 1) * sizeof(uint32_t)};
        list[n++] = (section){(void **)&index->postings[part], index->count * sizeof(posting)};
    }
    return n;
}

size_t images_sections(images *index, section *list) {
    memcpy(index->numbers.mark, KIND_MARK, sizeof KIND_MARK);
    index->numbers.count = index->count;
    return list_sections(index, list);
}

const void *images_numbers(const images *index, size_t *size) {
    *size = sizeof index->numbers;
    return &index->numbers;
}

images *images_open(const uint8_t *bytes, size_t length) {
    images *index = calloc(1, sizeof(images));
    section list[MOST_SECTIONS];
    if (!index) return NULL;
    index->borrowed = 1;
    if (shelf_numbers(&index->numbers, sizeof index->numbers, bytes, length) && index->numbers.count < UINT32_MAX &&
        !memcmp(index->numbers.mark, KIND_MARK, sizeof KIND_MARK)) {
        index->count = index->numbers.count;
        if (shelf_borrow(list, list_sections(index, list), sizeof index->numbers, bytes, length)) return index;
    }
    images_free(index);
    return NULL;
}

static int sort_part(images *index, int part) {
    uint32_t *starts = zeroed(KEYS + 1, 4), *next = malloc(KEYS * 4);
    posting *postings = zeroed(index->count + 1, sizeof(posting));
    index->starts[part] = starts;
    index->postings[part] = postings;
    if (!starts || !next || !postings) {
        free(next);
        return 0;
    }
    for (size_t i = 0; i < index->count; i++) starts[key_of(&index->known[i], part) + 1]++;
    for (int key = 0; key < KEYS; key++) starts[key + 1] += starts[key];
    memcpy(next, starts, KEYS * 4);
    for (size_t i = 0; i < index->count; i++) {
        const uint64_t *words = index->known[i].words;
        int own = part / 4;
        postings[next[key_of(&index->known[i], part)]++] =
            (posting){{words[(own + 1) & 3], words[(own + 2) & 3], words[(own + 3) & 3]}, (uint32_t)i};
    }
    free(next);
    return 1;
}

images *images_new(const pdq_hash *known, size_t count) {
    images *index = calloc(1, sizeof(images));
    if (!index) return NULL;
    index->count = count;
    index->known = malloc(count * sizeof(pdq_hash) + 1);
    int good = index->known != NULL;
    if (good && count) memcpy(index->known, known, count * sizeof(pdq_hash));
    for (int part = 0; good && part < PARTS; part++) good = sort_part(index, part);
    if (good) return index;
    images_free(index);
    return NULL;
}

static unsigned distance_of(const pdq_hash *a, const pdq_hash *b) {
    unsigned sum = 0;
    for (int i = 0; i < 4; i++) sum += ones(a->words[i] ^ b->words[i]);
    return sum;
}

/* A hash is reported by the first part that meets it, so that none is reported twice. */
static int met_before(const pdq_hash *a, const pdq_hash *b, int part) {
    for (int earlier = 0; earlier < part; earlier++)
        if (ones(key_of(a, earlier) ^ key_of(b, earlier)) <= 1) return 1;
    return 0;
}

#define TURN(turn) ((turn) ? 1u << ((turn)-1) : 0u)

VERSIONS("avx2", "popcnt")
static int find_in_part(const images *index, const pdq_hash *wanted, int part, unsigned distance, hits *found) {
    const uint32_t *starts = index->starts[part];
    const posting *postings = index->postings[part];
    unsigned key = key_of(wanted, part);
    int own = part / 4;
    uint64_t a = wanted->words[(own + 1) & 3], b = wanted->words[(own + 2) & 3], c = wanted->words[(own + 3) & 3];
    for (int turn = 0; turn <= 16; turn++) {
        if (turn + 2 <= 16) PREFETCH(&starts[key ^ TURN(turn + 2)]);
        if (turn + 1 <= 16) {
            uint32_t first = starts[key ^ TURN(turn + 1)];
            const char *ahead = (const char *)&postings[first < index->count ? first : 0];
            for (int line = 0; line < 4; line++) PREFETCH(ahead + 64 * line);
        }
        unsigned turned = key ^ TURN(turn);
        uint32_t end = starts[turned + 1] <= index->count ? starts[turned + 1] : 0;
        for (uint32_t at = starts[turned]; at < end; at++) {
            const posting *one = &postings[at];
            unsigned sum = ones(one->others[0] ^ a) + ones(one->others[1] ^ b);
            if (LIKELY(sum > distance) || sum + ones(one->others[2] ^ c) > distance) continue;
            if (one->entry >= index->count) continue; /* only in a broken file */
            const pdq_hash *known = &index->known[one->entry];
            sum = distance_of(known, wanted);
            if (sum <= distance && !met_before(known, wanted, part) && !hits_add(found, 0, one->entry, sum, 0)) return 0;
        }
    }
    return 1;
}

int images_find(const images *index, const pdq_hash *wanted, unsigned distance, hits *found) {
    for (int part = 0; part < PARTS; part++)
        if (!find_in_part(index, wanted, part, distance, found)) return 0;
    return 1;
}
