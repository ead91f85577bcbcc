/* Phrases looked for in a text. */
#include "phrase_index.h"

#define LOOKAHEAD 8 /* units */
#define LONG_TEXT 1024 /* units; what was fetched for a longer one may be gone by the time it is needed */
#define MOST_LEADS 4096 /* by letters; what a text has beyond is looked up at once */
#define NOT_SHORT 4 /* letters */

static int add_unit_hits(
    const phrases *index, const text *work, uint32_t post, uint64_t hash, const unit *first, const unit *last, hits *found) {
    for (uint32_t entry = table_first(&index->by_units, hash); entry; entry = table_next(&index->by_units, entry))
        if (arena_equals(&index->folded, entry - 1, work->skeleton + first->at, last->end - first->at) &&
            !hits_add(found, post, entry - 1, first->cp_start, last->cp_end))
            return 0;
    return 1;
}

static int find_from(const phrases *index, const text *work, uint32_t post, const unit *first, uint64_t pair, hits *found) {
    const unit *end = work->units + work->unit_count;
    uint64_t hash = pair;
    for (const unit *last = first + 1;;) {
        if (UNLIKELY(filter_may_hold(&index->units, hash)) &&
            !add_unit_hits(index, work, post, hash, first, last, found))
            return 0;
        if (++last >= end || (uint64_t)(last - first) >= index->numbers.most_units) return 1;
        hash = joined(hash, last);
        if (LIKELY(!filter_may_hold(&index->beginnings, hash))) return 1;
    }
}

static int is_break(const phrases *index, uint32_t entry, uint32_t at) {
    size_t length;
    const uint8_t *breaks = arena_string(&index->breaks, entry, &length);
    for (size_t place = 0; place + 4 <= length; place += 4) {
        uint32_t held;
        memcpy(&held, breaks + place, 4);
        if (held == at) return 1;
    }
    return 0;
}

/* Whether the words between two boundaries may be read as that phrase: `joins` in text.py. */
static int joins(
    const phrases *index, const text *work, uint32_t entry, const boundary *start, const boundary *end) {
    size_t low = 0, high = work->joint_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (work->joints[middle].index <= start->index)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < work->joint_count && work->joints[low].index < end->index; low++) {
        const joint *gap = &work->joints[low];
        if (!gap->free && (gap->never || !is_break(index, entry, gap->at - start->at))) return 0;
    }
    return 1;
}

/* Whether digits and signs may stand for letters here: `_is_written` in phrases.py. */
static int is_written(const phrases *index, uint32_t entry, const boundary *start, const boundary *end) {
    uint64_t signs = end->signs - start->signs, plain = end->plain - start->plain, own = index->signs[entry];
    int in_company = plain > 0 && end->bare - start->bare <= index->bare[entry];
    return signs <= own || in_company || (signs <= plain + own && index->letter_count[entry] >= NOT_SHORT);
}

static int add_letter_hits(const phrases *index, const text *work, uint32_t post, uint64_t hash, const boundary *start,
                           const boundary *end, hits *found) {
    if (end->index <= start->index) return 1; /* one letter, repeated as words of its own */
    for (uint32_t entry = table_first(&index->by_letters, hash); entry; entry = table_next(&index->by_letters, entry)) {
        if (!is_written(index, entry - 1, start, end)) continue;
        if (arena_equals(&index->letters, entry - 1, work->letters + start->at, end->at - start->at) &&
            joins(index, work, entry - 1, start, end) &&
            !hits_add(found, post, entry - 1, work->symbols[start->index].cp, work->symbols[end->index - 1].cp_end))
            return 0;
    }
    return 1;
}

/* ---- the steps of a look-up ---- */

void phrase_look_free(phrase_look *look) {
    free(look->pairs);
    free(look->heads);
    free(look->by_units);
    free(look->by_letters);
}

int phrases_aim(const phrases *index, const text *work, phrase_look *look) {
    size_t units = work->unit_count, starts = index->numbers.evasive_count ? work->start_count : 0;
    if (!make_room((void **)&look->pairs, &look->pair_room, units + 1, 8) ||
        !make_room((void **)&look->heads, &look->head_room, starts + 1, 8))
        return 0;
    for (size_t i = 0; i < units && index->numbers.single_count; i++) filter_prefetch(&index->singles, work->units[i].hash);
    for (size_t i = 0; i + 1 < units && index->numbers.most_units > 1; i++) {
        look->pairs[i] = joined(work->units[i].hash, &work->units[i + 1]);
        filter_prefetch(&index->beginnings, look->pairs[i]);
    }
    for (size_t i = 0; i < starts; i++) {
        size_t at = work->starts[i].at;
        look->heads[i] = work->letters_length - at >= HEAD ? hash_bytes(work->letters + at, HEAD) : 0;
        filter_prefetch(&index->heads, look->heads[i]);
    }
    return 1;
}

