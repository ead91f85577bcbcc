/* Handles: the readings of code points, and indexes made from lists. */
#include "bindings.h"

#define CAPSULE(kind, name)                                                                                       \
    static void kind##_done(PyObject *capsule) { kind##_free(PyCapsule_GetPointer(capsule, name)); }              \
    static PyObject *kind##_capsule(kind *index) {                                                                \
        if (!index) return PyErr_NoMemory();                                                                      \
        PyObject *capsule = PyCapsule_New(index, name, kind##_done);                                              \
        if (!capsule) kind##_free(index);                                                                         \
        return capsule;                                                                                           \
    }

CAPSULE(readings, READINGS_NAME)
CAPSULE(phrases, PHRASES_NAME)
CAPSULE(domains, DOMAINS_NAME)
CAPSULE(copies, COPIES_NAME)
CAPSULE(images, IMAGES_NAME)

/* ---- what code points stand for ---- */

PyObject *make_readings(PyObject *self, PyObject *none) {
    (void)self, (void)none;
    return readings_capsule(readings_new());
}

PyObject *put_page(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *capsule;
    unsigned number;
    Py_buffer entries, pool;
    if (!PyArg_ParseTuple(args, "OIy*y*", &capsule, &number, &entries, &pool)) return NULL;
    readings *tables = PyCapsule_GetPointer(capsule, READINGS_NAME);
    page *filled = NULL;
    if (tables && entries.len == 1024 && pool.len % 4 == 0 && pool.len < 1 << 20)
        filled = malloc(sizeof(page) + (size_t)pool.len);
    if (filled) {
        memcpy(filled->entries, entries.buf, 1024);
        memcpy(filled->pool, pool.buf, (size_t)pool.len);
        filled->pool_size = (uint32_t)(pool.len / 4);
    }
    PyBuffer_Release(&entries);
    PyBuffer_Release(&pool);
    if (!tables) return NULL;
    if (!filled || !readings_put(tables, number / PAGES, number % PAGES, filled)) {
        free(filled);
        PyErr_SetString(PyExc_ValueError, "not a page, or one that is there");
        return NULL;
    }
    Py_RETURN_NONE;
}

/* ---- making indexes ---- */

static int add_phrases(phrases *index, text *work, const readings *tables, const batch *texts, const uint8_t *evasive) {
    for (size_t i = 0; i < texts->count; i++) {
        size_t length;
        const uint8_t *bytes = batch_text(texts, i, &length);
        if (!text_decode(work, bytes, length) || !text_fold(work, tables) || !text_letters(work, tables)) return 0;
        if (work->missing.any) continue; /* goes on only to learn which other pages are lacking */
        if (!phrases_add(index, work, evasive[i])) return 0;
    }
    return work->missing.any || phrases_finish(index);
}

PyObject *make_phrases(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *capsule, *result = NULL;
    batch texts;
    Py_buffer evasive;
    if (!PyArg_ParseTuple(args, "Oy*y*y*", &capsule, &texts.bytes, &texts.offsets, &evasive)) return NULL;
    readings *tables = PyCapsule_GetPointer(capsule, READINGS_NAME);
    if (!batch_check(&texts)) {
        PyBuffer_Release(&evasive);
        return NULL;
    }
    text *work = text_new();
    phrases *index = phrases_new(texts.count);
    if (tables && evasive.len == (Py_ssize_t)texts.count && work && index) {
        int good;
        Py_BEGIN_ALLOW_THREADS
        good = add_phrases(index, work, tables, &texts, evasive.buf);
        Py_END_ALLOW_THREADS
        if (work->missing.any) {
            result = missing_list(&work->missing);
        } else if (good) {
            result = phrases_capsule(index);
            index = NULL;
        } else {
            PyErr_SetString(PyExc_ValueError, "a phrase without units, or no memory");
        }
    } else if (!PyErr_Occurred()) {
        PyErr_SetString(PyExc_ValueError, "levels do not match the phrases");
    }
    phrases_free(index);
    text_free(work);
    batch_release(&texts);
    PyBuffer_Release(&evasive);
    return result;
}

static int add_copies(copies *index, text *work, const readings *tables, const batch *texts) {
    windows scratch = {0};
    int good = 1;
    for (size_t i = 0; good && i < texts->count; i++) {
        size_t length;
        const uint8_t *bytes = batch_text(texts, i, &length);
        good = text_decode(work, bytes, length) && text_letters(work, tables) &&
               (work->missing.any || copies_add(index, work, &scratch));
    }
    free(scratch.slots);
    return good;
}

PyObject *make_copies(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *capsule, *result = NULL;
    batch texts;
    double threshold;
    if (!PyArg_ParseTuple(args, "Oy*y*d", &capsule, &texts.bytes, &texts.offsets, &threshold)) return NULL;
    readings *tables = PyCapsule_GetPointer(capsule, READINGS_NAME);
    if (!batch_check(&texts)) return NULL;
    text *work = text_new();
    copies *index = copies_new(texts.count, threshold);
    if (tables && work && index) {
        int good;
        Py_BEGIN_ALLOW_THREADS
        good = add_copies(index, work, tables, &texts);
        Py_END_ALLOW_THREADS
        if (work->missing.any) {
            result = missing_list(&work->missing);
        } else if (good) {
            result = copies_capsule(index);
            index = NULL;
        } else {
            PyErr_NoMemory();
        }
    } else if (!PyErr_Occurred()) {
        PyErr_NoMemory();
    }
    copies_free(index);
    text_free(work);
    batch_release(&texts);
    return result;
}

PyObject *make_domains(PyObject *self, PyObject *args) {
    (void)self;
    batch names;
    Py_buffer dots;
    if (!PyArg_ParseTuple(args, "y*y*y*", &names.bytes, &names.offsets, &dots)) return NULL;
    if (!batch_check(&names)) {
        PyBuffer_Release(&dots);
        return NULL;
    }
    domains *index = domains_new(names.count, dots.buf, (size_t)dots.len / 4);
    int good = index != NULL;
    Py_BEGIN_ALLOW_THREADS
    for (size_t i = 0; good && i < names.count; i++) {
        size_t length;
        const uint8_t *bytes = batch_text(&names, i, &length);
        good = domains_add(index, bytes, length);
    }
    Py_END_ALLOW_THREADS
    batch_release(&names);
    PyBuffer_Release(&dots);
    if (good) return domains_capsule(index);
    domains_free(index);
    return PyErr_NoMemory();
}

PyObject *make_images(PyObject *self, PyObject *args) {
    (void)self;
    Py_buffer known;
    if (!PyArg_ParseTuple(args, "y*", &known)) return NULL;
    images *index = NULL;
    int whole = known.len % (Py_ssize_t)sizeof(pdq_hash) == 0;
    if (whole) {
        Py_BEGIN_ALLOW_THREADS
        index = images_new(known.buf, (size_t)known.len / sizeof(pdq_hash));
        Py_END_ALLOW_THREADS
    }
    PyBuffer_Release(&known);
    if (whole) return images_capsule(index);
    PyErr_SetString(PyExc_ValueError, "a hash has 32 bytes");
    return NULL;
}
