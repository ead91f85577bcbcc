/* The two readings of a text: text.py in C. What a code point stands for comes from code_points.py, page by page. */
#ifndef ANLANH_TEXT_H
#define ANLANH_TEXT_H

#include "common.h"
#include <stdatomic.h>

#define PAGES 0x1100 /* of 256 code points each */
#define LONGEST_POST 0x7fff0000u

enum { DROPPED, WORD, SPACE, OTHER, EXTENDING };                     /* classes of folded code points */
enum { MARK, NOTHING, LETTER, DIGIT, SIGN, BANG, SEPARATOR };        /* classes of evaders' letters */
enum { FOLDED, LETTERS, WRITTEN, PLAIN, READINGS }; /* the last two are what models see */

/* An entry is a code point and its class (bits 21-23), or, with the highest bit, a place in the pool, where a count
   stands before that many entries. */
typedef struct {
    uint32_t entries[256];
    uint32_t pool_size;
    uint32_t pool[];
} page;

#define IS_SEQUENCE 0x80000000u
#define CODE(entry) ((entry) & 0x1fffffu)
#define CLASS(entry) (((entry) >> 21) & 7u)

typedef struct {
    _Atomic(page *) pages[READINGS][PAGES];
} readings;

/* Which pages a scan lacked; a text that lacked one is read again once it is there. */
typedef struct {
    uint8_t pages[READINGS][PAGES];
    int any;
} missing_pages;

typedef struct {
    uint32_t at, end;             /* bytes of the skeleton */
    uint32_t cp_start, cp_end;    /* code points of the original */
    uint32_t spaced;              /* whether a space stands before */
    uint64_t hash;
} unit;

typedef struct {
    uint32_t letter, cp, cp_end;
    uint8_t kind;
} symbol;

typedef struct {
    uint32_t at;                  /* byte of the letters */
    uint32_t index;               /* symbol; for an end, the one after */
    uint32_t plain, signs, bare;
} boundary;

typedef struct {
    uint32_t at, index;           /* where the word before ends: byte of the letters, symbol */
    uint8_t free, never;          /* as for Joint in text.py */
} joint;

/* One text under work; the room is used again for the next. */
typedef struct {
    uint32_t *cps;
    size_t cp_count, cp_room;
    uint8_t *skeleton;
    size_t skeleton_length, skeleton_room;
    unit *units;
    size_t unit_count, unit_room;
    symbol *symbols;
    size_t symbol_count, symbol_room;
    uint8_t *letters;
    size_t letters_length, letters_room;
    boundary *starts, *ends;
    size_t start_count, start_room, end_count, end_room;
    joint *joints;
    size_t joint_count, joint_room;
    missing_pages missing;
} text;

readings *readings_new(void);
void readings_free(readings *tables);
/* Takes the page over. Returns 0 when it is not well formed or the place is taken. */
int readings_put(readings *tables, unsigned reading, unsigned number, page *filled);

text *text_new(void);
void text_free(text *work);
/* Each returns 0 when memory has run out. `text_decode` takes any bytes: what is not UTF-8 reads as U+FFFD. */
int text_decode(text *work, const uint8_t *bytes, size_t length);
int text_fold(text *work, const readings *tables);
int text_letters(text *work, const readings *tables);

#endif