static int gather_by_units(const phrases *index, const text *work, phrase_look *look, uint32_t post, hits *found) {
    const unit *units = work->units;
    size_t count = work->unit_count, pairs = count && index->numbers.most_units > 1 ? count - 1 : 0;
    for (size_t i = 0; i < count && index->numbers.single_count; i++)
        if (UNLIKELY(filter_may_hold(&index->singles, units[i].hash)) &&
            !add_unit_hits(index, work, post, units[i].hash, &units[i], &units[i], found))
            return 0;
    if (!make_room((void **)&look->by_units, &look->unit_room, pairs + 1, sizeof(phrase_lead))) return 0;
    for (size_t i = 0; i < pairs; i++) {
        if (UNLIKELY(count > LONG_TEXT) && i + LOOKAHEAD < pairs)
            filter_prefetch(&index->beginnings, look->pairs[i + LOOKAHEAD]);
        if (LIKELY(!filter_may_hold(&index->beginnings, look->pairs[i]))) continue;
        look->by_units[look->unit_count++] = (phrase_lead){look->pairs[i], (uint32_t)i, 0};
        filter_prefetch(&index->units, look->pairs[i]);
        if (i + 2 >= count) continue;
        uint64_t three = joined(look->pairs[i], &units[i + 2]);
        filter_prefetch(&index->units, three);
        filter_prefetch(&index->beginnings, three);
    }
    return 1;
}

/* The ends are those after the start; their hashes grow from one another. */
static int gather_from_start(const phrases *index, const text *work, phrase_look *look, uint32_t post, uint32_t first,
                             uint32_t last, int long_enough, hits *found) {
    const boundary *start = &work->starts[first], *ends = work->ends;
    const uint8_t *letters = work->letters + start->at;
    size_t most = long_enough ? index->numbers.most_letters : HEAD - 1, done = 0;
    uint64_t blocks = HASH_SEED;
    for (; last < work->end_count && ends[last].at - start->at <= most; last++) {
        size_t length = ends[last].at - start->at;
        if (!(index->numbers.letter_counts >> (length < 63 ? length : 63) & 1)) continue;
        blocks = hash_blocks(blocks, letters, &done, length);
        uint64_t hash = hash_rest(blocks, letters, done, length);
        if (length < HEAD && LIKELY(!filter_may_hold(&index->shorts, hash))) continue;
        if (look->letter_count < MOST_LEADS) {
            look->by_letters[look->letter_count++] = (phrase_lead){hash, first, last};
            filter_prefetch(&index->wholes, hash);
        } else if (!add_letter_hits(index, work, post, hash, start, &ends[last], found)) {
            return 0;
        }
    }
    return 1;
}

static int gather_by_letters(const phrases *index, const text *work, phrase_look *look, uint32_t post, hits *found) {
    size_t count = work->start_count;
    uint32_t end = 0;
    if (!make_room((void **)&look->by_letters, &look->letter_room, MOST_LEADS, sizeof(phrase_lead))) return 0;
    for (uint32_t i = 0; i < count; i++) {
        if (UNLIKELY(count > LONG_TEXT) && i + LOOKAHEAD < count)
            filter_prefetch(&index->heads, look->heads[i + LOOKAHEAD]);
        while (end < work->end_count && work->ends[end].at <= work->starts[i].at) end++;
        int long_enough = look->heads[i] && filter_may_hold(&index->heads, look->heads[i]);
        if ((long_enough || index->numbers.short_count) &&
            !gather_from_start(index, work, look, post, i, end, long_enough, found))
            return 0;
    }
    return 1;
}

int phrases_gather(const phrases *index, const text *work, phrase_look *look, uint32_t post, hits *found) {
    look->unit_count = look->letter_count = 0;
    return gather_by_units(index, work, look, post, found) &&
           (!index->numbers.evasive_count || gather_by_letters(index, work, look, post, found));
}

int phrases_find(const phrases *index, const text *work, const phrase_look *look, uint32_t post, hits *found) {
    for (size_t i = 0; i < look->unit_count; i++) {
        const phrase_lead *lead = &look->by_units[i];
        if (!find_from(index, work, post, &work->units[lead->first], lead->hash, found)) return 0;
    }
    for (size_t i = 0; i < look->letter_count; i++) {
        const phrase_lead *lead = &look->by_letters[i];
        if (UNLIKELY(filter_may_hold(&index->wholes, lead->hash)) &&
            !add_letter_hits(index, work, post, lead->hash, &work->starts[lead->first], &work->ends[lead->last], found))
            return 0;
    }
    return 1;
}
