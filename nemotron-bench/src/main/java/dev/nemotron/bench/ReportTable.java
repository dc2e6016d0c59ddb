package dev.nemotron.bench;

import dev.nemotron.MemoryPlan;
import java.time.Duration;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/** The report as people read it. */
final class ReportTable {

    private ReportTable() {}

    /** One row, without the heading. */
    static String line(Result result) {
        return String.format(
                Locale.ROOT,
                "%-9s %7d %6d %8d %11.2f %7.1f%% %11.2f %8.1f%% %12.0f",
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
        Formatter lines = new Formatter(text, Locale.ROOT);
        lines.format(
                "%s: %,d parameters, %,d MB of weights %s%n",
                report.model().name(),
                report.model().parameters(),
                report.plan().weights() / 1_000_000,
                report.plan().weightsByFormat().keySet());
        if (!report.plan().fitsWithoutPaging()) {
            lines.format("%s%n", paging(report.plan()));
        }
        lines.format("backend: %s%n", report.backend());
        for (MachineLimits machine : report.machines()) {
            lines.format("%s%n", machine(machine));
        }
        report.startups().forEach(startup -> start(lines, startup));
        lines.format(
                "%n%-9s %7s %6s %8s %11s %8s %11s %9s %12s%n",
                "test", "threads", "batch", "context", "tokens/s", "spread", "limit", "reached", "B/token heap");
        report.results().forEach(result -> lines.format("%s%n", line(result)));
        if (report.profile() != null) {
            lines.format("%nbefore what follows: %s%n", machine(report.profile().machine()));
            profile(lines, "a generated token", report.profile().decode());
            profile(lines, "a prompt", report.profile().prefill());
        }
        if (report.comparison() != null) {
            compare(lines, report.comparison());
        }
        return text.toString();
    }

    /** What to say of a model that is read from disk again and again. */
    static String paging(MemoryPlan plan) {
        return String.format(
                Locale.ROOT,
                "paging: %,d MB are needed and %,d MB are free, so this measures the disk; close other programs, or take a"
                        + " smaller model",
                plan.minimum() / 1_000_000,
                plan.machineAvailable() / 1_000_000);
    }

    private static String machine(MachineLimits machine) {
        return String.format(
                Locale.ROOT,
                "machine, %d threads: reads %.1f GB/s, %.0f GFLOP/s",
                machine.threads(),
                machine.readBytesPerSecond() / 1e9,
                machine.flopsPerSecond() / 1e9);
    }

    private static void start(Formatter lines, Startup startup) {
        lines.format(
                "start, %d threads: loaded in %.2f s, first token of a prompt of %d after %.2f s",
                startup.threads(),
                seconds(startup.load()),
                BenchSettings.SHORT_PROMPT,
                seconds(startup.warmFirstToken()));
        if (startup.coldFirstToken() != null) {
            lines.format(", in a fresh process after %.2f s", seconds(startup.coldFirstToken()));
        }
        lines.format("%n");
    }

    private static void profile(Formatter lines, String step, List<OperationProfile.Line> profile) {
        double total =
                profile.stream().mapToDouble(OperationProfile.Line::seconds).sum();
        lines.format(
                "%n%-22s %8s %10s %7s %9s %8s %9s   (%s)%n",
                "operation", "calls", "ms", "share", "MB", "GB/s", "GFLOP/s", step);
        for (OperationProfile.Line line : profile) {
            lines.format(
                    "%-22s %8.0f %10.3f %6.1f%% %9.2f %8.1f %9.1f%n",
                    line.name(),
                    line.calls(),
                    line.seconds() * 1e3,
                    100 * line.seconds() / total,
                    line.bytes() / 1e6,
                    line.bytes() / 1e9 / line.seconds(),
                    line.flops() / 1e9 / line.seconds());
        }
    }

    private static void compare(Formatter lines, Comparison comparison) {
        lines.format("%nin turns with: %s%n", comparison.command());
        for (Comparison.Line test : comparison.lines()) {
            lines.format(
                    "%-9s ours %.2f, peer %.2f tokens/s, ratio %.2f%n",
                    test.test(), test.ours().tokensPerSecond(), test.peer().tokensPerSecond(), test.ratio());
        }
        comparison.remarks().forEach(remark -> lines.format("%s%n", remark));
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
