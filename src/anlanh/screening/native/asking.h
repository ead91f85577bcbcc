/* Rules that can be true of a post in which nothing was found, asked without Python. Where only Python can tell, the answer is
   that one may be true; Python then asks again. The programs come from native/asks.py. */
#ifndef ANLANH_ASKING_H
#define ANLANH_ASKING_H

#include "common.h"

#define MOST_SIGNALS 32
#define MOST_DEEP 256 /* values on the stack */

enum { OF_NUMBER = 1, OF_TEXT, OF_TRUTH, OF_LENGTH, OF_LINKS, OF_SHORT_LINKS }; /* what a signal gives; the last three come from the text */
enum { ABSENT, PRESENT, UNSURE };                                 /* unsure: a number that only Python reads exactly */

/* A signal's value in one post. A truth is the number 0 or 1; a text lies in what the lines hold. */
typedef struct {
    uint8_t state;
    uint32_t start, end;
    double number;
} told;

typedef struct {
    uint8_t kind;
    const char *room, *key; /* "" for a signal without a room */
} signal_name;

enum {
    DO_NUMBER, DO_TEXT, DO_TRUTH, DO_SIGNAL, DO_KNOWN,           /* push constant, text, truth, signal, whether a signal is told */
    DO_ADD, DO_SUBTRACT, DO_MULTIPLY,
    DO_LESS, DO_AT_MOST, DO_EQUAL, DO_OTHER, DO_AT_LEAST, DO_MORE,
    DO_AND, DO_OR, DO_NOT,
    DO_IN,                                                       /* whether the text is one of those up to the next DO_TEXTS */
    DO_TEXTS,
    DO_RULE,                                                     /* the end of a rule */
    DEEDS
};

typedef struct {
    uint32_t deed, what;
} step;

typedef struct {
    signal_name signals[MOST_SIGNALS];
    size_t signal_count;
    char *names;
    double *numbers;
    size_t number_count;
    uint8_t *texts;
    int64_t *text_offsets;
    size_t text_count;
    step *steps;
    size_t step_count;
} asks;

void asks_free(asks *asked);
/* Takes the arrays over, and frees them also when they are not well formed: then NULL. `names`: for each signal its kind as one
   byte, its room and its key, each ended by a zero byte. */
asks *asks_new(char *names, size_t names_length, double *numbers, size_t number_count, uint8_t *texts, int64_t *text_offsets,
               size_t text_count, step *steps, size_t step_count);
/* Whether a rule may be true of a post; `values` are those of its signals, `held` is where texts lie. */
int asks_may_be_true(const asks *asked, const told *values, const uint8_t *held, const uint8_t *text, size_t length);

#endif
