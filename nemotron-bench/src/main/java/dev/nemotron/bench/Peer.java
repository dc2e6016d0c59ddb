package dev.nemotron.bench;

import dev.nemotron.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Another engine, measured by a command of its own that prints JSON: the list of {@code llama-bench -o json}, or the document
 * of our own {@code bench --json}.
 */
final class Peer {

    private final String command;
    private final int promptTokens;
    private final int threads;
    private final Set<String> remarks = new TreeSet<>();
    private final Map<String, List<Double>> ours = new TreeMap<>();
    private final Map<String, List<Double>> theirs = new TreeMap<>();

    /**
     * Prepares a comparison.
     *
     * @param command what measures the peer
     * @param promptTokens the length of our prompts
     * @param threads with how many threads we compute
     */
    Peer(String command, int promptTokens, int threads) {
        this.command = command;
        this.promptTokens = promptTokens;
        this.threads = threads;
    }

    /**
     * Takes a run of ours and lets the peer do one.
     *
     * @param run our results
     * @throws IOException if the command fails, or prints nothing that is understood
     */
    void add(List<Result> run) throws IOException {
        run.forEach(result -> put(ours, result.test(), result.speed().tokensPerSecond()));
        Map<String, Double> speeds = parse(output());
        speeds.forEach((test, speed) -> put(theirs, test, speed));
    }

    private static void put(Map<String, List<Double>> speeds, String test, double speed) {
        speeds.computeIfAbsent(test, key -> new ArrayList<>()).add(speed);
    }

    private String output() throws IOException {
        Process process = new ProcessBuilder("sh", "-c", command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException("--compare: \"" + command + "\" ended with code " + code + ", run it by itself");
            }
            return text;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while \"" + command + "\" ran", e);
        } finally {
            process.destroy();
        }
    }

    /** Finds tokens a second by test. */
    Map<String, Double> parse(String text) throws IOException {
        int begin = 0;
        while (begin < text.length() && text.charAt(begin) != '[' && text.charAt(begin) != '{') {
            begin++;
        }
        Object document = begin == text.length() ? null : Json.parse(text.substring(begin), command);
        Object rows = document instanceof Map<?, ?> map ? map.get("results") : document;
        Map<String, Double> speeds = new TreeMap<>();
        if (rows instanceof List<?> list) {
            for (Object row : list) {
                if (row instanceof Map<?, ?> fields) {
                    add(fields, speeds);
                }
            }
        }
        if (speeds.isEmpty()) {
            throw new IOException("--compare: \"" + command
                    + "\" printed no results, expected the JSON of llama-bench -o json or of our own bench --json");
        }
        return speeds;
    }

    /** Rows that mix prompt and answer, and all but the first of a kind, are left out. */
    private void add(Map<?, ?> fields, Map<String, Double> speeds) {
        if (fields.get("test") instanceof String test && fields.get("tokensPerSecond") instanceof Number speed) {
            speeds.putIfAbsent(test, speed.doubleValue());
        } else if (fields.get("avg_ts") instanceof Number speed) {
            boolean prompt = positive(fields.get("n_prompt"));
            boolean answer = positive(fields.get("n_gen"));
            if (prompt != answer) {
                speeds.putIfAbsent(prompt ? "prefill" : "decode", speed.doubleValue());
                if (prompt) {
                    remark(fields, "n_prompt", promptTokens, "tokens in a prompt");
                }
                remark(fields, "n_threads", threads, "threads");
            }
        }
    }

    private void remark(Map<?, ?> fields, String key, int own, String unit) {
        if (fields.get(key) instanceof Number number && number.longValue() != own) {
            remarks.add("not alike: the peer had " + number + " " + unit + ", we " + own);
        }
    }

    private static boolean positive(@Nullable Object value) {
        return value instanceof Number number && number.longValue() > 0;
    }

    /** What came out in the end. */
    Comparison comparison() {
        List<Comparison.Line> lines = new ArrayList<>();
        ours.forEach((test, speeds) -> {
            List<Double> peer = theirs.get(test);
            if (peer != null) {
                lines.add(new Comparison.Line(test, summary(speeds), summary(peer)));
            }
        });
        return new Comparison(command, lines, List.copyOf(remarks));
    }

    private static Speed summary(List<Double> speeds) {
        return Speed.of(speeds.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
