#include "text.h"
#include "utf8.h"

readings *readings_new(void) { return calloc(1, sizeof(readings)); }

void readings_free(readings *tables) {
    if (!tables) return;
    for (int reading = 0; reading < READINGS; reading++)
        for (int number = 0; number < PAGES; number++) free(atomic_load(&tables->pages[reading][number]));
    free(tables);
}

static int well_formed(const page *filled) {
    for (int i = 0; i < 256; i++) {
        uint32_t entry = filled->entries[i];
        if (!(entry & IS_SEQUENCE)) continue;
        uint64_t place = entry & ~IS_SEQUENCE;
        if (place >= filled->pool_size || filled->pool[place] > 64) return 0;
        if (place + filled->pool[place] >= filled->pool_size) return 0;
    }
    return 1;
}

int readings_put(readings *tables, unsigned reading, unsigned number, page *filled) {
    if (reading >= READINGS || number >= PAGES || !well_formed(filled)) return 0;
    page *none = NULL;
    return atomic_compare_exchange_strong(&tables->pages[reading][number], &none, filled);
}

text *text_new(void) { return calloc(1, sizeof(text)); }

void text_free(text *work) {
    if (!work) return;
    free(work->cps);
    free(work->skeleton);
    free(work->units);
    free(work->symbols);
    free(work->letters);
    free(work->starts);
    free(work->ends);
    free(work->joints);
    free(work);
}

/* ---- UTF-8 ---- */

static inline int continues(uint8_t byte) { return (byte & 0xc0) == 0x80; }

/* Lone surrogates in their three-byte form pass, since Python's texts may hold them. */
static const uint8_t *decode_one(const uint8_t *p, const uint8_t *end, uint32_t *cp) {
    uint32_t lead = *p;
    ptrdiff_t left = end - p;
    if (lead >= 0xc2 && lead < 0xe0 && left >= 2 && continues(p[1])) {
        *cp = (lead & 0x1f) << 6 | (p[1] & 0x3f);
        return p + 2;
    }
    if (lead >= 0xe0 && lead < 0xf0 && left >= 3 && continues(p[1]) && continues(p[2])) {
        *cp = (lead & 0x0f) << 12 | (uint32_t)(p[1] & 0x3f) << 6 | (p[2] & 0x3f);
        if (*cp >= 0x800) return p + 3;
    }
    if (lead >= 0xf0 && lead < 0xf5 && left >= 4 && continues(p[1]) && continues(p[2]) && continues(p[3])) {
        *cp = (lead & 0x07) << 18 | (uint32_t)(p[1] & 0x3f) << 12 | (uint32_t)(p[2] & 0x3f) << 6 | (p[3] & 0x3f);
        if (*cp >= 0x10000 && *cp < 0x110000) return p + 4;
    }
    *cp = 0xfffd;
    return p + 1;
}

int text_decode(text *work, const uint8_t *bytes, size_t length) {
    if (length > LONGEST_POST || !make_room((void **)&work->cps, &work->cp_room, length, sizeof(uint32_t))) return 0;
    const uint8_t *p = bytes, *end = bytes + length;
    uint32_t *out = work->cps;
    while (p < end) {
        if (LIKELY(*p < 0x80))
            *out++ = *p++;
        else
            p = decode_one(p, end, out++);
    }
    work->cp_count = (size_t)(out - work->cps);
    return 1;
}

/* ---- The skeleton ---- */

typedef struct {
    int in_word, space_pending;
} fold_state;

static inline void open_unit(text *work, fold_state *state, uint32_t cp) {
    uint32_t spaced = (uint32_t)(state->space_pending && work->unit_count);
    if (spaced) work->skeleton[work->skeleton_length++] = ' ';
    state->space_pending = 0;
    uint32_t at = (uint32_t)work->skeleton_length;
    work->units[work->unit_count++] = (unit){at, at, cp, cp + 1, spaced, 0};
}

static inline void append_folded(text *work, uint32_t code, uint32_t cp) {
    unit *last = &work->units[work->unit_count - 1];
    work->skeleton_length += encode(work->skeleton + work->skeleton_length, code);
    last->end = (uint32_t)work->skeleton_length;
    last->cp_end = cp + 1;
}

