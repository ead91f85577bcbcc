/* What the parts of the module share: names of handles, batches of texts, and the functions that Python calls. */
#ifndef ANLANH_BINDINGS_H
#define ANLANH_BINDINGS_H

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>

#include "images.h"
#include "lines.h"
#include "models.h"
#include "scan.h"

#define READINGS_NAME "anlanh.readings"
#define PHRASES_NAME "anlanh.phrases"
#define DOMAINS_NAME "anlanh.domains"
#define COPIES_NAME "anlanh.copies"
#define IMAGES_NAME "anlanh.images"
#define ASKS_NAME "anlanh.asks"
#define MODEL_NAME "anlanh.model"

/* One buffer of UTF-8, and the int64 offsets of its parts, one more than there are. */
typedef struct {
    Py_buffer bytes, offsets;
    size_t count;
} batch;

const uint8_t *batch_text(const batch *texts, size_t number, size_t *length);
void batch_release(batch *texts);
/* Checks what the arguments brought; releases it and sets an error when it is not a batch. */
int batch_check(batch *texts);
/* What a text of Python is read from. */
typedef struct {
    const char *bytes;
    Py_ssize_t length;
} utf8;

/* The UTF-8 of each text, which the text holds; NULL with an error set when one is no text or has none. */
utf8 *utf8_of(PyObject *texts, size_t count);
PyObject *bytes_of(const void *start, size_t length);
/* The numbers of the pages that were lacking, reading * PAGES + page. */
PyObject *missing_list(const missing_pages *missing);

PyObject *make_readings(PyObject *self, PyObject *none);
PyObject *put_page(PyObject *self, PyObject *args);
PyObject *make_phrases(PyObject *self, PyObject *args);
PyObject *make_copies(PyObject *self, PyObject *args);
PyObject *make_domains(PyObject *self, PyObject *args);
PyObject *make_model(PyObject *self, PyObject *args);
PyObject *make_asks(PyObject *self, PyObject *args);
PyObject *make_images(PyObject *self, PyObject *args);
PyObject *count_entries(PyObject *self, PyObject *capsule);
PyObject *sections(PyObject *self, PyObject *capsule);
PyObject *open_index(PyObject *self, PyObject *args);
PyObject *scan_texts(PyObject *self, PyObject *args);
PyObject *scan_lines(PyObject *self, PyObject *args);
PyObject *read_text(PyObject *self, PyObject *args);
PyObject *look_up_domain(PyObject *self, PyObject *args);
PyObject *find_images(PyObject *self, PyObject *args);
PyObject *block_keys_of(PyObject *self, PyObject *args);
PyObject *make_filter(PyObject *self, PyObject *args);
PyObject *filter_may_hold_any(PyObject *self, PyObject *args);
PyObject *fingerprint(PyObject *self, PyObject *args);

#endif
