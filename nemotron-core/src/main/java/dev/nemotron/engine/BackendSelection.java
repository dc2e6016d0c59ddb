package dev.nemotron.engine;

import dev.nemotron.BackendChoice;
import dev.nemotron.BackendReport;
import dev.nemotron.BackendUnavailableException;
import dev.nemotron.KvCacheType;
import dev.nemotron.ModelOptions;
import dev.nemotron.OnDegraded;
import dev.nemotron.backend.cpu.CpuBackend;
import dev.nemotron.engine.events.Cliffs;
import dev.nemotron.kernel.KernelSelection;
import dev.nemotron.kernel.Kernels;
import dev.nemotron.kernel.KvPages;
import dev.nemotron.spi.Backend;

/** Starts the backend that the options ask for, and says which one it is and why. */
final class BackendSelection {

    private static final System.Logger LOG = System.getLogger("dev.nemotron");

    private BackendSelection() {}

    static Backend start(ModelOptions options) {
        KernelSelection.Choice choice = switch (options.backend()) {
            case AUTO -> KernelSelection.auto();
            case VECTOR -> KernelSelection.vector();
            case SCALAR -> KernelSelection.scalar();
        };
        Kernels kernels = choice.kernels();
        String refusal = choice.refusal();
        int threads =
                options.threads() > 0 ? options.threads() : Runtime.getRuntime().availableProcessors();
        BackendReport report = new BackendReport(
                kernels.name(), kernels.widthBits(), threads, refusal != null, reason(options.backend(), refusal));
        if (refusal != null && options.onDegraded() == OnDegraded.FAIL) {
            throw new BackendUnavailableException("the SIMD kernels cannot be used: " + refusal);
        }
        LOG.log(System.Logger.Level.INFO, "backend: {0}", report);
        if (refusal != null) {
            Cliffs.report("the plain kernels run instead of the SIMD ones, an order of magnitude slower", refusal);
        }
        return new CpuBackend(
                kernels, report, options.kvCache() == KvCacheType.F32 ? KvPages.Type.F32 : KvPages.Type.BF16);
    }

    private static String reason(BackendChoice asked, @org.jspecify.annotations.Nullable String refusal) {
        if (refusal != null) {
            return "plain kernels, an order of magnitude slower: " + refusal;
        }
        return asked == BackendChoice.AUTO ? "" : "asked for";
    }
}
