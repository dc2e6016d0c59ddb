package dev.nemotron.template.jinja;

/**
 * What a template may use up before it is stopped. Templates come with model folders and are foreign code.
 *
 * @param sourceChars the longest source, in UTF-16 units
 * @param outputChars the longest output, in UTF-16 units
 * @param steps the work of one rendering: about one step for each node that is evaluated, eight for each turn of a loop
 *     and each list item that is made, and one for four characters that are made; 20 million take about two seconds
 * @param depth how deep evaluation may nest, macros and recursive loops included
 */
public record TemplateLimits(int sourceChars, int outputChars, long steps, int depth) {

    /** Far beyond every published template and conversation: 1 MiB of source, 16 Mi characters of output, 20 million steps. */
    public static final TemplateLimits DEFAULT = new TemplateLimits(1 << 20, 16 << 20, 20_000_000, 1000);

    /** How deep blocks, expressions and values may nest; fixed, since it guards the stack of the calling thread. */
    static final int NESTING = 150;

    /** The longest text of one value, in UTF-16 units. */
    static final int TEXT_SIZE = 16 << 20;

    /** The most values that one value holds, nested ones included. */
    static final int ITEMS = 2 << 20;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one of them is not positive
     */
    public TemplateLimits {
        if (sourceChars < 1 || outputChars < 1 || steps < 1 || depth < 1) {
            throw new IllegalArgumentException("template limits must be positive: sourceChars=" + sourceChars
                    + ", outputChars=" + outputChars + ", steps=" + steps + ", depth=" + depth);
        }
    }
}
