// Views of arrays: what a compiled function sees of a NumPy array, without a count of references.
// A view does not own its memory; the caller keeps the array alive during the call.
#pragma once
#include <Python.h>
#include <cstdint>
#include <cstring>
#include <type_traits>

template <class T> struct View {
    static constexpr int axes = 1;
    T *at;
    Py_ssize_t size;
    T &operator[](Py_ssize_t i) const { return at[i]; }
    T *begin() const { return at; }
    T *end() const { return at + size; }
    View cut(Py_ssize_t first, Py_ssize_t last) const {  // as Python cuts: never beyond the end
        if (last > size) last = size;
        if (first > last) first = last;
        return View{at + first, last - first};
    }
    void put(T value) const { for (T &each : *this) each = value; }
    void put(View values) const { std::memmove(at, values.at, sizeof(T) * (size < values.size ? size : values.size)); }
};

template <class T> struct View2 {
    static constexpr int axes = 2;
    T *at;
    Py_ssize_t size, shape[2];
    View<T> operator[](Py_ssize_t i) const { return View<T>{at + i * shape[1], shape[1]}; }
    View2 cut(Py_ssize_t first, Py_ssize_t last) const {
        if (last > size) last = size;
        if (first > last) first = last;
        return View2{at + first * shape[1], last - first, {last - first, shape[1]}};
    }
    void put(T value) const { View<T>{at, shape[0] * shape[1]}.put(value); }
};

template <class T> struct View3 {
    static constexpr int axes = 3;
    T *at;
    Py_ssize_t size, shape[3];
    View2<T> operator[](Py_ssize_t i) const { return View2<T>{at + i * shape[1] * shape[2], shape[1], {shape[1], shape[2]}}; }
};

template <class T> Py_ssize_t *shape_of(View<T> &view) { return &view.size; }
template <class T> Py_ssize_t *shape_of(View2<T> &view) { return view.shape; }
template <class T> Py_ssize_t *shape_of(View3<T> &view) { return view.shape; }

// Make a view of an array; TypeError for numbers of another type or another number of axes.
template <class V> int take(PyObject *array, V &view) {
    using T = typename std::remove_reference<decltype(*view.at)>::type;
    constexpr int axes = V::axes;
    Py_buffer buffer;
    if (PyObject_GetBuffer(array, &buffer, PyBUF_FORMAT | PyBUF_C_CONTIGUOUS) < 0) return -1;
    const char *kinds = std::is_floating_point<T>::value ? "fd" : std::is_signed<T>::value ? "bhilq" : "BHILQ?";
    const bool fits = buffer.ndim == axes && buffer.itemsize == sizeof(T) && std::strlen(buffer.format) == 1 &&
                      std::strchr(kinds, buffer.format[0]);
    if (fits) {
        view.at = static_cast<T *>(buffer.buf);
        std::memcpy(shape_of(view), buffer.shape, axes * sizeof(Py_ssize_t));
        view.size = buffer.shape[0];
    } else {
        PyErr_Format(PyExc_TypeError, "the array has %d axes of type '%s', not %d of type '%s' in %d bytes",
                     buffer.ndim, buffer.format, axes, kinds, (int)sizeof(T));
    }
    PyBuffer_Release(&buffer);
    return fits ? 0 : -1;
}
