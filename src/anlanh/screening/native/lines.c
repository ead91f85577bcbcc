#include "lines.h"
#include "json.h"

void lines_free(post_lines *lines) {
    free(lines->items);
    free(lines->held);
    free(lines->told);
}

/* ---- signals that rules ask for ---- */

/* A number of few digits, which has an exact value or one nearest to it; others are left to Python. */
static told number_between(const uint8_t *at, const uint8_t *end) {
    static const double powers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    int negative = *at == '-', digits = 0, after_point = -1;
    double whole = 0;
    for (at += negative; at < end; at++) {
        if (*at == '.') {
            after_point = 0;
            continue;
        }
        if (*at < '0' || *at > '9' || ++digits > 15) return (told){UNSURE, 0, 0, 0};
        whole = whole * 10 + (*at - '0');
        after_point += after_point >= 0;
    }
    if (after_point > 0) whole /= powers[after_point];
    return (told){PRESENT, 0, 0, negative ? -whole : whole};
}

/* The value of a signal; one of another kind counts as not told. Texts stay in what is held. */
static int take_told(reader *json, uint8_t kind, told *value, const uint8_t *held) {
    *value = (told){ABSENT, 0, 0, 0};
    if (json->at >= json->end) return 0;
    uint8_t first = *json->at;
    if (kind == OF_TEXT && first == '"') {
        uint32_t start = (uint32_t)(json->held - held);
        json->at++;
        if (!take_string(json)) return 0;
        *value = (told){PRESENT, start, (uint32_t)(json->held - held), 0};
        return 1;
    }
    if (kind == OF_TRUTH && (first == 't' || first == 'f')) {
        *value = (told){PRESENT, 0, 0, first == 't'};
    } else if (kind == OF_NUMBER && (first == '-' || (first >= '0' && first <= '9'))) {
        const uint8_t *start = json->at;
        if (!skip_number(json)) return 0;
        *value = number_between(start, json->at);
        return 1;
    }
    return skip_value(json, 2);
}

/* Whether anything asked for stands in this room; what was told of it before counts no more. */
static int is_room(const asks *asked, const uint8_t *name, const uint8_t *end, told *values) {
    int found = 0;
    for (size_t i = 0; asked && i < asked->signal_count; i++) {
        if (!asked->signals[i].room[0] || !is_name(name, end, asked->signals[i].room)) continue;
        values[i].state = ABSENT;
        found = 1;
    }
    return found;
}

static signed char signal_of(const asks *asked, const uint8_t *room, const uint8_t *room_end, const uint8_t *key,
                             const uint8_t *key_end) {
    for (size_t i = 0; asked && i < asked->signal_count; i++)
        if (asked->signals[i].kind <= OF_TRUTH && is_name(key, key_end, asked->signals[i].key) &&
            is_name(room, room_end, asked->signals[i].room))
            return (signed char)i;
    return -1;
}

/* An object with signals; its opening brace is next. */
static int take_room(reader *json, const asks *asked, const uint8_t *room, const uint8_t *room_end, told *values,
                     const uint8_t *held) {
    json->at++;
    skip_space(json);
    if (take_byte(json, '}')) return 1;
    for (;;) {
        const uint8_t *key = json->held;
        skip_space(json);
        if (!take_byte(json, '"') || !take_string(json)) return 0;
        signed char which = signal_of(asked, room, room_end, key, json->held);
        skip_space(json);
        if (!take_byte(json, ':')) return 0;
        skip_space(json);
        if (!(which < 0 ? skip_value(json, 2) : take_told(json, asked->signals[which].kind, &values[which], held))) return 0;
        skip_space(json);
        if (take_byte(json, '}')) return 1;
        if (!take_byte(json, ',')) return 0;
    }
}

int lines_may_be_true(const post_lines *lines, size_t number, const asks *asked) {
    const post_line *one = &lines->items[number];
    return asks_may_be_true(asked, lines->told + number * asked->signal_count, lines->held, lines->held + one->text,
                            one->text_end - one->text);
}

/* ---- posts ---- */

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
static int take_field(reader *json, const uint8_t *name, post_line *one, const uint8_t *held, const asks *asked, told *values) {
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
    if (is_room(asked, name, name_end, values) && json->at < json->end && *json->at == '{')
        return take_room(json, asked, name, name_end, values, held);
    signed char which = signal_of(asked, name, name, name, name_end);
    return which < 0 ? skip_value(json, 1) : take_told(json, asked->signals[which].kind, &values[which], held);
}

/* Returns 0 when Python must read the line. */
static int read_post(reader *json, post_line *one, const uint8_t *held, const asks *asked, told *values) {
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
        if (!take_field(json, name, one, held, asked, values)) return 0;
        skip_space(json);
        if (take_byte(json, '}')) break;
        if (!take_byte(json, ',')) return 0;
    }
    skip_space(json);
    return json->at == json->end && seen_id && seen_text;
}

int lines_read(post_lines *lines, const uint8_t *bytes, size_t length, size_t longest, int compare_images,
               const asks *asked) {
    const uint8_t *at = bytes, *end = bytes + length;
    /* Nothing that is decoded is longer than it was, and eight bytes may be copied where one counts. */
    if (length > LONGEST_LINES || !make_room((void **)&lines->held, &lines->held_room, length + 8, 1)) return 0;
    reader json = {at, end, lines->held};
    size_t signals = asked ? asked->signal_count : 0;
    lines->count = 0;
    while (at < end) {
        const uint8_t *stop = memchr(at, '\n', (size_t)(end - at));
        if (!stop) stop = end;
        if (!make_room((void **)&lines->items, &lines->capacity, lines->count + 1, sizeof(post_line))) return 0;
        if (!make_room((void **)&lines->told, &lines->told_room, (lines->count + 1) * signals + 1, sizeof(told))) return 0;
        told *values = lines->told + lines->count * signals;
        memset(values, 0, signals * sizeof(told));
        post_line *one = &lines->items[lines->count++];
        *one = (post_line){.start = (uint32_t)(at - bytes), .end = (uint32_t)(stop - bytes)};
        json.at = at;
        json.end = stop;
        one->open = !read_post(&json, one, lines->held, asked, values) || one->text_end - one->text > longest ||
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
