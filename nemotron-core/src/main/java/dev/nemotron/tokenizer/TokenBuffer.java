package dev.nemotron.tokenizer;

import java.util.Arrays;

/** Token ids under construction. */
final class TokenBuffer {

    private int[] ids = new int[64];
    private int size;

    int size() {
        return size;
    }

    int get(int index) {
        return ids[index];
    }

    void add(int id) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size + (size >> 1));
        }
        ids[size++] = id;
    }

    void addAll(int[] more) {
        if (more.length > ids.length - size) {
            ids = Arrays.copyOf(ids, Math.max(size + more.length, size + (size >> 1)));
        }
        System.arraycopy(more, 0, ids, size, more.length);
        size += more.length;
    }

    void truncate(int newSize) {
        size = newSize;
    }

    int[] slice(int from) {
        return Arrays.copyOfRange(ids, from, size);
    }
}
