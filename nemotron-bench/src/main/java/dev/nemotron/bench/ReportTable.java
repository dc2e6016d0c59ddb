package dev.nemotron.bench;

import java.time.Duration;
import java.util.Locale;

/** The report as people read it. */
final class ReportTable {

    private static final String ROW = "%-9s %7d %6d %8d %11.2f %7.1f%% %11.2f %8.1f%% %12.0f";

    private ReportTable() {}

    /** One row, without the heading. */
    static String line(Result result) {
        return String.format(
                Locale.ROOT,
                ROW,
                result.test(),
                result.threads(),
                result.batch(),
                result.context(),
                result.speed().tokensPerSecond(),
                100 * result.speed().spread(),
                result.limit(),
                100 * result.fraction(),
                result.allocated());
    }

    /** The whole report, with the newline after each line. */
    static String text(Report report) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "%s: %,d parameters, %.2f GB of weights %s",
                report.model().name(),
                report.model().parameters(),
                report.plan().weights() / 1e9,
                report.plan().weightsByFormat().keySet());
        line(text, "backend: %s", report.backend());
        for (MachineLimits machine : report.machines()) {
            line(
                    text,
                    "machine with %d threads: reads %.1f GB/s, %.0f GFLOP/s",
                    machine.threads(),
                    machine.readBytesPerSecond() / 1e9,
                    machine.flopsPerSecond() / 1e9);
        }
        for (Startup startup : report.startups()) {
            Duration cold = startup.coldFirstToken();
            line(
                    text,
                    "start with %d threads: loaded in %.2f s, first token of %d after %.2f s%s",
                    startup.threads(),
                    seconds(startup.load()),
                    BenchSettings.SHORT_PROMPT,
                    seconds(startup.warmFirstToken()),
                    cold == null ? "" : String.format(Locale.ROOT, ", in a fresh process %.2f s", seconds(cold)));
        }
        line(text, "%n%-9s %7s %6s %8s %11s %8s %11s %9s %12s", "test", "threads", "batch", "context", "tokens/s",
                "spread", "limit", "reached", "B/token heap");
        report.results().forEach(result -> text.append(line(result)).append(System.lineSeparator()));
        if (report.comparison() != null) {
            line(text, "%nin turns with: %s", report.comparison().command());
            for (Comparison.Line test : report.comparison().lines()) {
                line(
                        text,
                        "%-9s ours %.2f, peer %.2f tokens/s, ratio %.2f",
                        test.test(),
                        test.ours().tokensPerSecond(),
                        test.peer().tokensPerSecond(),
                        test.ratio());
            }
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append(System.lineSeparator());
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
