/* Looking texts and images up in the indexes. */
#include "bindings.h"

typedef struct {
    const readings *tables;
    const phrases *phrases;
    const domains *domains;
    const copies *copies;
    text *work;
    windows scratch;
    hits phrase_hits, domain_hits, deferred;
    copy_hits copy_hits;
} scan;

static int scan_one(scan *state, const uint8_t *bytes, size_t length, uint32_t post) {
    text *work = state->work;
    int deferred = 0;
    if (state->domains) {
        if (!domains_find(state->domains, bytes, length, post, &state->domain_hits, &deferred)) return 0;
        if (deferred && !hits_add(&state->deferred, post, 0, 0, 0)) return 0;
    }
    if (!state->phrases && !state->copies) return 1;
    if (!text_decode(work, bytes, length)) return 0;
    if (state->phrases && !text_fold(work, state->tables)) return 0;
    if ((state->copies || phrases_evasive(state->phrases)) && !text_letters(work, state->tables)) return 0;
    if (work->missing.any) return 1;
    if (state->phrases && !phrases_find(state->phrases, work, post, &state->phrase_hits)) return 0;
    return !state->copies || copies_find(state->copies, work, post, &state->scratch, &state->copy_hits);
}

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

static PyObject *hits_bytes(const hits *found) {
    return PyBytes_FromStringAndSize((const char *)found->items, (Py_ssize_t)(found->count * sizeof(hit)));
}

static void *pointer_or_none(PyObject *capsule, const char *name) {
    return capsule == Py_None ? NULL : PyCapsule_GetPointer(capsule, name);
}

PyObject *scan_texts(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *tables, *phrase_index, *domain_index, *copy_index, *result = NULL;
    batch texts;
    if (!PyArg_ParseTuple(args, "OOOOy*y*", &tables, &phrase_index, &domain_index, &copy_index, &texts.bytes, &texts.offsets))
        return NULL;
    if (!batch_check(&texts)) return NULL;
    scan state = {0};
    state.tables = PyCapsule_GetPointer(tables, READINGS_NAME);
    state.phrases = pointer_or_none(phrase_index, PHRASES_NAME);
    state.domains = pointer_or_none(domain_index, DOMAINS_NAME);
    state.copies = pointer_or_none(copy_index, COPIES_NAME);
    state.work = PyErr_Occurred() ? NULL : text_new();
    if (state.work) {
        int good = 1;
        Py_BEGIN_ALLOW_THREADS
        for (size_t i = 0; good && i < texts.count; i++) {
            size_t length;
            const uint8_t *bytes = batch_text(&texts, i, &length);
            good = scan_one(&state, bytes, length, (uint32_t)i);
        }
        Py_END_ALLOW_THREADS
        if (!good)
            PyErr_NoMemory();
        else if (state.work->missing.any)
            result = missing_list(&state.work->missing);
        else
            result = Py_BuildValue("(NNNN)", hits_bytes(&state.phrase_hits), hits_bytes(&state.domain_hits),
                                   copy_list(&state.copy_hits), hits_bytes(&state.deferred));
    } else if (!PyErr_Occurred()) {
        PyErr_NoMemory();
    }
    text_free(state.work);
    free(state.scratch.slots);
    free(state.phrase_hits.items);
    free(state.domain_hits.items);
    free(state.deferred.items);
    free(state.copy_hits.items);
    batch_release(&texts);
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
