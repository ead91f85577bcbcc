/* Posts read from lines of JSON, and the verdict lines of those in which nothing was found: posts.py in C for what is common.
   A line that is unusual or in any way doubtful is left to Python, which reads it and knows what is wrong with it. */
#ifndef ANLANH_LINES_H
#define ANLANH_LINES_H

#include "asking.h"

#define LONGEST_LINES 0x7fff0000u /* bytes */

typedef struct {
    uint32_t start, end;            /* the line, without its line feed */
    uint32_t id, id_end, text, text_end; /* what these fields hold, in `held` */
    uint32_t images;                /* whether it names any */
    uint32_t open;                  /* whether Python must look at it */
    uint32_t flagged;               /* whether a model may flag it */
} post_line;

typedef struct {
    post_line *items;
    size_t count, capacity;
    uint8_t *held; /* UTF-8 */
    size_t held_length, held_room;
    told *told; /* of each line the values of the signals that are asked for */
    size_t told_room;
} post_lines;

void lines_free(post_lines *lines);
/* Reads every line of the bytes; returns 0 when memory has run out. Left open are texts of more than `longest` bytes, and
   posts with images if these are compared. `asked` says which signals are noted; it may be NULL. */
int lines_read(post_lines *lines, const uint8_t *bytes, size_t length, size_t longest, int compare_images, const asks *asked);
/* Whether a rule may be true of the post, though nothing was found in it. */
int lines_may_be_true(const post_lines *lines, size_t number, const asks *asked);

typedef struct {
    uint8_t *bytes;
    size_t length, room;
} written;

/* Appends the verdict of a post in which nothing was found. */
int lines_write_pass(written *out, const post_lines *lines, const post_line *one);

#endif