/* A dropped mark belongs to whatever ends just before it. */
static void extend_units(text *work, uint32_t cp) {
    for (size_t i = work->unit_count; i && work->units[i - 1].cp_end == cp; i--) work->units[i - 1].cp_end = cp + 1;
}

static inline void fold_one(text *work, fold_state *state, uint32_t entry, uint32_t cp) {
    switch (CLASS(entry)) {
    case WORD:
        if (!state->in_word) open_unit(work, state, cp);
        state->in_word = 1;
        append_folded(work, CODE(entry), cp);
        break;
    case SPACE:
        state->in_word = 0;
        state->space_pending = 1;
        break;
    case DROPPED:
        extend_units(work, cp);
        break;
    default: /* what extends a word is part of it, and else stands for itself */
        if (CLASS(entry) != EXTENDING || !state->in_word) {
            state->in_word = 0;
            open_unit(work, state, cp);
        }
        append_folded(work, CODE(entry), cp);
    }
}

/* Room for that many more folded code points: each at most a unit of its own, four bytes and a space. */
static int room_to_fold(text *work, size_t more) {
    return make_room((void **)&work->skeleton, &work->skeleton_room, work->skeleton_length + 5 * more + 8, 1) &&
           make_room((void **)&work->units, &work->unit_room, work->unit_count + more, sizeof(unit));
}

int text_fold(text *work, const readings *tables) {
    fold_state state = {0, 0};
    work->skeleton_length = work->unit_count = 0;
    if (!room_to_fold(work, work->cp_count)) return 0;
    for (uint32_t cp = 0; cp < work->cp_count; cp++) {
        uint32_t single, count;
        const uint32_t *entries = entries_of(tables, FOLDED, work->cps[cp], &work->missing, &single, &count);
        if (LIKELY(count == 1)) {
            fold_one(work, &state, *entries, cp);
        } else {
            if (!room_to_fold(work, count + work->cp_count - cp)) return 0;
            for (uint32_t i = 0; i < count; i++) fold_one(work, &state, entries[i], cp);
        }
    }
    for (size_t i = 0; i < work->unit_count; i++) {
        unit *one = &work->units[i];
        one->hash = hash_bytes(work->skeleton + one->at, one->end - one->at);
    }
    return 1;
}

/* ---- The letters ---- */

static int collect_symbols(text *work, const readings *tables, int *signs) {
    work->symbol_count = 0;
    *signs = 0;
    if (!make_room((void **)&work->symbols, &work->symbol_room, work->cp_count, sizeof(symbol))) return 0;
    for (uint32_t cp = 0; cp < work->cp_count; cp++) {
        uint32_t single, count;
        const uint32_t *entries = entries_of(tables, LETTERS, work->cps[cp], &work->missing, &single, &count);
        if (UNLIKELY(count > 1) && !make_room((void **)&work->symbols, &work->symbol_room,
                                              work->symbol_count + count + work->cp_count - cp, sizeof(symbol)))
            return 0;
        for (uint32_t i = 0; i < count; i++) {
            uint8_t kind = (uint8_t)CLASS(entries[i]);
            if (kind > NOTHING) {
                work->symbols[work->symbol_count++] = (symbol){CODE(entries[i]), cp, cp + 1, kind};
                *signs |= kind == SIGN || kind == BANG;
            } else if (kind == MARK && work->symbol_count) {
                uint32_t base = work->symbols[work->symbol_count - 1].cp;
                for (size_t k = work->symbol_count; k && work->symbols[k - 1].cp == base; k--)
                    work->symbols[k - 1].cp_end = cp + 1;
            }
        }
    }
    return 1;
}

/* Signs are letters when they touch a letter, exclamation marks only between two. */
static void settle_signs(symbol *symbols, size_t count) {
    for (size_t i = 0; i < count;) {
        if (symbols[i].kind != SIGN && symbols[i].kind != BANG) {
            i++;
            continue;
        }
        size_t end = i;
        int bang = 0;
        while (end < count && (symbols[end].kind == SIGN || symbols[end].kind == BANG)) bang |= symbols[end++].kind == BANG;
        int before = i > 0 && symbols[i - 1].kind == LETTER, after = end < count && symbols[end].kind == LETTER;
        uint8_t kind = (bang ? before && after : before || after) ? SIGN : SEPARATOR;
        while (i < end) symbols[i++].kind = kind;
    }
}

