package dev.nemotron.tokenizer;

import java.util.Arrays;

/**
 * Merges one piece: the pair of lowest rank first, the leftmost among equals, until no pair merges. The symbols are a
 * linked list in arrays and the candidate merges a heap of {@code rank << 32 | position}, so a piece of n symbols takes
 * n log n steps however long it is. Confined to one thread.
 */
final class BytePairMerger {

    private static final int DEAD = -1;

    private final MergeTable merges;
    private int[] ids = new int[64];
    private int[] next = new int[64];
    private int[] previous = new int[64];
    /** What the table says about the symbol at a position and the one after it. */
    private long[] merge = new long[64];

    private long[] heap = new long[64];
    private int heapSize;
    private int size;

    BytePairMerger(MergeTable merges) {
        this.merges = merges;
    }

    /** Begins a new piece. */
    void clear() {
        size = 0;
    }

    /** Adds a symbol of the piece. */
    void add(int id) {
        if (size == ids.length) {
            int capacity = size * 2;
            ids = Arrays.copyOf(ids, capacity);
            next = Arrays.copyOf(next, capacity);
            previous = Arrays.copyOf(previous, capacity);
            merge = Arrays.copyOf(merge, capacity);
        }
        ids[size++] = id;
    }

    /** Writes the symbols as they are. */
    void copy(TokenBuffer out) {
        for (int i = 0; i < size; i++) {
            out.add(ids[i]);
        }
    }

    /** Merges the symbols and writes what remains. */
    void merge(TokenBuffer out) {
        link();
        while (heapSize > 0) {
            long top = pop();
            int at = (int) top;
            if (ids[at] == DEAD || (merge[at] >> 32) != (top >> 32)) {
                continue;
            }
            int removed = next[at];
            ids[at] = (int) merge[at];
            ids[removed] = DEAD;
            next[at] = next[removed];
            if (next[at] < size) {
                previous[next[at]] = at;
            }
            look(at);
            if (previous[at] >= 0) {
                look(previous[at]);
            }
        }
        for (int i = 0; i < size; i = next[i]) {
            out.add(ids[i]);
        }
    }

    private void link() {
        heapSize = 0;
        for (int i = 0; i < size; i++) {
            next[i] = i + 1;
            previous[i] = i - 1;
        }
        for (int i = 0; i < size; i++) {
            look(i);
        }
    }

    /** Notes whether the symbol at a position merges with the one after it. */
    private void look(int at) {
        long found = next[at] < size ? merges.find(ids[at], ids[next[at]]) : MergeTable.NONE;
        merge[at] = found;
        if (found != MergeTable.NONE) {
            push(((found >> 32) << 32) | at);
        }
    }

    private void push(long candidate) {
        if (heapSize == heap.length) {
            heap = Arrays.copyOf(heap, heapSize * 2);
        }
        int child = heapSize++;
        while (child > 0) {
            int parent = (child - 1) >>> 1;
            if (heap[parent] <= candidate) {
                break;
            }
            heap[child] = heap[parent];
            child = parent;
        }
        heap[child] = candidate;
    }

    private long pop() {
        long top = heap[0];
        long last = heap[--heapSize];
        int parent = 0;
        for (int child = 1; child < heapSize; child = 2 * parent + 1) {
            if (child + 1 < heapSize && heap[child + 1] < heap[child]) {
                child++;
            }
            if (heap[child] >= last) {
                break;
            }
            heap[parent] = heap[child];
            parent = child;
        }
        heap[parent] = last;
        return top;
    }
}
