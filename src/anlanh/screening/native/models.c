#include "models.h"
#include "utf8.h"

#include <math.h>

#define FEWEST_BITS 4
#define MOST_BITS 24
#define MOST_LABELS 64
#define LONGEST 20000 /* code points; what follows is not looked at */

enum { APART, OF_A_WORD, BY_ITSELF, ONLY_PYTHON, COMBINING }; /* classes of code points; APART parts words */

/* ---- CRC-32 as zlib makes it ---- */

static void make_crc(uint32_t table[256]) {
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t crc = byte;
        for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
        table[byte] = crc;
    }
}

static inline uint32_t crc_byte(const uint32_t *table, uint32_t crc, uint8_t byte) { return crc >> 8 ^ table[(crc ^ byte) & 255]; }

static inline uint32_t crc_bytes(const uint32_t *table, uint32_t crc, const uint8_t *bytes, size_t length) {
    for (size_t i = 0; i < length; i++) crc = crc_byte(table, crc, bytes[i]);
    return crc;
}

/* ---- making ---- */

model *model_new(unsigned bits, size_t label_count, const model_label *labels, const float *weights,
                 const composition *compositions, size_t composition_count) {
    if (bits < FEWEST_BITS || bits > MOST_BITS || !label_count || label_count > MOST_LABELS) return NULL;
    model *held = calloc(1, sizeof(model));
    if (!held) return NULL;
    size_t features = (size_t)1 << bits;
    held->bits = bits;
    make_crc(held->crc);
    held->label_count = label_count;
    held->labels = malloc(label_count * sizeof(model_label));
    held->weights = malloc(features * label_count * sizeof(float));
    held->compositions = malloc(composition_count * sizeof(composition) + 1);
    held->composition_count = composition_count;
    if (!held->labels || !held->weights || !held->compositions) {
        model_free(held);
        return NULL;
    }
    if (composition_count) memcpy(held->compositions, compositions, composition_count * sizeof(composition));
    memcpy(held->labels, labels, label_count * sizeof(model_label));
    for (size_t feature = 0; feature < features; feature++)
        for (size_t label = 0; label < label_count; label++)
            held->weights[feature * label_count + label] = weights[label * features + feature];
    return held;
}

void model_free(model *held) {
    if (!held) return;
    free(held->labels);
    free(held->weights);
    free(held->compositions);
    free(held);
}

void model_look_free(model_look *look) {
    text_free(look->work);
    free(look->letters);
    free(look->features);
    free(look->seen);
}

/* ---- features ---- */

static inline void add_feature(model_look *look, uint32_t value) {
    uint32_t feature = value & ((1u << look->seen_bits) - 1);
    uint64_t bit = 1ull << (feature & 63), *word = &look->seen[feature >> 6];
    if (*word & bit) return;
    *word |= bit;
    look->features[look->count++] = feature;
}

static int make_look(model_look *look, unsigned bits, size_t code_points) {
    if (look->seen_bits != bits) {
        free(look->seen);
        look->seen = zeroed(((size_t)1 << bits) / 64 + 1, sizeof(uint64_t));
        look->seen_bits = look->seen ? bits : 0;
    }
    look->count = 0;
    return look->seen && (look->work || (look->work = text_new())) &&
           make_room((void **)&look->features, &look->room, code_points + 1, sizeof(uint32_t));
}

static void forget_features(model_look *look) {
    for (size_t i = 0; i < look->count; i++) look->seen[look->features[i] >> 6] = 0;
}

typedef struct {
    uint32_t start, crc;
    int in_word;
} writing;

static inline void end_written(model_look *look, writing *state) {
    if (state->in_word) add_feature(look, ~state->crc);
    state->in_word = 0;
    state->crc = state->start;
}

/* One code point of the composed text. 0 when only Python can tell, -1 when memory has run out. */
static int take_composed(const model *held, model_look *look, const readings *tables, uint32_t cp, size_t left, writing *state) {
    uint32_t single, count;
    uint8_t bytes[4];
    const uint32_t *entries = entries_of(tables, WRITTEN, cp, &look->work->missing, &single, &count);
    if (UNLIKELY(count > 1) && !make_room((void **)&look->features, &look->room, look->count + count + left + 1, sizeof(uint32_t)))
        return -1;
    for (uint32_t k = 0; k < count; k++) {
        unsigned kind = CLASS(entries[k]);
        if (kind >= ONLY_PYTHON) return 0;
        if (kind != OF_A_WORD) end_written(look, state);
        if (kind == APART) continue;
        state->crc = crc_bytes(held->crc, state->crc, bytes, encode(bytes, CODE(entries[k])));
        state->in_word = 1;
        if (kind == BY_ITSELF) end_written(look, state);
    }
    return 1;
}

