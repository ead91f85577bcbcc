/* Looking texts and images up in the indexes. */
#include "bindings.h"

typedef struct {
    uint64_t number, start, end, seen, at; /* OpenLine in hits.py */
} open_line;

typedef struct {
    open_line *items;
    size_t count, capacity;
} open_lines;

static PyObject *copy_list(const copy_hits *found) {
    PyObject *list = PyList_New((Py_ssize_t)found->count);
    for (size_t i = 0; list && i < found->count; i++) {
        const copy_hit *one = &found->items[i];
        PyObject *item =
            Py_BuildValue("(IIId)", one->post, one->entry, one->same_letters, one->likeness);
        if (!item || PyList_SetItem(list, (Py_ssize_t)i, item) < 0) Py_CLEAR(list);
    }
    return list;
}

PyObject *bytes_of(const void *start, size_t length) {
    return PyBytes_FromStringAndSize(start, (Py_ssize_t)length);
}

static PyObject *hits_bytes(const hits *found) { return bytes_of(found->items, found->count * sizeof(hit)); }

static void *pointer_or_none(PyObject *capsule, const char *name) {
    return capsule == Py_None ? NULL : PyCapsule_GetPointer(capsule, name);
}

/* `indexes`: phrases, domains and copies, then as many of what was added since; any may be None. */
static int scan_of(scan *state, PyObject *tables, PyObject *indexes) {
    state->tables = PyCapsule_GetPointer(tables, READINGS_NAME);
    if (!state->tables) return 0;
    if (!PyTuple_Check(indexes) || PyTuple_Size(indexes) != 3 * LAYERS) {
        PyErr_SetString(PyExc_TypeError, "six indexes are expected");
        return 0;
    }
    for (int layer = 0; layer < LAYERS; layer++) {
        state->phrases[layer] = pointer_or_none(PyTuple_GetItem(indexes, 3 * layer), PHRASES_NAME);
        state->domains[layer] = pointer_or_none(PyTuple_GetItem(indexes, 3 * layer + 1), DOMAINS_NAME);
        state->copies[layer] = pointer_or_none(PyTuple_GetItem(indexes, 3 * layer + 2), COPIES_NAME);
    }
    return !PyErr_Occurred();
}

utf8 *utf8_of(PyObject *texts, size_t count) {
    utf8 *found = malloc(count * sizeof(utf8) + 1);
    if (!found) PyErr_NoMemory();
    for (size_t i = 0; found && i < count; i++) {
        PyObject *one = PyTuple_GetItem(texts, (Py_ssize_t)i);
        if (PyBytes_Check(one)) {
            found[i] = (utf8){PyBytes_AsString(one), PyBytes_Size(one)};
            continue;
        }
        found[i].bytes = PyUnicode_AsUTF8AndSize(one, &found[i].length);
        if (!found[i].bytes) {
            free(found);
            return NULL;
        }
    }
    return found;
}

PyObject *scan_texts(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *tables, *indexes, *texts, *result = NULL;
    if (!PyArg_ParseTuple(args, "OOO!", &tables, &indexes, &PyTuple_Type, &texts)) return NULL;
    scan state = {0};
    size_t count = (size_t)PyTuple_Size(texts);
    utf8 *content = scan_of(&state, tables, indexes) ? utf8_of(texts, count) : NULL;
    if (content) {
        int good = 1;
        Py_BEGIN_ALLOW_THREADS
        for (size_t i = 0; good && i < count; i++)
            good = scan_take(&state, (const uint8_t *)content[i].bytes, (size_t)content[i].length, (uint32_t)i);
        good = good && scan_finish(&state);
        Py_END_ALLOW_THREADS
        if (!good)
            PyErr_NoMemory();
        else if (state.missing.any)
            result = missing_list(&state.missing);
        else
            result = Py_BuildValue("(NNNN)", hits_bytes(&state.phrase_hits), hits_bytes(&state.domain_hits),
                                   copy_list(&state.copy_hits), hits_bytes(&state.deferred));
    }
    free(content);
    scan_free(&state);
    return result;
}

/* ---- lines of posts ---- */

#define UNREAD 1 /* in `open` of a line: left to Python */
#define FOUND 2  /* something was found in it */
#define ASKED 3  /* a model may flag it, or a rule may be true of it */

static void mark(post_lines *lines, const hits *found) {
    for (size_t i = 0; i < found->count; i++) lines->items[found->items[i].post].open = FOUND;
}

