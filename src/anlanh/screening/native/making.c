/* Handles: the readings of code points, and indexes made from lists. */
#include "bindings.h"

/* The bytes an index was opened over are given back after it. */
static void release_owner(Py_buffer *owner) {
    if (!owner) return;
    PyBuffer_Release(owner);
    free(owner);
}

#define CAPSULE(kind, name)                                                                                       \
    static void kind##_done(PyObject *capsule) {                                                                  \
        Py_buffer *owner = PyCapsule_GetContext(capsule);                                                         \
        kind##_free(PyCapsule_GetPointer(capsule, name));                                                         \
        release_owner(owner);                                                                                     \
    }                                                                                                             \
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
CAPSULE(asks, ASKS_NAME)
CAPSULE(model, MODEL_NAME)

/* ---- files ---- */

PyObject *count_entries(PyObject *self, PyObject *capsule) {
    (void)self;
#define COUNT(kind, name) \
    if (PyCapsule_IsValid(capsule, name)) return PyLong_FromSize_t(kind##_count(PyCapsule_GetPointer(capsule, name)))
    COUNT(phrases, PHRASES_NAME);
    COUNT(domains, DOMAINS_NAME);
    COUNT(copies, COPIES_NAME);
    COUNT(images, IMAGES_NAME);
#undef COUNT
    PyErr_SetString(PyExc_TypeError, "not an index");
    return NULL;
}

static int append(PyObject *list, PyObject *item) {
    int good = item && PyList_Append(list, item) == 0;
    Py_XDECREF(item);
    return good;
}

/* A piece and what pads it; of what was never needed, there is no memory. */
static int append_piece(PyObject *list, const void *bytes, uint64_t size) {
    static const char zeros[SHELF_ALIGNMENT + PADDING];
    if (!bytes && size <= SHELF_ALIGNMENT) bytes = zeros;
    return (!size || append(list, PyMemoryView_FromMemory((char *)bytes, (Py_ssize_t)size, PyBUF_READ))) &&
           append(list, PyBytes_FromStringAndSize(zeros, (Py_ssize_t)(shelf_room(size) - size)));
}

PyObject *sections(PyObject *self, PyObject *capsule) {
    (void)self;
    section found[MOST_SECTIONS];
    const void *numbers = NULL;
    size_t size = 0, count = 0;
#define SECTIONS(kind, name)                                                                                      \
    if (PyCapsule_IsValid(capsule, name)) {                                                                       \
        kind *index = PyCapsule_GetPointer(capsule, name);                                                        \
        count = kind##_sections(index, found);                                                                    \
        numbers = kind##_numbers(index, &size);                                                                   \
    }
    SECTIONS(phrases, PHRASES_NAME)
    SECTIONS(domains, DOMAINS_NAME)
    SECTIONS(copies, COPIES_NAME)
    SECTIONS(images, IMAGES_NAME)
#undef SECTIONS
    if (!numbers) {
        PyErr_SetString(PyExc_TypeError, "not an index");
        return NULL;
    }
    PyObject *list = PyList_New(0);
    int good = list && append_piece(list, numbers, size);
    for (size_t i = 0; good && i < count; i++) good = append_piece(list, *found[i].place, found[i].size);
    if (!good) Py_CLEAR(list);
    return list;
}

PyObject *open_index(PyObject *self, PyObject *args) {
    (void)self;
    const char *kind;
    PyObject *capsule = NULL;
    Py_buffer *owner = malloc(sizeof *owner);
    if (!owner) return PyErr_NoMemory();
    if (!PyArg_ParseTuple(args, "sy*", &kind, owner)) {
        free(owner);
        return NULL;
    }
#define OPEN(kind_)                                                                                               \
    if (!strcmp(kind, #kind_)) {                                                                                  \
        kind_ *index = kind_##_open(owner->buf, (size_t)owner->len);                                              \
        if (index) capsule = kind_##_capsule(index);                                                              \
    }
    OPEN(phrases)
    OPEN(domains)
    OPEN(copies)
    OPEN(images)
#undef OPEN
    if (capsule && PyCapsule_SetContext(capsule, owner) == 0) return capsule;
    Py_XDECREF(capsule);
    release_owner(owner);
    if (!PyErr_Occurred()) PyErr_SetString(PyExc_ValueError, "the bytes hold no such index");
    return NULL;
}

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

/* A copy that an index takes over; never NULL but when memory has run out. */
static void *copy_of(const Py_buffer *given) {
    void *copy = malloc((size_t)given->len + 1);
    if (copy && given->len) memcpy(copy, given->buf, (size_t)given->len);
    return copy;
}

PyObject *make_asks(PyObject *self, PyObject *args) {
    (void)self;
    Py_buffer names, numbers, code;
    batch texts;
    if (!PyArg_ParseTuple(args, "y*y*y*y*y*", &names, &numbers, &texts.bytes, &texts.offsets, &code)) return NULL;
    asks *asked = NULL;
    int good = batch_check(&texts);
    if (good) {
        asked = asks_new(copy_of(&names), (size_t)names.len, copy_of(&numbers), (size_t)numbers.len / sizeof(double),
                         copy_of(&texts.bytes), copy_of(&texts.offsets), texts.count, copy_of(&code),
                         (size_t)code.len / sizeof(step));
        batch_release(&texts);
    }
    PyBuffer_Release(&names);
    PyBuffer_Release(&numbers);
    PyBuffer_Release(&code);
    if (asked) return asks_capsule(asked);
    if (good) PyErr_SetString(PyExc_ValueError, "no programs of rules, or no memory");
    return NULL;
}

PyObject *make_model(PyObject *self, PyObject *args) {
    (void)self;
    unsigned bits;
    Py_buffer labels, weights, compositions;
    if (!PyArg_ParseTuple(args, "Iy*y*y*", &bits, &labels, &weights, &compositions)) return NULL;
    size_t count = (size_t)labels.len / sizeof(model_label);
    model *held = NULL;
    if (bits < 32 && (size_t)weights.len == (count * sizeof(float)) << bits) 
        held = model_new(bits, count, labels.buf, weights.buf, compositions.buf, (size_t)compositions.len / sizeof(composition));
    PyBuffer_Release(&labels);
    PyBuffer_Release(&weights);
    PyBuffer_Release(&compositions);
    if (held) return model_capsule(held);
    PyErr_SetString(PyExc_ValueError, "no model, or no memory");
    return NULL;
}
