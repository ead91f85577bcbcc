#include "asking.h"

#define EXACT 9007199254740992.0 /* up to here a double holds every whole number, as Python does */

void asks_free(asks *asked) {
    if (!asked) return;
    free(asked->names);
    free(asked->numbers);
    free(asked->texts);
    free(asked->text_offsets);
    free(asked->steps);
    free(asked);
}

/* ---- checking what is asked ---- */

static int read_names(asks *asked, size_t length) {
    const char *at = asked->names, *end = at + length;
    while (at < end) {
        if (asked->signal_count == MOST_SIGNALS) return 0;
        signal_name *one = &asked->signals[asked->signal_count++];
        one->kind = (uint8_t)*at++;
        one->room = at;
        const char *stop = memchr(at, 0, (size_t)(end - at));
        if (!stop || one->kind < OF_NUMBER || one->kind > OF_SHORT_LINKS) return 0;
        one->key = at = stop + 1;
        stop = memchr(at, 0, (size_t)(end - at));
        if (!stop) return 0;
        at = stop + 1;
    }
    return 1;
}

static int takes(uint32_t deed) { /* how many values a deed takes from the stack */
    if (deed >= DO_ADD && deed <= DO_OR) return 2;
    return deed == DO_NOT || deed == DO_IN || deed == DO_RULE;
}

/* Every step finds what it needs, and the stack is empty after each rule. */
static int well_formed(const asks *asked) {
    int deep = 0;
    for (size_t i = 0; i < asked->step_count; i++) {
        const step *one = &asked->steps[i];
        size_t most = one->deed == DO_NUMBER                               ? asked->number_count
                      : one->deed == DO_TEXT || one->deed == DO_TEXTS      ? asked->text_count
                      : one->deed == DO_SIGNAL || one->deed == DO_KNOWN    ? asked->signal_count
                                                                           : UINT32_MAX;
        if (one->deed >= DEEDS || one->what >= most || deep < takes(one->deed)) return 0;
        if (one->deed == DO_IN && (one->what > asked->step_count || i + one->what >= asked->step_count)) return 0;
        if (one->deed == DO_IN)
            for (size_t k = 1; k <= one->what; k++)
                if (asked->steps[i + k].deed != DO_TEXTS) return 0;
        deep -= takes(one->deed);
        deep += one->deed != DO_RULE && one->deed != DO_TEXTS;
        if (deep > MOST_DEEP || (one->deed == DO_RULE && deep)) return 0;
    }
    return deep == 0;
}

asks *asks_new(char *names, size_t names_length, double *numbers, size_t number_count, uint8_t *texts, int64_t *text_offsets,
               size_t text_count, step *steps, size_t step_count) {
    asks *asked = calloc(1, sizeof(asks));
    asks given = {.names = names, .numbers = numbers, .number_count = number_count, .texts = texts,
                  .text_offsets = text_offsets, .text_count = text_count, .steps = steps, .step_count = step_count};
    if (!asked) asked = malloc(sizeof(asks));
    if (!asked) {
        free(names), free(numbers), free(texts), free(text_offsets), free(steps);
        return NULL;
    }
    *asked = given;
    if (names && numbers && texts && text_offsets && steps && read_names(asked, names_length) && well_formed(asked)) return asked;
    asks_free(asked);
    return NULL;
}

/* ---- asking ---- */

typedef struct {
    uint8_t state;
    double number; /* or a truth, 0 or 1 */
    const uint8_t *text;
    size_t length;
} value;

static size_t code_points(const uint8_t *text, size_t length) {
    size_t count = 0;
    for (size_t i = 0; i < length; i++) count += (text[i] & 0xc0) != 0x80;
    return count;
}

static inline int is_letter(uint8_t byte, char letter) { return (byte | 0x20) == (uint8_t)letter; }

/* How often "http://" or "https://" stands in a text, in small or capital letters. */
static size_t links(const uint8_t *text, size_t length) {
    size_t count = 0;
    const uint8_t *at = text, *end = text + length;
    while (end - at >= 3 && (at = memchr(at, ':', (size_t)(end - at) - 2))) {
        const uint8_t *p = at;
        if (at[1] == '/' && at[2] == '/') {
            if (p > text && is_letter(p[-1], 's')) p--;
            count += p - text >= 4 && is_letter(p[-1], 'p') && is_letter(p[-2], 't') && is_letter(p[-3], 't') && is_letter(p[-4], 'h');
        }
        at++;
    }
    return count;
}

static inline int parts_words(uint8_t byte) { return byte == ' ' || byte == '.' || (byte >= '\t' && byte <= '\r'); }

/* Whether a host name may stand in a text: a dot between two labels, or one of the other code points that hold a dot (DOTS in
   domains.py). */
