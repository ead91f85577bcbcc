/* Filters over blocks of stored posts. */
#include "bindings.h"
#include "blocks.h"

PyObject *block_keys_of(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *capsule, *texts, *result = NULL;
    Py_buffer dots;
    if (!PyArg_ParseTuple(args, "Oy*O!", &capsule, &dots, &PyTuple_Type, &texts)) return NULL;
    block held = {.tables = PyCapsule_GetPointer(capsule, READINGS_NAME), .dots = dots.buf, .dot_count = (size_t)dots.len / 4};
    size_t count = (size_t)PyTuple_Size(texts);
    utf8 *content = held.tables ? utf8_of(texts, count) : NULL;
    if (content) {
        int good = 1;
        Py_BEGIN_ALLOW_THREADS
        for (size_t i = 0; good && i < count; i++)
            good = block_take(&held, (const uint8_t *)content[i].bytes, (size_t)content[i].length, (uint32_t)i);
        Py_END_ALLOW_THREADS
        if (!good)
            PyErr_NoMemory();
        else if (held.work && held.work->missing.any)
            result = missing_list(&held.work->missing);
        else
            result = Py_BuildValue("(NN)", bytes_of(held.keys.items, held.keys.count * sizeof(uint64_t)),
                                   bytes_of(held.deferred.items, held.deferred.count * sizeof(hit)));
    }
    free(content);
    block_free(&held);
    PyBuffer_Release(&dots);
    return result;
}

PyObject *make_filter(PyObject *self, PyObject *args) {
    (void)self;
    Py_buffer given;
    unsigned bits, probes;
    if (!PyArg_ParseTuple(args, "y*II", &given, &bits, &probes)) return NULL;
    size_t count = (size_t)given.len / sizeof(uint64_t), size = 0;
    uint64_t *keys = NULL;
    uint8_t *filter = NULL;
    int64_t distinct = -1;
    if (given.len % 8 == 0 && bits >= 1 && bits <= 64 && probes >= 1 && probes <= 16) {
        Py_BEGIN_ALLOW_THREADS
        keys = malloc(count * sizeof(uint64_t) + 1);
        if (keys) {
            if (count) memcpy(keys, given.buf, count * sizeof(uint64_t));
            distinct = keys_distinct(keys, count);
        }
        if (distinct >= 0) {
            size_t wanted = (size_t)distinct * bits;
            size = ((wanted < 64 ? 64 : wanted) + 7) / 8;
            filter = zeroed(size, 1);
            if (filter) keys_filter(keys, (size_t)distinct, probes, filter, size);
        }
        Py_END_ALLOW_THREADS
        if (!filter) PyErr_NoMemory();
    } else {
        PyErr_SetString(PyExc_ValueError, "keys have 8 bytes each");
    }
    PyBuffer_Release(&given);
    PyObject *result = filter ? bytes_of(filter, size) : NULL;
    free(keys);
    free(filter);
    return result;
}

/* `asks`: for each two uint32, how many keys it has and how many of them must be there; the keys follow one another. */
PyObject *filter_may_hold_any(PyObject *self, PyObject *args) {
    (void)self;
    Py_buffer filter, keys, asks;
    unsigned probes;
    if (!PyArg_ParseTuple(args, "y*y*y*I", &filter, &keys, &asks, &probes)) return NULL;
    const uint32_t *counts = asks.buf;
    size_t held = (size_t)keys.len / sizeof(uint64_t), at = 0;
    int aligned = (!keys.len || (uintptr_t)keys.buf % 8 == 0) && (!asks.len || (uintptr_t)asks.buf % 4 == 0);
    int good = filter.len > 0 && aligned && probes >= 1 && probes <= 16, found = 0;
    Py_BEGIN_ALLOW_THREADS
    for (size_t i = 0; good && !found && i + 1 < (size_t)asks.len / sizeof(uint32_t); i += 2) {
        good = counts[i] <= held - at;
        found = good && keys_may_hold((const uint64_t *)keys.buf + at, counts[i], counts[i + 1], probes, filter.buf,
                                      (size_t)filter.len);
        at += good ? counts[i] : 0;
    }
    Py_END_ALLOW_THREADS
    PyBuffer_Release(&filter);
    PyBuffer_Release(&keys);
    PyBuffer_Release(&asks);
    if (good) return PyBool_FromLong(found);
    PyErr_SetString(PyExc_ValueError, "the asks do not match the keys, or there is no filter");
    return NULL;
}
