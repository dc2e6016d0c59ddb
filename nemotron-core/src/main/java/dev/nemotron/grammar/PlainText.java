package dev.nemotron.grammar;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells where every text without quotes, backslashes and control characters can follow, so that the many tokens of such text
 * need not be looked at one by one.
 */
final class PlainText {

    /** The most characters that are asked for. */
    static final int MOST = 30;

    private static final int MAX_CONFIGURATIONS = 4;
    private static final Configuration[] NOT_ALL = {};

    /** The lead bytes and how their second byte is bounded, by the Unicode Standard, table 3-7. */
    private static final int[][] LEADS = {
        {0xC2, 0xDF, 0x80, 0xBF, 1},
        {0xE0, 0xE0, 0xA0, 0xBF, 2},
        {0xE1, 0xEC, 0x80, 0xBF, 2},
        {0xED, 0xED, 0x80, 0x9F, 2},
        {0xEE, 0xEF, 0x80, 0xBF, 2},
        {0xF0, 0xF0, 0x90, 0xBF, 3},
        {0xF1, 0xF3, 0x80, 0xBF, 3},
        {0xF4, 0xF4, 0x80, 0x8F, 3}
    };

    private final Automaton automaton;

    PlainText(Automaton automaton) {
        this.automaton = automaton;
    }

    /** Whether a byte of ASCII is plain. */
    static boolean isPlain(int character) {
        return character >= 0x20 && character != '"' && character != '\\' && character != 0x7F;
    }

    /** Returns how many characters of any plain text can follow, at most {@link #MOST}. */
    int length(Configuration from) {
        List<Configuration> all = new ArrayList<>(List.of(from));
        List<Configuration> last = List.of(from);
        for (int length = 0; length < MOST; length++) {
            List<Configuration> next = new ArrayList<>();
            for (Configuration configuration : last) {
                Configuration[] after = after(configuration);
                if (after.length == 0) {
                    return length;
                }
                for (Configuration one : after) {
                    if (!all.contains(one)) {
                        all.add(one);
                        next.add(one);
                    }
                }
            }
            if (next.isEmpty()) {
                return MOST;
            }
            if (next.size() > MAX_CONFIGURATIONS) {
                return length;
            }
            last = next;
        }
        return MOST;
    }

    private Configuration[] after(Configuration from) {
        Configuration[] known = from.afterPlainText;
        if (known == null) {
            List<Configuration> found = collect(from);
            known = found == null ? NOT_ALL : found.toArray(Configuration[]::new);
            from.afterPlainText = known;
        }
        return known;
    }

    private @Nullable List<Configuration> collect(Configuration from) {
        List<Configuration> found = new ArrayList<>();
        for (int character = 0x20; character < 0x7F; character++) {
            if (isPlain(character) && !collect(automaton.step(from, character), found)) {
                return null;
            }
        }
        for (int[] lead : LEADS) {
            List<Configuration> level = new ArrayList<>();
            if (!collect(from, lead[0], lead[1], level)) {
                return null;
            }
            for (int i = 0; i < lead[4]; i++) {
                List<Configuration> next = i == lead[4] - 1 ? found : new ArrayList<>();
                for (Configuration configuration : level) {
                    if (!collect(configuration, i == 0 ? lead[2] : 0x80, i == 0 ? lead[3] : 0xBF, next)) {
                        return null;
                    }
                }
                level = next;
            }
        }
        return found;
    }

    private boolean collect(Configuration from, int low, int high, List<Configuration> found) {
        for (int value = low; value <= high; value++) {
            if (!collect(automaton.step(from, value), found)) {
                return false;
            }
        }
        return true;
    }

    private static boolean collect(Configuration next, List<Configuration> found) {
        if (next.dead()) {
            return false;
        }
        if (!found.contains(next)) {
            found.add(next);
        }
        return found.size() <= MAX_CONFIGURATIONS;
    }
}
