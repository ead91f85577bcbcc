/* Values of JSON read one after another, strictly: what is not well formed, or not common, is not read. */
#ifndef ANLANH_JSON_H
#define ANLANH_JSON_H

#include "common.h"

#define DEEPEST 32 /* arrays and objects within one another */
#define LONGEST_NUMBER 300

typedef struct {
    const uint8_t *at, *end;
    uint8_t *held; /* where the next string goes; there is room for all */
} reader;

/* ---- strings ---- */

/* How many bytes stand before the first one whose highest bit is set; where bytes are ordered otherwise, too few. */
static inline size_t bytes_before(uint64_t marked) {
#if defined(__GNUC__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return (size_t)__builtin_ctzll(marked) / 8;
#else
    (void)marked;
    return 0;
#endif
}

/* Plain bytes of a string that stand at `at`, eight at a time. A borrow may mark bytes after the first that is meant, never
   before it. */
static inline void copy_plain(reader *json) {
    const uint64_t ones = 0x0101010101010101ull, highs = 0x8080808080808080ull;
    while (json->end - json->at >= 8) {
        uint64_t eight = load8(json->at), quote = eight ^ ones * '"', escape = eight ^ ones * '\\';
        uint64_t found = ((eight - ones * 0x20) | (quote - ones) | (escape - ones) | eight) & highs;
        memcpy(json->held, &eight, 8);
        size_t plain = found ? bytes_before(found) : 8;
        json->at += plain;
        json->held += plain;
        if (found) return;
    }
}

static inline int continues(uint8_t byte) { return (byte & 0xc0) == 0x80; }

/* The length of the well-formed sequence of UTF-8 that starts here and is not ASCII; 0 when there is none. */
static inline size_t wide_length(const uint8_t *p, const uint8_t *end) {
    ptrdiff_t left = end - p;
    if (p[0] >= 0xc2 && p[0] < 0xe0) return left >= 2 && continues(p[1]) ? 2 : 0;
    if (p[0] >= 0xe0 && p[0] < 0xf0) {
        if (left < 3 || !continues(p[1]) || !continues(p[2])) return 0;
        return (p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] >= 0xa0) ? 0 : 3;
    }
    if (p[0] >= 0xf0 && p[0] < 0xf5) {
        if (left < 4 || !continues(p[1]) || !continues(p[2]) || !continues(p[3])) return 0;
        return (p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] >= 0x90) ? 0 : 4;
    }
    return 0;
}

