package dev.nemotron.backend.cpu;

import dev.nemotron.kernel.KvPages;
import dev.nemotron.spi.LayerState;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;

/** Keys and values of one attention layer and one sequence. Grows by pages; full pages are shared between forks. */
final class CpuKvState implements LayerState {

    private final SegmentPool pool;
    private final KvPages pages;
    private int length;
    private int committed;

    CpuKvState(SegmentPool pool, KvPages.Type type, int heads, int headWidth) {
        this.pool = pool;
        this.pages = new KvPages(new ArrayList<>(), type, heads, headWidth);
    }

    KvPages pages() {
        return pages;
    }

    /** The tokens stored, provisional ones included. */
    int length() {
        return length;
    }

    /**
     * Makes room for tokens that are about to be stored.
     *
     * @param tokens how many
     * @param provisional whether {@link #commit} decides how many of them stay
     */
    void grow(int tokens, boolean provisional) {
        if (length != committed) {
            throw new IllegalStateException("the last provisional step was not committed");
        }
        length = Math.addExact(length, tokens);
        if (!provisional) {
            committed = length;
        }
        while ((long) pages.pages().size() * KvPages.PAGE_TOKENS < length) {
            pages.pages().add(pool.acquire(pages.pageBytes()));
        }
    }

    @Override
    public void commit(int tokens) {
        if (tokens < 0 || committed + tokens > length) {
            throw new IllegalArgumentException(
                    "cannot keep " + tokens + " of " + (length - committed) + " provisional tokens");
        }
        committed += tokens;
        length = committed;
        int needed = Math.ceilDiv(length, KvPages.PAGE_TOKENS);
        while (pages.pages().size() > needed) {
            pool.release(pages.pages().removeLast());
        }
    }

    @Override
    public LayerState fork() {
        CpuKvState copy = new CpuKvState(pool, pages.type(), pages.heads(), pages.headWidth());
        copy.length = committed;
        copy.committed = committed;
        int full = committed / KvPages.PAGE_TOKENS;
        for (int i = 0; i < full; i++) {
            MemorySegment page = pages.pages().get(i);
            pool.share(page);
            copy.pages.pages().add(page);
        }
        if (committed % KvPages.PAGE_TOKENS != 0) {
            copy.pages
                    .pages()
                    .add(pool.acquire(pages.pageBytes()).copyFrom(pages.pages().get(full)));
        }
        return copy;
    }

    @Override
    public long byteSize() {
        return pages.pages().size() * pages.pageBytes();
    }

    @Override
    public void close() {
        pages.pages().forEach(pool::release);
        pages.pages().clear();
        length = 0;
        committed = 0;
    }
}