static int screen_lines(scan *state, post_lines *lines) {
    for (size_t i = 0; i < lines->count; i++) {
        const post_line *one = &lines->items[i];
        if (!one->open && !scan_take(state, lines->held + one->text, one->text_end - one->text, (uint32_t)i)) return 0;
    }
    if (!scan_finish(state)) return 0;
    mark(lines, &state->phrase_hits);
    mark(lines, &state->domain_hits);
    mark(lines, &state->deferred);
    for (size_t i = 0; i < state->copy_hits.count; i++) lines->items[state->copy_hits.items[i].post].open = FOUND;
    return 1;
}

/* Notes and opens the lines that a model may flag. */
static int ask_model(const model *held, const scan *state, post_lines *lines, missing_pages *missing) {
    model_look look = {0};
    int good = 1, flags;
    for (size_t i = 0; good && i < lines->count; i++) {
        post_line *one = &lines->items[i];
        if (one->open == UNREAD || one->flagged) continue;
        good = model_asked(held, state->tables, &look, lines->held + one->text, one->text_end - one->text, &flags);
        one->flagged = flags != 0;
        if (flags && !one->open) one->open = ASKED;
    }
    if (good && look.work && look.work->missing.any) *missing = look.work->missing;
    model_look_free(&look);
    return good;
}

/* Opens the lines of which a rule may be true. */
static void ask_rules(const asks *rules, post_lines *lines) {
    for (size_t i = 0; rules && i < lines->count; i++)
        if (!lines->items[i].open && lines_may_be_true(lines, i, rules)) lines->items[i].open = ASKED;
}

static int ask_models(const model *const *models, size_t count, scan *state, post_lines *lines) {
    for (size_t i = 0; i < count && !state->missing.any; i++)
        if (!ask_model(models[i], state, lines, &state->missing)) return 0;
    return 1;
}

/* Writes the verdicts of the other posts, and lists the lines that are Python's: where each stands, whether it was looked through,
   and where among the verdicts its own belongs. */
static int write_passes(const post_lines *lines, written *out, open_lines *open) {
    for (size_t i = 0; i < lines->count; i++) {
        const post_line *one = &lines->items[i];
        if (!one->open) {
            if (!lines_write_pass(out, lines, one)) return 0;
            continue;
        }
        if (!make_room((void **)&open->items, &open->capacity, open->count + 1, sizeof(open_line))) return 0;
        uint64_t seen = one->open == UNREAD ? 0 : one->flagged ? 1 : 2;
        open->items[open->count++] = (open_line){(uint32_t)i, one->start, one->end, seen, out->length};
    }
    return 1;
}

#define MOST_MODELS 64

/* The models of a tuple; how many, or -1 with an error set. */
static Py_ssize_t models_of(PyObject *given, const model *models[MOST_MODELS]) {
    Py_ssize_t count = PyTuple_Size(given);
    if (count > MOST_MODELS) {
        PyErr_SetString(PyExc_ValueError, "too many models");
        return -1;
    }
    for (Py_ssize_t i = 0; i < count; i++)
        if (!(models[i] = PyCapsule_GetPointer(PyTuple_GetItem(given, i), MODEL_NAME))) return -1;
    return count;
}

PyObject *scan_lines(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *tables, *indexes, *asked, *given, *result = NULL;
    Py_buffer bytes;
    Py_ssize_t longest, model_count;
    int compare_images;
    const model *models[MOST_MODELS];
    if (!PyArg_ParseTuple(args, "OOy*npOO!", &tables, &indexes, &bytes, &longest, &compare_images, &asked, &PyTuple_Type, &given))
        return NULL;
    scan state = {0};
    post_lines lines = {0};
    written out = {0};
    open_lines open = {0};
    const asks *rules = pointer_or_none(asked, ASKS_NAME);
    if (scan_of(&state, tables, indexes) && (model_count = models_of(given, models)) >= 0) {
        int good;
        Py_BEGIN_ALLOW_THREADS
        good = lines_read(&lines, bytes.buf, (size_t)bytes.len, (size_t)longest, compare_images, rules) &&
               screen_lines(&state, &lines) && ask_models(models, (size_t)model_count, &state, &lines);
        if (good && !state.missing.any) {
            ask_rules(rules, &lines);
            good = write_passes(&lines, &out, &open);
        }
        Py_END_ALLOW_THREADS
        if (!good)
            PyErr_NoMemory();
        else if (state.missing.any)
            result = missing_list(&state.missing);
        else
            result = Py_BuildValue("(NNNNNN)", bytes_of(out.bytes, out.length),
                                   bytes_of(open.items, open.count * sizeof(open_line)), hits_bytes(&state.phrase_hits),
                                   hits_bytes(&state.domain_hits), copy_list(&state.copy_hits), hits_bytes(&state.deferred));
    }
    scan_free(&state);
    lines_free(&lines);
    free(out.bytes);
    free(open.items);
    PyBuffer_Release(&bytes);
    return result;
}