static inline int hex_digit(uint8_t byte) {
    if (byte >= '0' && byte <= '9') return byte - '0';
    byte |= 0x20;
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/* Four hexadecimal digits, or -1. */
static inline int32_t hex_four(const uint8_t *p, const uint8_t *end) {
    if (end - p < 4) return -1;
    int a = hex_digit(p[0]), b = hex_digit(p[1]), c = hex_digit(p[2]), d = hex_digit(p[3]);
    return (a | b | c | d) < 0 ? -1 : a << 12 | b << 8 | c << 4 | d;
}

static inline uint8_t *put_code_point(uint8_t *out, uint32_t cp) {
    if (cp < 0x80) {
        *out++ = (uint8_t)cp;
    } else if (cp < 0x800) {
        *out++ = (uint8_t)(0xc0 | cp >> 6);
        *out++ = (uint8_t)(0x80 | (cp & 0x3f));
    } else if (cp < 0x10000) {
        *out++ = (uint8_t)(0xe0 | cp >> 12);
        *out++ = (uint8_t)(0x80 | (cp >> 6 & 0x3f));
        *out++ = (uint8_t)(0x80 | (cp & 0x3f));
    } else {
        *out++ = (uint8_t)(0xf0 | cp >> 18);
        *out++ = (uint8_t)(0x80 | (cp >> 12 & 0x3f));
        *out++ = (uint8_t)(0x80 | (cp >> 6 & 0x3f));
        *out++ = (uint8_t)(0x80 | (cp & 0x3f));
    }
    return out;
}

/* After "\\u"; two halves of a pair are joined, a half by itself is left to Python. */
static inline int take_code_unit(reader *json) {
    int32_t unit = hex_four(json->at, json->end);
    if (unit < 0) return 0;
    json->at += 4;
    uint32_t cp = (uint32_t)unit;
    if (UNLIKELY(cp >= 0xd800 && cp < 0xe000)) {
        int32_t low = json->end - json->at >= 6 && json->at[0] == '\\' && json->at[1] == 'u' ? hex_four(json->at + 2, json->end) : -1;
        if (cp >= 0xdc00 || low < 0xdc00 || low >= 0xe000) return 0;
        cp = 0x10000 + ((cp - 0xd800) << 10 | (uint32_t)(low - 0xdc00));
        json->at += 6;
    }
    json->held = put_code_point(json->held, cp);
    return 1;
}

static inline int take_escape(reader *json) {
    static const char escapes[] = "\"\"\\\\//b\bf\fn\nr\rt\t";
    if (json->at >= json->end) return 0;
    uint8_t byte = *json->at++;
    if (LIKELY(byte == 'u')) return take_code_unit(json);
    for (size_t i = 0; i + 1 < sizeof escapes; i += 2)
        if ((uint8_t)escapes[i] == byte) {
            *json->held++ = (uint8_t)escapes[i + 1];
            return 1;
        }
    return 0;
}

/* The string that starts after its quotation mark; it is appended to what is held. */
static inline int take_string(reader *json) {
    for (;;) {
        copy_plain(json);
        if (json->at >= json->end) return 0;
        uint8_t byte = *json->at;
        if (byte == '"') {
            json->at++;
            return 1;
        }
        if (byte == '\\') {
            json->at++;
            if (!take_escape(json)) return 0;
        } else if (byte >= 0x80) {
            do {
                size_t length = wide_length(json->at, json->end);
                if (!length) return 0;
                for (size_t i = 0; i < length; i++) *json->held++ = *json->at++;
            } while (json->at < json->end && *json->at >= 0x80);
        } else if (byte < 0x20) {
            return 0;
        } else {
            *json->held++ = *json->at++;
        }
    }
}

/* ---- other values ---- */

static inline void skip_space(reader *json) {
    while (json->at < json->end && (*json->at == ' ' || *json->at == '\t' || *json->at == '\n' || *json->at == '\r'))
        json->at++;
}

static inline int take_byte(reader *json, uint8_t byte) {
    if (json->at >= json->end || *json->at != byte) return 0;
    json->at++;
    return 1;
}

static inline int take_digits(reader *json) {
    const uint8_t *start = json->at;
    while (json->at < json->end && *json->at >= '0' && *json->at <= '9') json->at++;
    return json->at > start;
}

static inline int skip_number(reader *json) {
    const uint8_t *start = json->at;
    take_byte(json, '-');
    if (!take_byte(json, '0') && !take_digits(json)) return 0;
    if (take_byte(json, '.') && !take_digits(json)) return 0;
    if (take_byte(json, 'e') || take_byte(json, 'E')) {
        if (!take_byte(json, '+')) take_byte(json, '-');
        if (!take_digits(json)) return 0;
    }
    return json->at - start <= LONGEST_NUMBER; /* Python does not read every longer one */
}

static inline int skip_word(reader *json, const char *word) {
    size_t length = strlen(word);
    if ((size_t)(json->end - json->at) < length || memcmp(json->at, word, length)) return 0;
    json->at += length;
    return 1;
}

static inline int skip_value(reader *json, int depth);

static inline int skip_members(reader *json, uint8_t closing, int depth) {
    json->at++;
    skip_space(json);
    if (take_byte(json, closing)) return 1;
    if (depth >= DEEPEST) return 0;
    for (;;) {
        skip_space(json);
        if (closing == '}') {
            uint8_t *held = json->held;
            if (!take_byte(json, '"') || !take_string(json)) return 0;
            json->held = held;
            skip_space(json);
            if (!take_byte(json, ':')) return 0;
            skip_space(json);
        }
        if (!skip_value(json, depth + 1)) return 0;
        skip_space(json);
        if (take_byte(json, closing)) return 1;
        if (!take_byte(json, ',')) return 0;
    }
}

static inline int skip_value(reader *json, int depth) {
    uint8_t *held = json->held;
    int good;
    if (json->at >= json->end) return 0;
    switch (*json->at) {
    case '"':
        json->at++;
        good = take_string(json);
        break;
    case '{':
        good = skip_members(json, '}', depth);
        break;
    case '[':
        good = skip_members(json, ']', depth);
        break;
    case 't':
        return skip_word(json, "true");
    case 'f':
        return skip_word(json, "false");
    case 'n':
        return skip_word(json, "null");
    default:
        return skip_number(json);
    }
    json->held = held;
    return good;
}

static inline int is_name(const uint8_t *start, const uint8_t *end, const char *name) {
    size_t length = strlen(name);
    return (size_t)(end - start) == length && !memcmp(start, name, length);
}

#endif
