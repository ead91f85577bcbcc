/* Host names in plain ASCII that stand in a text: domains.py in C. Other names are left to Python. */
#ifndef ANLANH_HOSTS_H
#define ANLANH_HOSTS_H

#include "common.h"

#define MOST_LABELS 10 /* of a name that is looked up; what stands further left can only be a subdomain */
#define LONGEST_NAME 253

/* One name: where it stands, its end in lower case (padded), and where its labels start in that, from the right. */
typedef struct {
    const uint8_t *start, *end;
    uint8_t name[2 * LONGEST_NAME + PADDING];
    size_t length, starts[MOST_LABELS], labels;
} host;

/* Takes a name; returns 0 when memory has run out. */
typedef int host_taker(void *self, const host *one);

/* Every name of two labels or more, in order. `dots` are the code points beside "." that may separate labels, ascending. Sets
   `deferred` when only Python can tell which names stand there; some may have been taken by then. Returns 0 when memory has run
   out. */
int hosts_find(const uint32_t *dots, size_t dot_count, const uint8_t *bytes, size_t length, host_taker *take, void *self,
               int *deferred);

#endif