/* What two code points are composed to, or 0. */
static uint32_t composed(const model *held, uint32_t first, uint32_t mark) {
    size_t low = 0, high = held->composition_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const composition *one = &held->compositions[middle];
        if (one->first == first && one->mark == mark) return one->both;
        if (one->first < first || (one->first == first && one->mark < mark))
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

static inline int is_combining(const readings *tables, uint32_t cp, missing_pages *missing) {
    uint32_t single, count;
    const uint32_t *entries = entries_of(tables, WRITTEN, cp, missing, &single, &count);
    return count == 1 && CLASS(*entries) == COMBINING;
}

/* Words as written: runs of letters and digits, and other signs each by itself. 0 when only Python can tell, -1 when memory has run
   out. */
static int take_written(const model *held, model_look *look, const readings *tables) {
    text *work = look->work;
    writing state = {crc_byte(held->crc, 0xffffffffu, 'w'), crc_byte(held->crc, 0xffffffffu, 'w'), 0};
    for (size_t i = 0; i < work->cp_count;) {
        uint32_t cp = work->cps[i++];
        for (; i < work->cp_count && UNLIKELY(work->cps[i] >= 0x300) && is_combining(tables, work->cps[i], &work->missing); i++)
            if (!(cp = composed(held, cp, work->cps[i]))) return 0;
        int taken = take_composed(held, look, tables, cp, work->cp_count - i, &state);
        if (taken <= 0) return taken;
    }
    end_written(look, &state);
    return 1;
}

typedef struct {
    size_t length, word, before; /* of the letters; where the word begins, and the one before it; 0 is none */
} folding;

static void end_word(const model *held, model_look *look, folding *state) {
    const uint8_t *word = look->letters + state->word;
    add_feature(look, ~crc_bytes(held->crc, crc_byte(held->crc, 0xffffffffu, 'f'), word, state->length - state->word));
    if (state->before) {
        const uint8_t *pair = look->letters + state->before;
        add_feature(look, ~crc_bytes(held->crc, crc_byte(held->crc, 0xffffffffu, 'b'), pair, state->length - state->before));
    }
    look->letters[state->length++] = ' ';
    state->before = state->word;
    state->word = 0;
}

/* Room for that many more folded code points, each at most a word of its own with a space, and for what they add: a word, a pair, and
   three runs for each byte. */
static int room_for(model_look *look, size_t length, size_t more) {
    size_t letters = length + 5 * more + 8;
    return make_room((void **)&look->letters, &look->letters_room, letters, 1) &&
           make_room((void **)&look->features, &look->room, look->count + 2 * more + 3 * letters + 8, sizeof(uint32_t));
}

/* Folded words, pairs of them, and runs of their letters. Returns 0 when memory has run out. */
static int take_folded(const model *held, model_look *look, const readings *tables) {
    const text *work = look->work;
    folding state = {1, 0, 0};
    if (!room_for(look, 1, work->cp_count)) return 0;
    look->letters[0] = ' ';
    for (size_t i = 0; i < work->cp_count; i++) {
        uint32_t single, count;
        const uint32_t *entries = entries_of(tables, PLAIN, work->cps[i], &look->work->missing, &single, &count);
        if (UNLIKELY(count > 1) && !room_for(look, state.length, count + work->cp_count - i)) return 0;
        for (uint32_t k = 0; k < count; k++) {
            if (!entries[k]) continue; /* a mark that folding drops */
            unsigned kind = CLASS(entries[k]);
            if (state.word && kind != OF_A_WORD) end_word(held, look, &state);
            if (kind == APART) continue;
            if (!state.word) state.word = state.length;
            state.length += encode(look->letters + state.length, CODE(entries[k]));
            if (kind == BY_ITSELF) end_word(held, look, &state);
        }
    }
    if (state.word) end_word(held, look, &state);
    size_t length = state.length;
    if (length == 1) look->letters[length++] = ' '; /* no word at all: two spaces stand there */
    for (size_t at = 0; at + 3 <= length; at++) {
        uint32_t crc = crc_bytes(held->crc, 0xffffffffu, look->letters + at, 3);
        add_feature(look, ~crc);
        if (at + 4 <= length) add_feature(look, ~(crc = crc_byte(held->crc, crc, look->letters[at + 3])));
        if (at + 5 <= length) add_feature(look, ~crc_byte(held->crc, crc, look->letters[at + 4]));
    }
    return 1;
}

/* ---- asking ---- */

static int may_flag(const model *held, const model_look *look) {
    for (size_t label = 0; label < held->label_count; label++) {
        const model_label *one = &held->labels[label];
        double sum = 0;
        for (size_t i = 0; i < look->count; i++) sum += held->weights[look->features[i] * held->label_count + label];
        double margin = look->count ? sum / sqrt((double)look->count) : 0;
        if (!(one->slope * margin + one->shift < one->least)) return 1;
    }
    return 0;
}

int model_asked(const model *held, const readings *tables, model_look *look, const uint8_t *bytes, size_t length, int *flags) {
    *flags = 1;
    if (!make_look(look, held->bits, length) || !text_decode(look->work, bytes, length)) return 0;
    if (look->work->cp_count > LONGEST) look->work->cp_count = LONGEST;
    int written = take_written(held, look, tables), good = written >= 0 && (!written || take_folded(held, look, tables));
    if (good && written && !look->work->missing.any) *flags = may_flag(held, look);
    forget_features(look);
    return good;
}