static inline uint32_t alike(uint32_t letter) {
    return letter == 'l' || letter == '1' || letter == '|' || letter == '!' ? 'i' : letter;
}

/* Of the starts that share a place the last counts, of the ends the first. */
static inline void add_start(text *work, boundary start) {
    if (work->start_count && work->starts[work->start_count - 1].at == start.at) work->start_count--;
    work->starts[work->start_count++] = start;
}

static inline void add_end(text *work, boundary end) {
    if (work->end_count && work->ends[work->end_count - 1].at == end.at) return;
    work->ends[work->end_count++] = end;
}

typedef struct {
    uint32_t last, last_at, plain, signs, bare;
    uint32_t word_end;   /* symbol; 0 before the first word */
    uint32_t word_length; /* letters, repeated ones once */
} letters_state;

/* The gap between the word before and the one that starts here, which is `length` letters long. */
static void add_joint(text *work, const letters_state *state, uint32_t start, uint32_t length, uint32_t at) {
    int spaced = 0, signed_ = 0, alone = state->word_length == 1 && length == 1;
    for (uint32_t i = state->word_end; i < start; i++) {
        spaced |= work->symbols[i].letter == ' ';
        signed_ |= work->symbols[i].letter != ' ';
    }
    work->joints[work->joint_count++] =
        (joint){at, state->word_end, (uint8_t)(alone || !spaced), (uint8_t)(spaced && signed_ && !alone)};
}

static void take_word(text *work, letters_state *state, uint32_t start, uint32_t end) {
    uint32_t inner_start = start, inner_end = end, plain = state->plain, signs = state->signs;
    while (inner_start < end && work->symbols[inner_start].kind == SIGN) inner_start++;
    while (inner_end > start && work->symbols[inner_end - 1].kind == SIGN) inner_end--;
    uint32_t length = 1, before = (uint32_t)work->letters_length;
    for (uint32_t i = start + 1; i < end; i++) length += work->symbols[i].letter != work->symbols[i - 1].letter;
    if (state->word_end) add_joint(work, state, start, length, before);
    state->word_end = end;
    state->word_length = length;
    for (uint32_t i = start; i < end; i++) {
        const symbol *one = &work->symbols[i];
        if (one->letter != state->last) {
            state->last = one->letter;
            state->last_at = (uint32_t)work->letters_length;
            work->letters_length += encode(work->letters + work->letters_length, alike(one->letter));
        }
        if (i == start || i == inner_start)
            add_start(work, (boundary){state->last_at, i, plain, signs + (i - start), state->bare});
        if (one->kind == LETTER)
            state->plain++;
        else
            state->signs++;
        if (i + 1 == end && state->plain == plain) state->bare++;
        if (i + 1 == inner_end || i + 1 == end)
            add_end(work, (boundary){(uint32_t)work->letters_length, i + 1, state->plain, state->signs, state->bare});
    }
}

static inline int is_letter(const symbol *one) { return one->kind >= LETTER && one->kind <= SIGN; }

int text_letters(text *work, const readings *tables) {
    int signs;
    if (!collect_symbols(work, tables, &signs)) return 0;
    if (signs) settle_signs(work->symbols, work->symbol_count);
    size_t count = work->symbol_count;
    if (!make_room((void **)&work->letters, &work->letters_room, 4 * count + 8, 1) ||
        !make_room((void **)&work->starts, &work->start_room, 2 * count + 2, sizeof(boundary)) ||
        !make_room((void **)&work->joints, &work->joint_room, count + 1, sizeof(joint)) ||
        !make_room((void **)&work->ends, &work->end_room, 2 * count + 2, sizeof(boundary)))
        return 0;
    work->letters_length = work->start_count = work->end_count = work->joint_count = 0;
    letters_state state = {UINT32_MAX, 0, 0, 0, 0, 0, 0};
    for (uint32_t i = 0; i < count;) {
        if (!is_letter(&work->symbols[i])) {
            i++;
            continue;
        }
        uint32_t end = i;
        while (end < count && is_letter(&work->symbols[end])) end++;
        take_word(work, &state, i, end);
        i = end;
    }
    return 1;
}
