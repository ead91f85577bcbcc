/* Linear models over hashed features, asked whether they may flag a text: models/features.py and models/scoring.py in C. Scores are
   sums in another order than Python's, so what is near the threshold counts as "perhaps"; Python then scores it. */
#ifndef ANLANH_MODELS_H
#define ANLANH_MODELS_H

#include "text.h"

typedef struct {
    double slope, shift, least; /* the line, and from which value on it the label may be given */
} model_label;

typedef struct {
    uint32_t first, mark, both;
} composition;

typedef struct {
    unsigned bits;
    uint32_t crc[256];
    size_t label_count;
    model_label *labels;
    float *weights; /* of each feature those of all labels */
    composition *compositions; /* in order */
    size_t composition_count;
} model;

/* Room for one look; used again for the next. */
typedef struct {
    text *work;
    uint8_t *letters; /* folded words with spaces around them */
    size_t letters_room;
    uint32_t *features;
    size_t count, room;
    uint64_t *seen; /* a bit for each feature */
    unsigned seen_bits;
} model_look;

/* `weights`: of each label 1 << bits floats; `compositions`: what two code points are composed to, in their order. NULL when memory has run out or the numbers are none of a model. */
model *model_new(unsigned bits, size_t label_count, const model_label *labels, const float *weights,
                 const composition *compositions, size_t composition_count);
void model_free(model *held);
void model_look_free(model_look *look);
/* Sets `flags` when a label may be given. A page that is lacking is noted in `look->work->missing`. Returns 0 when memory has run
   out. */
int model_asked(const model *held, const readings *tables, model_look *look, const uint8_t *bytes, size_t length, int *flags);

#endif
