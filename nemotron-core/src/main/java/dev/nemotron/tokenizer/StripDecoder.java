package dev.nemotron.tokenizer;

/** Takes up to some number of a character from the beginning and from the end of each token. */
final class StripDecoder implements TokenSink {

    private final char content;
    private final int start;
    private final int stop;
    private final TokenSink next;
    private final StringBuilder held = new StringBuilder();
    private int cut;
    private boolean begun;

    StripDecoder(char content, int start, int stop, TokenSink next) {
        this.content = content;
        this.start = start;
        this.stop = stop;
        this.next = next;
    }

    @Override
    public void text(String part) {
        int from = 0;
        while (!begun && from < part.length()) {
            if (cut < start && part.charAt(from) == content) {
                cut++;
                from++;
            } else {
                begun = true;
            }
        }
        held.append(part, from, part.length());
        // Only the last characters can still be taken away.
        int certain = held.length();
        for (int n = 0; n < stop && certain > 0 && held.charAt(certain - 1) == content; n++) {
            certain--;
        }
        next.text(held.substring(0, certain));
        held.delete(0, certain);
    }

    @Override
    public void endToken() {
        held.setLength(0);
        cut = 0;
        begun = false;
        next.endToken();
    }

    @Override
    public void finish() {
        next.finish();
    }
}
