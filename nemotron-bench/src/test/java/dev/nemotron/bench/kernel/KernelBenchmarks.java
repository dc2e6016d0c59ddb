package dev.nemotron.bench.kernel;

import dev.nemotron.bench.Limits;
import java.util.Collection;
import java.util.Formatter;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks of kernels and prints what they reach beside the limits of the machine, measured in the same run. */
public final class KernelBenchmarks {

    private KernelBenchmarks() {}

    /**
     * Runs.
     *
     * @param arguments those of JMH: benchmarks by a part of their names, {@code -p} parameters, {@code -t} threads
     */
    public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
        CommandLineOptions asked = new CommandLineOptions(arguments);
        Options options =
                new OptionsBuilder().parent(asked).addProfiler(GCProfiler.class).build();
        Limits limits = Limits.measure(asked.getThreads().orElse(1));
        Collection<RunResult> results = new Runner(options).run();
        System.out.print(table(limits, results));
    }

    /** A line for each benchmark. */
    static String table(Limits limits, Collection<RunResult> results) {
        StringBuilder text = new StringBuilder();
        Formatter lines = new Formatter(text, Locale.ROOT);
        lines.format(
                "%nThe machine with %d thread(s): reads %.1f GB/s, multiplies and adds %.0f GFLOP/s.%n%n",
                limits.threads(), limits.readGigabytes(), limits.gigaflops());
        lines.format(
                "%-58s %12s %7s %8s %9s %8s %9s%n",
                "kernel", "µs/call", "GB/s", "of read", "GFLOP/s", "of FMA", "B/call");
        for (RunResult result : results) {
            double callsPerSecond = result.getPrimaryResult().getScore();
            double bytes = callsPerSecond * eachCall(result, "gigabytes");
            double flops = callsPerSecond * eachCall(result, "gigaflops");
            lines.format(
                    "%-58s %12.1f %7.1f %7.0f%% %9.1f %7.0f%% %9.0f%n",
                    name(result),
                    1e6 * limits.threads() / callsPerSecond,
                    bytes,
                    100 * bytes / limits.readGigabytes(),
                    flops,
                    100 * flops / limits.gigaflops(),
                    eachCall(result, "allocated"));
        }
        return text.toString();
    }

    private static double eachCall(RunResult result, String label) {
        var sums = result.getSecondaryResults();
        return sums.get(label).getScore() / sums.get("calls").getScore();
    }

    private static String name(RunResult result) {
        String benchmark = result.getParams().getBenchmark();
        String method = benchmark.substring(benchmark.lastIndexOf('.') + 1);
        return result.getParams().getParamsKeys().stream()
                .map(key -> key + "=" + result.getParams().getParam(key))
                .collect(Collectors.joining(" ", method + " ", ""));
    }
}
