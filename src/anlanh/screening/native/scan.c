#include "scan.h"

/* Indexes of millions of entries lie in main memory, which answers some hundred times more slowly than the processor asks.
   So a look-up is cut into steps, each of which asks for the memory that the next one needs, and between two steps of one
   text other texts get theirs. */

void scan_free(scan *state) {
    for (int i = 0; i < UNDER_WAY; i++) {
        text_free(state->passages[i].work);
        phrase_look_free(&state->passages[i].phrases);
        free(state->passages[i].scratch.slots);
    }
    free(state->phrase_hits.items);
    free(state->domain_hits.items);
    free(state->deferred.items);
    free(state->copy_hits.items);
}

static int find_domains(scan *state, const uint8_t *bytes, size_t length, uint32_t post) {
    int deferred = 0;
    return domains_find(state->domains, bytes, length, post, &state->domain_hits, &deferred) &&
           (!deferred || hits_add(&state->deferred, post, 0, 0, 0));
}

static int first_step(scan *state, passage *one, const uint8_t *bytes, size_t length, uint32_t post) {
    if (!one->work && !(one->work = text_new())) return 0;
    text *work = one->work;
    if (!text_decode(work, bytes, length)) return 0;
    if (state->phrases && !text_fold(work, state->tables)) return 0;
    if ((state->copies || phrases_evasive(state->phrases)) && !text_letters(work, state->tables)) return 0;
    if (UNLIKELY(work->missing.any)) return 1;
    one->post = post;
    one->busy = 1;
    if (state->copies) copies_aim(state->copies, work, &one->copies);
    return !state->phrases || phrases_aim(state->phrases, work, &one->phrases);
}

static int second_step(scan *state, passage *one) {
    if (state->copies) copies_gather(state->copies, &one->copies);
    return !state->phrases ||
           phrases_gather(state->phrases, one->work, &one->phrases, one->post, &state->phrase_hits);
}

static int third_step(scan *state, passage *one) {
    if (state->copies) copies_approach(state->copies, &one->copies);
    return !state->phrases || phrases_find(state->phrases, one->work, &one->phrases, one->post, &state->phrase_hits);
}

static int last_step(scan *state, passage *one) {
    one->busy = 0;
    return !state->copies || copies_compare(state->copies, one->work, &one->copies, one->post, &one->scratch, &state->copy_hits);
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
    if (state->domains && !find_domains(state, bytes, length, post)) return 0;
    if (!state->phrases && !state->copies) return 1;
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
