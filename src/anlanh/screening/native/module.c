/* The core as Python sees it. Indexes are handles (capsules), texts come in batches: one buffer of UTF-8 and the int64
   offsets of its parts, one more than there are texts. Work on texts is done without the interpreter lock. */
#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>

#include "copies.h"
#include "domains.h"
#include "images.h"
#include "phrases.h"

#define READINGS_NAME "anlanh.readings"
#define PHRASES_NAME "anlanh.phrases"
#define DOMAINS_NAME "anlanh.domains"
#define COPIES_NAME "anlanh.copies"
#define IMAGES_NAME "anlanh.images"

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

/* ---- batches ---- */

typedef struct {
    Py_buffer bytes, offsets;
    size_t count;
} batch;

static const uint8_t *batch_text(const batch *texts, size_t number, size_t *length) {
    const int64_t *offsets = texts->offsets.buf;
    *length = (size_t)(offsets[number + 1] - offsets[number]);
    return (const uint8_t *)texts->bytes.buf + offsets[number];
}

static void batch_release(batch *texts) {
    PyBuffer_Release(&texts->bytes);
    PyBuffer_Release(&texts->offsets);
}

/* Checks what the arguments brought; releases it and sets an error when it is not a batch. */
static int batch_check(batch *texts) {
    const int64_t *offsets = texts->offsets.buf;
    size_t held = (size_t)texts->offsets.len / 8;
    int good = texts->offsets.len % 8 == 0 && held >= 1 && (uintptr_t)offsets % 8 == 0 && held - 1 < UINT32_MAX;
    for (size_t i = 0; good && i < held; i++)
        good = offsets[i] >= (i ? offsets[i - 1] : 0) && offsets[i] <= texts->bytes.len &&
               (!i || offsets[i] - offsets[i - 1] <= LONGEST_POST);
    texts->count = held - 1;
    if (good) return 1;
    batch_release(texts);
    PyErr_SetString(PyExc_ValueError, "offsets do not cut the buffer into texts");
    return 0;
}

/* The numbers of the pages that were lacking, reading * PAGES + page. */
static PyObject *missing_list(const missing_pages *missing) {
    PyObject *list = PyList_New(0);
    for (int reading = 0; list && reading < READINGS; reading++)
        for (int number = 0; list && number < PAGES; number++) {
            if (!missing->pages[reading][number]) continue;
            PyObject *item = PyLong_FromLong(reading * PAGES + number);
            if (!item || PyList_Append(list, item) < 0) Py_CLEAR(list);
            Py_XDECREF(item);
        }
    return list;
}

/* ---- what code points stand for ---- */

static PyObject *make_readings(PyObject *self, PyObject *none) {
    (void)self, (void)none;
    return readings_capsule(readings_new());
}

static PyObject *put_page(PyObject *self, PyObject *args) {
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

static PyObject *make_phrases(PyObject *self, PyObject *args) {
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

static PyObject *make_copies(PyObject *self, PyObject *args) {
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

static PyObject *make_domains(PyObject *self, PyObject *args) {
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

static PyObject *make_images(PyObject *self, PyObject *args) {
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

/* ---- looking up ---- */

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

static PyObject *scan_texts(PyObject *self, PyObject *args) {
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

static PyObject *read_text(PyObject *self, PyObject *args) {
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

static PyObject *look_up_domain(PyObject *self, PyObject *args) {
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

static PyObject *find_images(PyObject *self, PyObject *args) {
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

static PyObject *fingerprint(PyObject *self, PyObject *args) {
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

static PyMethodDef methods[] = {
    {"readings", make_readings, METH_NOARGS, "readings() -> an empty table of what code points stand for"},
    {"put_page", put_page, METH_VARARGS, "put_page(readings, number, entries, pool): 256 code points of one reading"},
    {"phrases", make_phrases, METH_VARARGS, "phrases(readings, buffer, offsets, evasive) -> index, or pages lacking"},
    {"copies", make_copies, METH_VARARGS, "copies(readings, buffer, offsets, threshold) -> index, or pages lacking"},
    {"domains", make_domains, METH_VARARGS, "domains(buffer, offsets, dots) -> index of canonical names"},
    {"images", make_images, METH_VARARGS, "images(hashes) -> index"},
    {"scan", scan_texts, METH_VARARGS,
     "scan(readings, phrases, domains, copies, buffer, offsets) -> (phrase hits, domain hits, copies, deferred), or pages "
     "lacking; indexes may be None"},
    {"read", read_text, METH_VARARGS, "read(readings, text) -> (skeleton, letters), or pages lacking"},
    {"look_up_domain", look_up_domain, METH_VARARGS, "look_up_domain(domains, name) -> entry or -1"},
    {"find_images", find_images, METH_VARARGS, "find_images(images, hash, distance) -> [(entry, distance)]"},
    {"fingerprint", fingerprint, METH_VARARGS, "fingerprint(rgb, width, height) -> (hash, quality)"},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "_core",
    .m_doc = "The native core of screening.",
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit__core(void) { return PyModuleDef_Init(&definition); }
