#include "lines.h"

#define DEEPEST 32 /* arrays and objects within one another */
#define LONGEST_NUMBER 300

typedef struct {
    const uint8_t *at, *end;
    uint8_t *held; /* where the next string goes; there is room for all */
} reader;

void lines_free(post_lines *lines) {
    free(lines->items);
    free(lines->held);
}

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
static int take_code_unit(reader *json) {
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

static int take_escape(reader *json) {
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
static int take_string(reader *json) {
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

static int take_digits(reader *json) {
    const uint8_t *start = json->at;
    while (json->at < json->end && *json->at >= '0' && *json->at <= '9') json->at++;
    return json->at > start;
}

static int skip_number(reader *json) {
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

static int skip_word(reader *json, const char *word) {
    size_t length = strlen(word);
    if ((size_t)(json->end - json->at) < length || memcmp(json->at, word, length)) return 0;
    json->at += length;
    return 1;
}

static int skip_value(reader *json, int depth);

static int skip_members(reader *json, uint8_t closing, int depth) {
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

static int skip_value(reader *json, int depth) {
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

/* ---- posts ---- */

static inline int is_name(const uint8_t *start, const uint8_t *end, const char *name) {
    size_t length = strlen(name);
    return (size_t)(end - start) == length && !memcmp(start, name, length);
}

/* A list of paths; a post with images is left to Python if images are compared. */
static int skip_paths(reader *json, post_line *one) {
    if (!take_byte(json, '[')) return 0;
    skip_space(json);
    if (take_byte(json, ']')) return 1;
    for (one->images = 1;;) {
        skip_space(json);
        if (!take_byte(json, '"') || !take_string(json)) return 0;
        skip_space(json);
        if (take_byte(json, ']')) return 1;
        if (!take_byte(json, ',')) return 0;
    }
}

/* One field of the post, of which the name has been read; what stands last counts, as in Python. */
static int take_field(reader *json, const uint8_t *name, post_line *one, const uint8_t *held) {
    const uint8_t *name_end = json->held;
    int is_id = is_name(name, name_end, "id"), is_text = is_name(name, name_end, "text");
    if (is_id || is_text) {
        uint32_t start = (uint32_t)(json->held - held);
        if (!take_byte(json, '"') || !take_string(json)) return 0;
        *(is_id ? &one->id : &one->text) = start;
        *(is_id ? &one->id_end : &one->text_end) = (uint32_t)(json->held - held);
        return 1;
    }
    if (is_name(name, name_end, "images")) {
        one->images = 0;
        return skip_word(json, "null") || skip_paths(json, one);
    }
    if (is_name(name, name_end, "audience") && take_byte(json, '"')) {
        const uint8_t *audience = json->held;
        return take_string(json) && !is_name(audience, json->held, "private");
    }
    return skip_value(json, 1);
}

/* Returns 0 when Python must read the line. */
static int read_post(reader *json, post_line *one, const uint8_t *held) {
    int seen_id = 0, seen_text = 0;
    skip_space(json);
    if (!take_byte(json, '{')) return 0;
    for (;;) {
        const uint8_t *name = json->held;
        skip_space(json);
        if (!take_byte(json, '"') || !take_string(json)) return 0;
        seen_id |= is_name(name, json->held, "id");
        seen_text |= is_name(name, json->held, "text");
        skip_space(json);
        if (!take_byte(json, ':')) return 0;
        skip_space(json);
        if (!take_field(json, name, one, held)) return 0;
        skip_space(json);
        if (take_byte(json, '}')) break;
        if (!take_byte(json, ',')) return 0;
    }
    skip_space(json);
    return json->at == json->end && seen_id && seen_text;
}

int lines_read(post_lines *lines, const uint8_t *bytes, size_t length, size_t longest, int compare_images) {
    const uint8_t *at = bytes, *end = bytes + length;
    /* Nothing that is decoded is longer than it was, and eight bytes may be copied where one counts. */
    if (length > LONGEST_LINES || !make_room((void **)&lines->held, &lines->held_room, length + 8, 1)) return 0;
    reader json = {at, end, lines->held};
    lines->count = 0;
    while (at < end) {
        const uint8_t *stop = memchr(at, '\n', (size_t)(end - at));
        if (!stop) stop = end;
        if (!make_room((void **)&lines->items, &lines->capacity, lines->count + 1, sizeof(post_line))) return 0;
        post_line *one = &lines->items[lines->count++];
        *one = (post_line){.start = (uint32_t)(at - bytes), .end = (uint32_t)(stop - bytes)};
        json.at = at;
        json.end = stop;
        one->open = !read_post(&json, one, lines->held) || one->text_end - one->text > longest ||
                    (one->images && compare_images);
        at = stop + 1;
    }
    lines->held_length = (size_t)(json.held - lines->held);
    return 1;
}

/* ---- verdicts ---- */

static const char HEAD[] = "{\"id\": \"", TAIL[] = "\", \"hits\": [], \"rules\": [], \"verdict\": \"pass\"}\n";

static uint8_t *put_escaped(uint8_t *out, uint8_t byte) {
    static const char digits[] = "0123456789abcdef", short_form[] = "\"\"\\\\\nn\rr\tt\ff\bb";
    *out++ = '\\';
    for (size_t i = 0; i + 1 < sizeof short_form; i += 2)
        if ((uint8_t)short_form[i] == byte) {
            *out++ = (uint8_t)short_form[i + 1];
            return out;
        }
    *out++ = 'u';
    *out++ = '0';
    *out++ = '0';
    *out++ = (uint8_t)digits[byte >> 4];
    *out++ = (uint8_t)digits[byte & 15];
    return out;
}

int lines_write_pass(written *out, const post_lines *lines, const post_line *one) {
    size_t most = 6 * (size_t)(one->id_end - one->id) + sizeof HEAD + sizeof TAIL;
    if (!make_room((void **)&out->bytes, &out->room, out->length + most, 1)) return 0;
    uint8_t *at = out->bytes + out->length;
    memcpy(at, HEAD, sizeof HEAD - 1);
    at += sizeof HEAD - 1;
    for (uint32_t i = one->id; i < one->id_end; i++) {
        uint8_t byte = lines->held[i];
        if (LIKELY(byte >= 0x20 && byte != '"' && byte != '\\'))
            *at++ = byte;
        else
            at = put_escaped(at, byte);
    }
    memcpy(at, TAIL, sizeof TAIL - 1);
    out->length = (size_t)(at + sizeof TAIL - 1 - out->bytes);
    return 1;
}
