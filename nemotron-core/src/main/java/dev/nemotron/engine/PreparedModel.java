package dev.nemotron.engine;

import dev.nemotron.BackendChoice;
import dev.nemotron.MemoryPlan;
import dev.nemotron.ModelFormatException;
import dev.nemotron.ModelOptions;
import dev.nemotron.checkpoint.Checkpoint;
import dev.nemotron.format.PreparedWeights;
import dev.nemotron.kernel.KernelSelection;
import dev.nemotron.kernel.Kernels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.DoubleConsumer;

/** Whether a model runs from its folder as published or from the layout that its kernels like. */
public final class PreparedModel {

    /** The usual name of the file, in the model's folder. */
    public static final String FILE_NAME = PreparedWeights.FILE_NAME;

    private static final System.Logger LOG = System.getLogger("dev.nemotron");

    /** The width of the vectors that the layout is made for. */
    private static final int WIDTH_BITS = 512;

    /** Weights that are laid out anew in memory at every load, which takes about a second. */
    private static final long SMALL = 512L << 20;

    private PreparedModel() {}

    /**
     * Writes the file that {@link #choose} finds.
     *
     * @param folder the model folder
     * @param file where to
     * @param progress hears the fraction that is written
     * @throws ModelFormatException if the folder is damaged
     * @throws IllegalArgumentException if the folder has nothing to prepare, or the file is a folder, lies in none, or is there
     *     already and is no prepared file
     * @throws UncheckedIOException if the file cannot be written, or the thread is interrupted
     */
    public static void write(Path folder, Path file, DoubleConsumer progress) {
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            try {
                PreparedWeights.write(checkpoint, file, progress);
            } catch (InternalError e) {
                throw checkpoint.explain(e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written (" + reason(e) + ")", e);
        }
    }

    /** Without the names of files, of which the one that is written has a passing one. */
    private static String reason(IOException failure) {
        return switch (failure) {
            case ClosedByInterruptException _ -> "interrupted";
            case AccessDeniedException _ -> "permission denied";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            case FileSystemException e -> e.getClass().getSimpleName();
            default -> String.valueOf(failure.getMessage());
        };
    }

    /** Takes the prepared weights where there are some, makes them where that is quick, and says so. */
    static Checkpoint choose(Checkpoint checkpoint, MemoryPlan plan, ModelOptions options) {
        Kernels kernels = kernels(options);
        boolean suits = kernels.widthBits() == WIDTH_BITS;
        Path named = options.preparedFile();
        Path file = named == null ? checkpoint.folder().resolve(PreparedWeights.FILE_NAME) : named;
        if (named != null || Files.exists(file)) {
            try {
                // Also where it is not used, so that a file is wrong on every machine or on none.
                Checkpoint prepared = PreparedWeights.map(checkpoint, file);
                if (suits) {
                    LOG.log(Level.INFO, "prepared weights: {0}", file);
                    return prepared;
                }
                LOG.log(
                        Level.WARNING,
                        "prepared weights are not used: {0} is laid out for vectors of {1} bits, and the {2} kernels here"
                                + " compute with {3}; the weights run from the folder as published",
                        file,
                        WIDTH_BITS,
                        kernels.name(),
                        kernels.widthBits());
            } catch (ModelFormatException e) {
                if (named != null) {
                    throw e;
                }
                LOG.log(Level.WARNING, "prepared weights are not used: {0}", e.getMessage());
            }
        }
        return suits ? withoutFile(checkpoint, plan) : checkpoint;
    }

    /** Lays a small model out in memory, and tells the owner of a large one of the file. */
    private static Checkpoint withoutFile(Checkpoint checkpoint, MemoryPlan plan) {
        long bytes = plan.weightsByFormat().getOrDefault(PreparedWeights.FORMAT, 0L);
        if (bytes == 0) {
            return checkpoint;
        }
        if (bytes <= SMALL && bytes <= plan.machineAvailable() / 2) {
            long begin = System.nanoTime();
            Checkpoint laidOut = PreparedWeights.inMemory(checkpoint);
            LOG.log(
                    Level.INFO,
                    "laid out {0} MB of NVFP4 weights for the kernels in {1} ms",
                    bytes >> 20,
                    (System.nanoTime() - begin) / 1_000_000);
            return laidOut;
        }
        LOG.log(
                Level.INFO,
                "the NVFP4 weights run from the folder as published; Model.prepare or \"nemotron prepare\" writes them as the"
                        + " kernels like them, {0} MB, which makes answers faster",
                bytes >> 20);
        return checkpoint;
    }

    /** The kernels that the options lead to. */
    private static Kernels kernels(ModelOptions options) {
        KernelSelection.Choice choice =
                options.backend() == BackendChoice.SCALAR ? KernelSelection.scalar() : KernelSelection.auto();
        return choice.kernels();
    }
}