PyObject *read_text(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *capsule, *result = NULL;
    Py_buffer bytes;
    if (!PyArg_ParseTuple(args, "Oy*", &capsule, &bytes)) return NULL;
    readings *tables = PyCapsule_GetPointer(capsule, READINGS_NAME);
    text *work = tables ? text_new() : NULL;
    if (work) {
        int good = text_decode(work, bytes.buf, (size_t)bytes.len) && text_fold(work, tables) && text_letters(work, tables);
        if (!good)
            PyErr_NoMemory();
        else if (work->missing.any)
            result = missing_list(&work->missing);
        else
            result = Py_BuildValue("(y#y#)", work->skeleton, (Py_ssize_t)work->skeleton_length, work->letters,
                                   (Py_ssize_t)work->letters_length);
    } else if (tables) {
        PyErr_NoMemory();
    }
    text_free(work);
    PyBuffer_Release(&bytes);
    return result;
}

PyObject *look_up_domain(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *capsule;
    const char *name;
    Py_ssize_t length;
    if (!PyArg_ParseTuple(args, "Oy#", &capsule, &name, &length)) return NULL;
    domains *index = PyCapsule_GetPointer(capsule, DOMAINS_NAME);
    if (!index) return NULL;
    uint8_t padded[4096 + PADDING] = {0};
    if (length > 4096) return PyLong_FromLong(-1);
    memcpy(padded, name, (size_t)length);
    return PyLong_FromLongLong(domains_look_up(index, padded, (size_t)length));
}

PyObject *find_images(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *capsule, *list = NULL;
    Py_buffer bytes;
    unsigned distance;
    if (!PyArg_ParseTuple(args, "Oy*I", &capsule, &bytes, &distance)) return NULL;
    images *index = PyCapsule_GetPointer(capsule, IMAGES_NAME);
    if (index && bytes.len == sizeof(pdq_hash) && distance <= 31) {
        pdq_hash wanted;
        hits found = {0};
        int good;
        memcpy(&wanted, bytes.buf, sizeof wanted);
        Py_BEGIN_ALLOW_THREADS
        good = images_find(index, &wanted, distance, &found);
        Py_END_ALLOW_THREADS
        list = good ? PyList_New((Py_ssize_t)found.count) : PyErr_NoMemory();
        for (size_t i = 0; list && i < found.count; i++) {
            PyObject *item = Py_BuildValue("(II)", found.items[i].entry, found.items[i].start);
            if (!item || PyList_SetItem(list, (Py_ssize_t)i, item) < 0) Py_CLEAR(list);
        }
        free(found.items);
    } else if (index) {
        PyErr_SetString(PyExc_ValueError, "a hash has 32 bytes, and the distance is at most 31");
    }
    PyBuffer_Release(&bytes);
    return list;
}

PyObject *fingerprint(PyObject *self, PyObject *args) {
    (void)self;
    Py_buffer rgb;
    Py_ssize_t width, height;
    if (!PyArg_ParseTuple(args, "y*nn", &rgb, &width, &height)) return NULL;
    pdq_hash made;
    int quality = -2;
    if (width > 0 && height > 0 && width < 1 << 20 && height < 1 << 20 && rgb.len == 3 * width * height) {
        Py_BEGIN_ALLOW_THREADS
        quality = pdq_of_pixels(rgb.buf, (size_t)width, (size_t)height, &made);
        Py_END_ALLOW_THREADS
    }
    PyBuffer_Release(&rgb);
    if (quality >= 0) return Py_BuildValue("(y#i)", (const char *)&made, (Py_ssize_t)sizeof made, quality);
    if (quality == -1) return PyErr_NoMemory();
    PyErr_SetString(PyExc_ValueError, "the pixels do not match width and height");
    return NULL;
}
