/* Feeds the native core with hostile input under the sanitizers. With clang this is a libFuzzer target, guided by coverage;
   with gcc the main below mutates the seeds blindly. Run by script/fuzz-screening.

   One input is lines: the first half of them are phrases, decided texts and domains, and all of them are posts. It is also
   read as lines of JSON. */
#include "blocks.h"
#include "images.h"
#include "lines.h"
#include "models.h"
#include "scan.h"

#include <stdio.h>
#include <time.h>

#define MOST_LINES 64

static readings *tables;

static void fail(const char *what) {
    fprintf(stderr, "broken promise: %s\n", what);
    abort();
}

/* The file: for each page its number (reading * PAGES + page), 256 entries, the size of the pool, the pool; all uint32. */
static void load_readings(const char *path) {
    FILE *file = fopen(path, "rb");
    uint32_t number, entries[256], size;
    if (!file) fail("the readings can be opened");
    tables = readings_new();
    while (fread(&number, 4, 1, file) == 1) {
        if (fread(entries, 4, 256, file) != 256 || fread(&size, 4, 1, file) != 1 || size > 1u << 20) fail("readings are whole");
        page *filled = malloc(sizeof(page) + 4 * (size_t)size);
        memcpy(filled->entries, entries, sizeof entries);
        filled->pool_size = size;
        if (fread(filled->pool, 4, size, file) != size) fail("pools are whole");
        if (!readings_put(tables, number / PAGES, number % PAGES, filled)) fail("pages are well formed");
    }
    fclose(file);
}

typedef struct {
    const uint8_t *bytes;
    size_t length;
} line;

/* Each line in memory of its own size, so that reading past its end is seen. */
static size_t cut_lines(const uint8_t *data, size_t size, line lines[MOST_LINES]) {
    size_t count = 0, start = 0;
    for (size_t i = 0; i <= size && count < MOST_LINES; i++) {
        if (i < size && data[i] != '\n') continue;
        uint8_t *copy = malloc(i - start + !(i - start));
        if (i > start) memcpy(copy, data + start, i - start);
        lines[count++] = (line){copy, i - start};
        start = i + 1;
    }
    return count;
}

static void check_hits(const hits *found, size_t entries, const line *lines, size_t count) {
    for (size_t i = 0; i < found->count; i++) {
        const hit *one = &found->items[i];
        if (one->post >= count) fail("a hit is in a text");
        if (one->start >= one->end || one->end > lines[one->post].length) fail("a span lies inside the text");
        if (one->entry >= entries) fail("an entry is one of the list");
    }
}

/* ---- indexes in files ---- */

/* An index as a file holds it, in memory of its own size. */
static uint8_t *laid_out(const void *numbers, size_t size, const section *list, size_t count, size_t *length) {
    size_t at = shelf_room(size);
    for (size_t i = 0; i < count; i++) at += shelf_room(list[i].size);
    uint8_t *bytes = calloc(1, *length = at);
    memcpy(bytes, numbers, size);
    at = shelf_room(size);
    for (size_t i = 0; i < count; i++) {
        if (list[i].size && *list[i].place) memcpy(bytes + at, *list[i].place, list[i].size);
        at += shelf_room(list[i].size);
    }
    return bytes;
}

/* Other bytes here and there, the numbers at the start most of all. */
static void damage(uint8_t *bytes, size_t length, uint64_t seed) {
    for (int turns = 1 + seed % 12; turns--;) {
        seed = mixed(seed + 0x9E3779B97F4A7C15ull);
        size_t at = seed % (seed >> 60 ? length : 128 < length ? 128 : length);
        bytes[at] ^= (uint8_t)(seed >> 32 | 1);
    }
}

static size_t screened(scan *state, const line *lines, size_t count, size_t entries) {
    for (uint32_t i = 0; i < count; i++)
        if (!scan_take(state, lines[i].bytes, lines[i].length, i)) fail("a text is screened");
    if (!scan_finish(state)) fail("all texts are screened");
    check_hits(&state->phrase_hits, entries, lines, count);
    check_hits(&state->domain_hits, entries, lines, count);
    for (size_t k = 0; k < state->copy_hits.count; k++)
        if (state->copy_hits.items[k].entry > entries || state->copy_hits.items[k].likeness > 2)
            fail("a near copy is one of the list");
    size_t found = state->phrase_hits.count + state->domain_hits.count + state->copy_hits.count;
    scan_free(state);
    return found;
}

