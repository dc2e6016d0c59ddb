package dev.nemotron.bench;

import dev.nemotron.bench.synth.Format;
import dev.nemotron.bench.synth.Shape;
import dev.nemotron.bench.synth.Synth;
import dev.nemotron.json.JsonWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Writes a folder in the true shape of a published model, with random weights. */
@Command(
        name = "synth",
        abbreviateSynopsis = true,
        description = {
            "Writes a model folder in the true shape of a published model, with random weights, to measure speed without a"
                    + " download.",
            "It takes the disk space of the published one; what it generates has no meaning."
        })
public final class SynthCommand implements Callable<Integer> {

    private static final long NANOS_BETWEEN_LINES = TimeUnit.SECONDS.toNanos(2);

    private final PrintStream out;
    private final PrintStream err;

    @Parameters(
            index = "0",
            paramLabel = "SHAPE",
            converter = ShapeConverter.class,
            completionCandidates = ShapeConverter.class,
            description = "The model: ${COMPLETION-CANDIDATES}.")
    private Shape shape = Shape.TINY;

    @Parameters(
            index = "1",
            paramLabel = "FORMAT",
            converter = FormatConverter.class,
            completionCandidates = FormatConverter.class,
            description = "How the weights are stored: ${COMPLETION-CANDIDATES}.")
    private Format format = Format.BF16;

    @Parameters(index = "2", paramLabel = "OUT", description = "The folder to write, which must not exist.")
    private Path folder = Path.of("");

    @Mixin
    private final OutputOptions output = new OutputOptions();

    /**
     * Creates the command.
     *
     * @param out takes results
     * @param err takes progress
     */
    public SynthCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /**
     * Writes the folder.
     *
     * @return 0
     * @throws IOException if it cannot be written
     */
    @Override
    public Integer call() throws IOException {
        long start = System.nanoTime();
        Writing.run(() -> Synth.write(shape, format, folder, new Lines(start)::written));
        double seconds = (System.nanoTime() - start) / 1e9;
        long bytes = Synth.weightBytes(shape, format);
        long parameters = shape.parameters();
        if (output.json()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("folder", folder.toString());
            document.put("shape", shape.label());
            document.put("format", format.label());
            document.put("parameters", parameters);
            document.put("weight_bytes", bytes);
            document.put("seconds", seconds);
            out.println(JsonWriter.write(document));
        } else {
            out.printf(
                    Locale.ROOT,
                    "%s: %s in %s, %,d parameters, %,d MB of weights, written in %.1f s%n",
                    folder,
                    shape.label(),
                    format.label(),
                    parameters,
                    bytes / 1_000_000,
                    seconds);
        }
        return 0;
    }

    /** A line of progress every now and then. */
    private final class Lines {
        private final long start;
        private long next;

        Lines(long start) {
            this.start = start;
            this.next = start + NANOS_BETWEEN_LINES;
        }

        void written(long bytes, long total) {
            long now = System.nanoTime();
            if (now >= next) {
                next = now + NANOS_BETWEEN_LINES;
                err.printf(
                        Locale.ROOT,
                        "%,d of %,d MB, %.0f MB/s%n",
                        bytes / 1_000_000,
                        total / 1_000_000,
                        bytes * 1e3 / (now - start));
                err.flush();
            }
        }
    }

    /** Reads a shape. */
    private static final class ShapeConverter implements ITypeConverter<Shape>, Iterable<String> {
        @Override
        public Shape convert(String value) {
            try {
                return Shape.of(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }

        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Shape.values()).map(Shape::label).iterator();
        }
    }

    /** Reads a format. */
    private static final class FormatConverter implements ITypeConverter<Format>, Iterable<String> {
        @Override
        public Format convert(String value) {
            try {
                return Format.of(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }

        @Override
        public Iterator<String> iterator() {
            return List.of(Format.values()).stream().map(Format::label).iterator();
        }
    }
}
