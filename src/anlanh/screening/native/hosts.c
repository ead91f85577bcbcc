#include "hosts.h"

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
static int holds_other_dot(const uint32_t *dots, size_t dot_count, const uint8_t *bytes, const uint8_t *end) {
    uint8_t highest = 0;
    for (const uint8_t *p = bytes; p < end; p++) highest = *p > highest ? *p : highest;
    if (highest < 0xe2) return 0; /* they all lie beyond U+2000 */
    for (const uint8_t *p = bytes; p + 2 < end; p++) {
        if (*p < 0xe2) continue;
        uint32_t cp = (uint32_t)(*p & 0x0f) << 12 | (uint32_t)(p[1] & 0x3f) << 6 | (p[2] & 0x3f);
        if (*p >= 0xf0 && p + 3 < end)
            cp = (uint32_t)(*p & 7) << 18 | (uint32_t)(p[1] & 0x3f) << 12 | (uint32_t)(p[2] & 0x3f) << 6 | (p[3] & 0x3f);
        for (size_t i = 0; i < dot_count; i++)
            if (dots[i] == cp) return 1;
    }
    return 0;
}

/* Reads the name's labels; 0 when punycode must be read. */
static int read_labels(host *one) {
    size_t whole = (size_t)(one->end - one->start);
    one->length = whole < 2 * LONGEST_NAME ? whole : 2 * LONGEST_NAME;
    for (size_t i = 0; i < one->length; i++) one->name[i] = lower(one->end[(ptrdiff_t)i - (ptrdiff_t)one->length]);
    memset(one->name + one->length, 0, PADDING);
    for (size_t i = 0; i + 4 <= one->length; i++)
        if (!memcmp(one->name + i, "xn--", 4)) return 0;
    one->labels = 0;
    for (size_t i = one->length; one->labels < MOST_LABELS; i--) {
        if (i == 0 || one->name[i - 1] == '.') one->starts[one->labels++] = i;
        if (i == 0) break;
    }
    return 1;
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

static int find_in_run(const uint8_t *run, const uint8_t *end, host_taker *take, void *self, int *deferred) {
    host one;
    while (run < end) {
        if (*run == '.') {
            run++;
            continue;
        }
        const uint8_t *stop = host_end(run, end);
        if (stop) {
            one.start = run;
            one.end = stop;
            if (!read_labels(&one)) {
                *deferred = 1;
                return 1;
            }
            if (!take(self, &one)) return 0;
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

int hosts_find(const uint32_t *dots, size_t dot_count, const uint8_t *bytes, size_t length, host_taker *take, void *self,
               int *deferred) {
    const uint8_t *end = bytes + length, *done = bytes, *dot = bytes;
    *deferred = holds_other_dot(dots, dot_count, bytes, end);
    while (!*deferred && dot < end && (dot = memchr(dot, '.', (size_t)(end - dot)))) {
        const uint8_t *run = dot, *stop = dot + 1;
        while (run > done && in_host(run[-1])) run--;
        while (stop < end && in_host(*stop)) stop++;
        if (!all_ascii(run, stop))
            *deferred = joins_labels(run, stop);
        else if (!find_in_run(run, stop, take, self, deferred))
            return 0;
        done = dot = stop;
    }
    return 1;
}