/* The same hits from an opened file; from a damaged one, an answer or a refusal. */
#define TRY_FILE(kind, index, seed, found)                                                                        \
    do {                                                                                                          \
        section list[MOST_SECTIONS];                                                                              \
        size_t size, length, sections_ = kind##_sections(index, list);                                            \
        const void *numbers = kind##_numbers(index, &size);                                                       \
        uint8_t *bytes = laid_out(numbers, size, list, sections_, &length);                                       \
        kind *opened = kind##_open(bytes, length);                                                                \
        if (!opened) fail("what was laid out is opened");                                                         \
        scan whole = {.tables = tables, .kind = {opened}};                                                        \
        if (screened(&whole, lines, count, listed) != (found)) fail("a file answers as memory did");              \
        kind##_free(opened);                                                                                      \
        if (kind##_open(bytes, length - SHELF_ALIGNMENT)) fail("what was cut off is refused");                    \
        damage(bytes, length, seed);                                                                              \
        if ((opened = kind##_open(bytes, length))) {                                                              \
            scan damaged = {.tables = tables, .kind = {opened}};                                                  \
            screened(&damaged, lines, count, listed);                                                             \
            kind##_free(opened);                                                                                  \
        }                                                                                                         \
        free(bytes);                                                                                              \
    } while (0)

static void try_files(phrases *words, domains *names, copies *decided, const line *lines, size_t count, size_t listed) {
    uint64_t seed = count;
    for (size_t i = 0; i < count; i++) seed = mixed(seed ^ hash_bytes(lines[i].bytes, lines[i].length < 9 ? 0 : 8));
    scan of_words = {.tables = tables, .phrases = {words}}, of_names = {.tables = tables, .domains = {names}},
         of_copies = {.tables = tables, .copies = {decided}};
    TRY_FILE(phrases, words, seed, screened(&of_words, lines, count, listed));
    TRY_FILE(domains, names, seed + 1, screened(&of_names, lines, count, listed));
    TRY_FILE(copies, decided, seed + 2, screened(&of_copies, lines, count, listed));
}

static void try_texts(const line *lines, size_t count) {
    static const uint32_t dots[] = {0x2024, 0x3002, 0xff0e};
    size_t listed = count / 2;
    text *work = text_new();
    windows scratch = {0};
    phrases *words = phrases_new(listed);
    copies *decided = copies_new(listed, 0.5);
    domains *names = domains_new(listed, dots, 3);
    for (size_t i = 0; i < listed; i++) {
        text_decode(work, lines[i].bytes, lines[i].length);
        text_fold(work, tables);
        text_letters(work, tables);
        phrases_add(words, work, (int)(i & 1));
        if (!copies_add(decided, work, &scratch)) fail("a decided text is taken");
        if (!domains_add(names, lines[i].bytes, lines[i].length)) fail("a name is taken");
    }
    if (!phrases_finish(words)) fail("an index is finished");
    scan state = {.tables = tables, .phrases = {words, words}, .domains = {names, names}, .copies = {decided, decided}};
    screened(&state, lines, count, 2 * listed);
    try_files(words, names, decided, lines, count, listed);
    phrases_free(words);
    copies_free(decided);
    domains_free(names);
    free(scratch.slots);
    text_free(work);
}

/* A filter holds every key it was made of; host names are read within the texts. */
static void try_blocks(const line *lines, size_t count) {
    static const uint32_t dots[] = {0x2024, 0x3002, 0xff0e};
    uint8_t filter[64] = {0}, again[64] = {0};
    block held = {.tables = tables, .dots = dots, .dot_count = 3};
    for (uint32_t i = 0; i < count; i++)
        if (!block_take(&held, lines[i].bytes, lines[i].length, i)) fail("a text is taken");
    keys_filter(held.keys.items, held.keys.count, 5, filter, sizeof filter);
    int64_t distinct = keys_distinct(held.keys.items, held.keys.count);
    if (distinct < 0 || (size_t)distinct > held.keys.count) fail("keys are made distinct");
    keys_filter(held.keys.items, (size_t)distinct, 5, again, sizeof again);
    if (memcmp(filter, again, sizeof filter)) fail("distinct keys make the same filter");
    if (!keys_may_hold(held.keys.items, (size_t)distinct, (size_t)distinct, 5, filter, sizeof filter)) fail("no key is forgotten");
    block_free(&held);
}

/* Any text has features; a model that gives a label to everything flags all, and the room is used again. */
static void try_models(const line *lines, size_t count) {
    static const model_label labels[] = {{1, 0, 0.5}, {-1, 0.25, -1e9}};
    static float weights[2 << 10];
    for (size_t i = 0; i < 2 << 10; i++) weights[i] = (float)(i % 7) / 7 - 0.5f;
    static const composition both[] = {{'a', 0x301, 0xe1}, {'e', 0x302, 0xea}, {0xea, 0x301, 0x1ebf}};
    model *sure = model_new(10, 2, labels, weights, both, 3), *perhaps = model_new(10, 1, labels, weights, both, 3);
    model_look look = {0};
    int flags;
    for (size_t i = 0; i < count; i++) {
        if (!model_asked(perhaps, tables, &look, lines[i].bytes, lines[i].length, &flags)) fail("a text is scored");
        if (!model_asked(sure, tables, &look, lines[i].bytes, lines[i].length, &flags) || !flags) fail("a text is flagged");
    }
    model_look_free(&look);
    model_free(sure);
    model_free(perhaps);
}

static void *copied(const void *bytes, size_t size) {
    void *copy = malloc(size + 1);
    if (size) memcpy(copy, bytes, size);
    return copy;
}

#define NAMES "\1account\0age_days\0\2\0language\0\3account\0verified\0\2page\0kind\0\4\0length\0\5\0links"

static asks *asks_of(const step *steps, size_t count) {
    static const double numbers[] = {0, 3.5, 1e300};
    static const int64_t offsets[] = {0, 2, 2, 5};
    return asks_new(copied(NAMES, sizeof NAMES), sizeof NAMES, copied(numbers, sizeof numbers), 3, copied("vipage", 6),
                    copied(offsets, sizeof offsets), 3, copied(steps, count * sizeof *steps), count);
}

/* Programs of rules from the bytes: refused, or an answer for any text. */
static void try_asks(const uint8_t *data, size_t size) {
    step steps[64];
    size_t count = size / 2 < 64 ? size / 2 : 64;
    told values[6] = {{PRESENT, 0, 0, 3}, {PRESENT, 0, 2, 0}, {PRESENT, 0, 0, 1}, {ABSENT, 0, 0, 0}};
    for (size_t i = 0; i < count; i++) steps[i] = (step){data[2 * i] % (DEEDS + 1), data[2 * i + 1] % 7};
    for (; count; count--) {
        asks *asked = asks_of(steps, count);
        if (asked) asks_may_be_true(asked, values, (const uint8_t *)"vi", data, size);
        asks_free(asked);
        if (asked) break;
    }
}

/* The bytes in memory of their own size, with one post among them as it should be. */
static void try_json(const uint8_t *data, size_t size) {
    static const char good[] = "\n{\"id\": \"\\u0007\\ud83d\\ude00\", \"text\": \"x\"}\n";
    uint8_t *bytes = malloc(size + sizeof good - 1);
    post_lines lines = {0};
    written out = {0};
    if (size) memcpy(bytes, data, size);
    memcpy(bytes + size, good, sizeof good - 1);
    static const step steps[] = {{DO_SIGNAL, 0}, {DO_NUMBER, 1}, {DO_LESS, 0}, {DO_SIGNAL, 2}, {DO_AND, 0}, {DO_RULE, 0},
                                 {DO_SIGNAL, 1}, {DO_IN, 2}, {DO_TEXTS, 0}, {DO_TEXTS, 2}, {DO_SIGNAL, 3}, {DO_TEXT, 2},
                                 {DO_EQUAL, 0}, {DO_OR, 0}, {DO_RULE, 0}, {DO_SIGNAL, 5}, {DO_SIGNAL, 4}, {DO_MULTIPLY, 0},
                                 {DO_NUMBER, 2}, {DO_AT_LEAST, 0}, {DO_RULE, 0}};
    asks *asked = asks_of(steps, sizeof steps / sizeof *steps);
    if (!asked) fail("a program as it should be is taken");
    if (!lines_read(&lines, bytes, size + sizeof good - 1, 1 << 12, 1, asked) || !lines.count) fail("lines are read");
    if (lines.items[lines.count - 1].open) fail("a post as it should be is read");
    for (size_t i = 0; i < lines.count; i++) {
        const post_line *one = &lines.items[i];
        if (one->start > one->end || one->end > size + sizeof good) fail("a line lies inside the bytes");
        if (one->open) continue;
        if (one->id > one->id_end || one->id_end > lines.held_length || one->text > one->text_end ||
            one->text_end > lines.held_length)
            fail("fields lie in what is held");
        lines_may_be_true(&lines, i, asked);
        if (!lines_write_pass(&out, &lines, one)) fail("a verdict is written");
    }
    asks_free(asked);
    free(out.bytes);
    lines_free(&lines);
    free(bytes);
}

static void try_images(const uint8_t *data, size_t size) {
    size_t known = size / sizeof(pdq_hash), width = size ? 1 + data[0] % 200 : 1, height = size / 3 / width;
    hits found = {0};
    pdq_hash made, *hashes = malloc(known * sizeof(pdq_hash) + 1);
    if (known) memcpy(hashes, data, known * sizeof(pdq_hash));
    if (height && pdq_of_pixels(data, width, height, &made) > 100) fail("quality is at most 100");
    if (known) {
        images *index = images_new(hashes, known);
        if (!images_find(index, &hashes[0], 31, &found) || !found.count) fail("an image finds itself");
        section list[MOST_SECTIONS];
        size_t numbers_size, length, count = images_sections(index, list);
        const void *numbers = images_numbers(index, &numbers_size);
        uint8_t *bytes = laid_out(numbers, numbers_size, list, count, &length);
        images *opened = images_open(bytes, length);
        if (!opened || !images_find(opened, &hashes[0], 31, &found)) fail("a file answers as memory did");
        images_free(opened);
        damage(bytes, length, hashes[0].words[0]);
        if ((opened = images_open(bytes, length)) && !images_find(opened, &hashes[0], 31, &found)) fail("a search ends");
        images_free(opened);
        images_free(index);
        free(bytes);
    }
    free(found.items);
    free(hashes);
}

int LLVMFuzzerInitialize(int *count, char ***words) {
    (void)count, (void)words;
    load_readings(getenv("READINGS"));
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    line lines[MOST_LINES];
    size_t count = cut_lines(data, size, lines);
    try_texts(lines, count);
    try_blocks(lines, count);
    try_models(lines, count);
    try_asks(data, size);
    for (size_t i = 0; i < count; i++) free((void *)lines[i].bytes);
    try_json(data, size);
    if (size % 16 == 0) try_images(data, size); /* images are dear: try them now and then */
    return 0;
}

#ifdef BLIND
static uint64_t state = 88172645463325252ull;

static uint64_t chance(uint64_t below) {
    state = mixed(state + 0x9E3779B97F4A7C15ull);
    return state % below;
}

static size_t mutate(uint8_t *data, size_t size, size_t room, const uint8_t *other, size_t other_size) {
    for (uint64_t turns = 1 + chance(8); turns--;) {
        size_t at = chance(size + 1), length = chance(16) + 1;
        switch (chance(5)) {
        case 0: /* another byte */
            if (at < size) data[at] = (uint8_t)chance(256);
            break;
        case 1: /* cut out */
            if (at + length <= size) {
                memmove(data + at, data + at + length, size - at - length);
                size -= length;
            }
            break;
        case 2: /* double */
            if (at + length <= size && size + length <= room) {
                memmove(data + at + length, data + at, size - at);
                size += length;
            }
            break;
        case 3: /* a flipped bit */
            if (at < size) data[at] ^= (uint8_t)(1u << chance(8));
            break;
        default: /* a piece of another seed */
            if (other_size >= length && at + length <= size) memcpy(data + at, other + chance(other_size - length + 1), length);
        }
    }
    return size;
}

/* driver SECONDS SEED… */
int main(int count, char **words) {
    enum { ROOM = 1 << 14 };
    size_t seeds = (size_t)count - 2, runs = 0;
    uint8_t *contents = calloc(seeds, ROOM), *data = malloc(ROOM);
    size_t *sizes = calloc(seeds, sizeof(size_t));
    LLVMFuzzerInitialize(NULL, NULL);
    for (size_t i = 0; i < seeds; i++) {
        FILE *file = fopen(words[i + 2], "rb");
        if (!file) fail("a seed can be opened");
        sizes[i] = fread(contents + i * ROOM, 1, ROOM / 2, file);
        fclose(file);
        LLVMFuzzerTestOneInput(contents + i * ROOM, sizes[i]);
    }
    for (time_t end = time(NULL) + atoi(words[1]); time(NULL) < end; runs++) {
        size_t from = chance(seeds), other = chance(seeds);
        memcpy(data, contents + from * ROOM, sizes[from]);
        size_t size = mutate(data, sizes[from], ROOM, contents + other * ROOM, sizes[other]);
        LLVMFuzzerTestOneInput(data, size);
    }
    printf("%zu inputs, nothing found\n", runs + seeds);
    free(contents);
    free(data);
    free(sizes);
    readings_free(tables);
    return 0;
}
#endif
