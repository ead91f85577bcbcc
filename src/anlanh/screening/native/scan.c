#include "scan.h"

/* Indexes of millions of entries lie in main memory, which answers some hundred times more slowly than the processor asks.
   So a look-up is cut into steps, each of which asks for the memory that the next one needs, and between two steps of one
   text other texts get theirs. */

void scan_free(scan *state) {
    for (int i = 0; i < UNDER_WAY; i++) {
        text_free(state->passages[i].work);
        for (int layer = 0; layer < LAYERS; layer++) phrase_look_free(&state->passages[i].phrases[layer]);
        free(state->passages[i].scratch.slots);
    }
    free(state->phrase_hits.items);
    free(state->domain_hits.items);
    free(state->deferred.items);
    free(state->copy_hits.items);
}

static int has_phrases(const scan *state) { return state->phrases[0] || state->phrases[1]; }

static int has_copies(const scan *state) { return state->copies[0] || state->copies[1]; }

static int has_evasive(const scan *state) {
    return (state->phrases[0] && phrases_evasive(state->phrases[0])) ||
           (state->phrases[1] && phrases_evasive(state->phrases[1]));
}

static int find_domains(scan *state, const uint8_t *bytes, size_t length, uint32_t post) {
    int deferred = 0, first = state->domains[0] == NULL;
    return domains_find(state->domains[first], first ? NULL : state->domains[1], bytes, length, post, &state->domain_hits,
                        &deferred) &&
           (!deferred || hits_add(&state->deferred, post, 0, 0, 0));
}

/* Entries of the second layer are counted after those of the first. */
static void count_on(const scan *state, int layer, hits *found, size_t before) {
    if (layer && state->phrases[0])
        for (size_t i = before; i < found->count; i++)
            found->items[i].entry += (uint32_t)phrases_count(state->phrases[0]);
}

/* ---- the steps ---- */

static int first_step(scan *state, passage *one, const uint8_t *bytes, size_t length, uint32_t post) {
    if (!one->work && !(one->work = text_new())) return 0;
    text *work = one->work;
    if (!text_decode(work, bytes, length)) return 0;
    if (has_phrases(state) && !text_fold(work, state->tables)) return 0;
    if ((has_copies(state) || has_evasive(state)) && !text_letters(work, state->tables)) return 0;
    if (UNLIKELY(work->missing.any)) return 1;
    one->post = post;
    one->busy = 1;
    for (int layer = 0; layer < LAYERS; layer++) {
        if (state->copies[layer]) copies_aim(state->copies[layer], work, &one->copies[layer]);
        if (state->phrases[layer] && !phrases_aim(state->phrases[layer], work, &one->phrases[layer])) return 0;
    }
    return 1;
}

static int second_step(scan *state, passage *one) {
    for (int layer = 0; layer < LAYERS; layer++) {
        size_t before = state->phrase_hits.count;
        if (state->copies[layer]) copies_gather(state->copies[layer], &one->copies[layer]);
        if (state->phrases[layer] &&
            !phrases_gather(state->phrases[layer], one->work, &one->phrases[layer], one->post, &state->phrase_hits))
            return 0;
        count_on(state, layer, &state->phrase_hits, before);
    }
    return 1;
}

static int third_step(scan *state, passage *one) {
    for (int layer = 0; layer < LAYERS; layer++) {
        size_t before = state->phrase_hits.count;
        if (state->copies[layer]) copies_approach(state->copies[layer], &one->copies[layer]);
        if (state->phrases[layer] &&
            !phrases_find(state->phrases[layer], one->work, &one->phrases[layer], one->post, &state->phrase_hits))
            return 0;
        count_on(state, layer, &state->phrase_hits, before);
    }
    return 1;
}

static int last_step(scan *state, passage *one) {
    copy_hit best = {one->post, 0, 0, 0.0};
    one->busy = 0;
    for (int layer = 0; layer < LAYERS; layer++) {
        uint32_t before = layer && state->copies[0] ? (uint32_t)copies_count(state->copies[0]) : 0;
        if (state->copies[layer] &&
            !copies_compare(state->copies[layer], one->work, &one->copies[layer], before, &one->scratch, &best))
            return 0;
    }
    return (!best.entry && !best.same_letters) || copy_hits_add(&state->copy_hits, &best);
}

/* One step for each text that is under way; the oldest leaves. */
static int move_on(scan *state) {
    passage *second = &state->passages[(state->next + 3) % UNDER_WAY];
    passage *third = &state->passages[(state->next + 2) % UNDER_WAY];
    passage *fourth = &state->passages[(state->next + 1) % UNDER_WAY];
    state->next = (state->next + 1) % UNDER_WAY;
    return (!fourth->busy || last_step(state, fourth)) && (!third->busy || third_step(state, third)) &&
           (!second->busy || second_step(state, second));
}

int scan_take(scan *state, const uint8_t *bytes, size_t length, uint32_t post) {
    if ((state->domains[0] || state->domains[1]) && !find_domains(state, bytes, length, post)) return 0;
    if (!has_phrases(state) && !has_copies(state)) return 1;
    return first_step(state, &state->passages[state->next], bytes, length, post) && move_on(state);
}

static void gather_missing(missing_pages *all, const missing_pages *some) {
    all->any = 1;
    for (int reading = 0; reading < READINGS; reading++)
        for (int number = 0; number < PAGES; number++) all->pages[reading][number] |= some->pages[reading][number];
}

int scan_finish(scan *state) {
    for (int step = 1; step < UNDER_WAY; step++)
        if (!move_on(state)) return 0;
    for (int i = 0; i < UNDER_WAY; i++) {
        const text *work = state->passages[i].work;
        if (work && work->missing.any) gather_missing(&state->missing, &work->missing);
    }
    return 1;
}
