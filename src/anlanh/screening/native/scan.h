/* Texts looked up in every index, each folded once. */
#ifndef ANLANH_SCAN_H
#define ANLANH_SCAN_H

#include "copies.h"
#include "domains.h"
#include "phrases.h"

#define UNDER_WAY 4 /* texts; one for each step */

#define LAYERS 2 /* an index, and another of what was added since; entries of the second are counted after those of the first */

/* A text on its way through the steps. */
typedef struct {
    text *work;
    phrase_look phrases[LAYERS];
    copy_look copies[LAYERS];
    windows scratch;
    uint32_t post;
    int busy;
} passage;

/* What is looked up where, set by the caller (an index may be NULL), and what was found. */
typedef struct {
    const readings *tables;
    const phrases *phrases[LAYERS];
    const domains *domains[LAYERS];
    const copies *copies[LAYERS];
    passage passages[UNDER_WAY];
    size_t next;
    hits phrase_hits, domain_hits, deferred;
    copy_hits copy_hits;
    missing_pages missing; /* when there are any, nothing that was found counts */
} scan;

void scan_free(scan *state);
/* Takes the next text in, and moves those before it on by a step. The bytes are not needed afterwards. */
int scan_take(scan *state, const uint8_t *bytes, size_t length, uint32_t post);
/* After the last text. */
int scan_finish(scan *state);

#endif
