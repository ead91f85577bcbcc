/* The core as Python sees it. Indexes are handles (capsules), texts come in batches: one buffer of UTF-8 and the int64
   offsets of its parts, one more than there are texts. Work on texts is done without the interpreter lock. */
#include "bindings.h"

const uint8_t *batch_text(const batch *texts, size_t number, size_t *length) {
    const int64_t *offsets = texts->offsets.buf;
    *length = (size_t)(offsets[number + 1] - offsets[number]);
    return (const uint8_t *)texts->bytes.buf + offsets[number];
}

void batch_release(batch *texts) {
    PyBuffer_Release(&texts->bytes);
    PyBuffer_Release(&texts->offsets);
}

int batch_check(batch *texts) {
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

PyObject *missing_list(const missing_pages *missing) {
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

static PyMethodDef methods[] = {
    {"readings", make_readings, METH_NOARGS, "readings() -> an empty table of what code points stand for"},
    {"put_page", put_page, METH_VARARGS, "put_page(readings, number, entries, pool): 256 code points of one reading"},
    {"phrases", make_phrases, METH_VARARGS, "phrases(readings, buffer, offsets, evasive) -> index, or pages lacking"},
    {"copies", make_copies, METH_VARARGS, "copies(readings, buffer, offsets, threshold) -> index, or pages lacking"},
    {"domains", make_domains, METH_VARARGS, "domains(buffer, offsets, dots) -> index of canonical names"},
    {"images", make_images, METH_VARARGS, "images(hashes) -> index"},
    {"model", make_model, METH_VARARGS, 
     "model(bits, labels, weights, compositions) -> model; labels: slope, shift, least of each"},
    {"asks", make_asks, METH_VARARGS, "asks(signals, numbers, texts, offsets, steps) -> rules to ask where nothing was found"},
    {"count", count_entries, METH_O, "count(index) -> how many entries it holds"},
    {"sections", sections, METH_O, "sections(index) -> the pieces of which its bytes in a file are made, one after another"},
    {"open_index", open_index, METH_VARARGS, "open_index(kind, bytes) -> index over those bytes, as sections made them"},
    {"scan", scan_texts, METH_VARARGS,
     "scan(readings, indexes, texts) -> (phrase hits, domain hits, copies, deferred), or pages lacking; indexes: "
     "phrases, domains, copies, and as many of what was added since, each or None"},
    {"scan_lines", scan_lines, METH_VARARGS,
     "scan_lines(readings, indexes, lines, longest text, compare images, asks or None, models) -> (verdicts of posts without hits, open lines, "
     "phrase hits, domain hits, copies, deferred), or pages lacking"},
    {"read", read_text, METH_VARARGS, "read(readings, text) -> (skeleton, letters), or pages lacking"},
    {"look_up_domain", look_up_domain, METH_VARARGS, "look_up_domain(domains, name) -> entry or -1"},
    {"find_images", find_images, METH_VARARGS, "find_images(images, hash, distance) -> [(entry, distance)]"},
    {"block_keys", block_keys_of, METH_VARARGS,
     "block_keys(readings, dots, texts) -> (keys of 8 bytes, deferred texts), or pages lacking"},
    {"make_filter", make_filter, METH_VARARGS, "make_filter(keys, bits for each, probes) -> filter"},
    {"may_hold_any", filter_may_hold_any, METH_VARARGS,
     "may_hold_any(filter, keys, asks, probes) -> bool; asks: how many keys, and how many of them must be there"},
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
