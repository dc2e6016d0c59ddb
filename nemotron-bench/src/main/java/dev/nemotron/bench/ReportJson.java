package dev.nemotron.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The report as programs read it. */
final class ReportJson {

    private ReportJson() {}

    /** The whole report as a JSON value. */
    static Map<String, @Nullable Object> document(Report report) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("machine", machine(report.machines()));
        document.put("model", model(report));
        document.put(
                "startup", report.startups().stream().map(ReportJson::startup).toList());
        document.put(
                "results", report.results().stream().map(ReportJson::result).toList());
        if (report.profile() != null) {
            document.put("profile", lines(report.profile().decode()));
            document.put("prefillProfile", lines(report.profile().prefill()));
        }
        if (report.comparison() != null) {
            document.put("comparison", comparison(report.comparison()));
        }
        return document;
    }

    /** The limits with the last number of threads first, and those of each number of threads. */
    private static Map<String, @Nullable Object> machine(List<MachineLimits> machines) {
        Map<String, @Nullable Object> machine = limits(machines.getLast());
        machine.put("processors", Runtime.getRuntime().availableProcessors());
        machine.put("architecture", System.getProperty("os.arch"));
        machine.put("java", Runtime.version().toString());
        machine.put("byThreads", machines.stream().map(ReportJson::limits).toList());
        return machine;
    }

    private static Map<String, @Nullable Object> limits(MachineLimits machine) {
        Map<String, @Nullable Object> limits = new LinkedHashMap<>();
        limits.put("threads", machine.threads());
        limits.put("readGBs", machine.readBytesPerSecond() / 1e9);
        limits.put("fmaGflops", machine.flopsPerSecond() / 1e9);
        return limits;
    }

    private static Map<String, @Nullable Object> model(Report report) {
        Map<String, @Nullable Object> model = new LinkedHashMap<>();
        model.put("name", report.model().name());
        model.put("parameters", report.model().parameters());
        model.put("weightBytes", report.plan().weights());
        model.put("weightBytesByFormat", report.plan().weightsByFormat());
        model.put("fitsWithoutPaging", report.plan().fitsWithoutPaging());
        model.put("backend", report.backend().toString());
        return model;
    }

    private static Map<String, @Nullable Object> startup(Startup startup) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("threads", startup.threads());
        fields.put("loadSeconds", startup.load().toNanos() / 1e9);
        fields.put("firstTokenWarmSeconds", startup.warmFirstToken().toNanos() / 1e9);
        fields.put(
                "firstTokenColdSeconds",
                startup.coldFirstToken() == null
                        ? null
                        : startup.coldFirstToken().toNanos() / 1e9);
        return fields;
    }

    private static Map<String, @Nullable Object> result(Result result) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("test", result.test());
        fields.put("threads", result.threads());
        fields.put("batch", result.batch());
        fields.put("context", result.context());
        fields.put("tokensPerSecond", result.speed().tokensPerSecond());
        fields.put("spread", result.speed().spread());
        fields.put("limit", result.limit());
        fields.put("fraction", result.fraction());
        fields.put("allocatedBytesPerToken", result.allocated());
        return fields;
    }

    private static List<Map<String, @Nullable Object>> lines(List<OperationProfile.Line> lines) {
        return lines.stream().map(ReportJson::line).toList();
    }

    private static Map<String, @Nullable Object> line(OperationProfile.Line line) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("operation", line.name());
        fields.put("callsPerStep", line.calls());
        fields.put("secondsPerStep", line.seconds());
        fields.put("bytesPerStep", line.bytes());
        fields.put("flopsPerStep", line.flops());
        return fields;
    }

    private static Map<String, @Nullable Object> comparison(Comparison comparison) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("command", comparison.command());
        fields.put("remarks", comparison.remarks());
        fields.put("tests", comparison.lines().stream().map(ReportJson::line).toList());
        return fields;
    }

    private static Map<String, @Nullable Object> line(Comparison.Line line) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("test", line.test());
        fields.put("ours", line.ours().tokensPerSecond());
        fields.put("peer", line.peer().tokensPerSecond());
        fields.put("ratio", line.ratio());
        return fields;
    }
}