static int may_hold_host(const uint8_t *text, size_t length) {
    for (size_t i = 0; i < length; i++) {
        uint8_t byte = text[i];
        if (byte == '.') {
            if (i && i + 1 < length && !parts_words(text[i - 1]) && !parts_words(text[i + 1])) return 1;
        } else if (byte >= 0xe2 && i + 2 < length) {
            uint8_t second = text[i + 1], third = text[i + 2];
            if ((byte == 0xe2 && ((second == 0x80 && third == 0xa4) || second == 0x92)) ||
                (byte == 0xe3 && ((second == 0x80 && third == 0x82) || second == 0x8f)) ||
                (byte == 0xef && ((second == 0xb8 && third == 0x92) || (second == 0xb9 && third == 0x92) ||
                                  (second == 0xbc && third == 0x8e) || (second == 0xbd && third == 0xa1))) ||
                (byte == 0xf0 && second == 0x9f && third == 0x84))
                return 1;
        }
    }
    return 0;
}

static value signal_value(const asks *asked, uint32_t which, const told *values, const uint8_t *held, const uint8_t *text,
                          size_t length) {
    const signal_name *name = &asked->signals[which];
    if (name->kind == OF_LENGTH) return (value){PRESENT, (double)code_points(text, length), NULL, 0};
    if (name->kind == OF_LINKS) return (value){PRESENT, (double)links(text, length), NULL, 0};
    if (name->kind == OF_SHORT_LINKS) return (value){may_hold_host(text, length) ? UNSURE : PRESENT, 0, NULL, 0};
    const told *one = &values[which];
    if (name->kind != OF_TEXT) return (value){one->state, one->number, NULL, 0};
    return (value){one->state, 0, held + one->start, one->end - one->start};
}

static inline int is_true(const value *one) { return one->state == PRESENT && one->number != 0; }

static int same_text(const uint8_t *text, size_t length, const asks *asked, uint32_t which) {
    int64_t start = asked->text_offsets[which];
    return length == (size_t)(asked->text_offsets[which + 1] - start) && (!length || !memcmp(text, asked->texts + start, length));
}

static int compared(uint32_t deed, const value *a, const value *b) {
    if (a->state != PRESENT || b->state != PRESENT) return 0;
    if (a->text && b->text) {
        int same = a->length == b->length && (!a->length || !memcmp(a->text, b->text, a->length));
        return deed == DO_EQUAL ? same : !same;
    }
    switch (deed) {
    case DO_LESS: return a->number < b->number;
    case DO_AT_MOST: return a->number <= b->number;
    case DO_EQUAL: return a->number == b->number;
    case DO_OTHER: return a->number != b->number;
    case DO_AT_LEAST: return a->number >= b->number;
    default: return a->number > b->number;
    }
}

static value calculated(uint32_t deed, const value *a, const value *b) {
    if (a->state != PRESENT || b->state != PRESENT) return (value){ABSENT, 0, NULL, 0};
    double made = deed == DO_ADD ? a->number + b->number : deed == DO_SUBTRACT ? a->number - b->number : a->number * b->number;
    return (value){made >= -EXACT && made <= EXACT ? PRESENT : UNSURE, made, NULL, 0};
}

int asks_may_be_true(const asks *asked, const told *values, const uint8_t *held, const uint8_t *text, size_t length) {
    value stack[MOST_DEEP + 1];
    value *top = stack; /* one past the last */
    for (size_t i = 0; i < asked->step_count; i++) {
        const step *one = &asked->steps[i];
        value made = {PRESENT, 0, NULL, 0};
        int found = 0;
        top -= takes(one->deed);
        switch (one->deed) {
        case DO_NUMBER:
            made.number = asked->numbers[one->what];
            break;
        case DO_TEXT:
            made.text = asked->texts + asked->text_offsets[one->what];
            made.length = (size_t)(asked->text_offsets[one->what + 1] - asked->text_offsets[one->what]);
            break;
        case DO_TRUTH:
            made.number = one->what != 0;
            break;
        case DO_SIGNAL:
            made = signal_value(asked, one->what, values, held, text, length);
            break;
        case DO_KNOWN:
            made.number = values[one->what].state != ABSENT;
            break;
        case DO_ADD:
        case DO_SUBTRACT:
        case DO_MULTIPLY:
            made = calculated(one->deed, top, top + 1);
            break;
        case DO_AND:
            made.number = is_true(top) && is_true(top + 1);
            break;
        case DO_OR:
            made.number = is_true(top) || is_true(top + 1);
            break;
        case DO_NOT:
            made.number = !is_true(top);
            break;
        case DO_IN:
            for (uint32_t k = 1; k <= one->what && top->state == PRESENT; k++)
                found |= same_text(top->text, top->length, asked, asked->steps[i + k].what);
            made.number = found;
            break;
        case DO_TEXTS:
            continue;
        case DO_RULE:
            if (is_true(top)) return 1;
            continue;
        default:
            made.number = compared(one->deed, top, top + 1);
        }
        if (made.state == UNSURE) return 1;
        *top++ = made;
    }
    return 0;
}
