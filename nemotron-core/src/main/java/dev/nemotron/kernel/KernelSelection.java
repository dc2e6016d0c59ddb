package dev.nemotron.kernel;

import dev.nemotron.BackendUnavailableException;
import dev.nemotron.kernel.scalar.ScalarKernels;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteOrder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the kernels of this JVM, once: the SIMD ones where nothing speaks against them, else the plain ones with the reason.
 * The SIMD kernels are found by name, so that this class and all others run where the vector module is absent.
 */
public final class KernelSelection {

    /** The system property that switches the SIMD kernels off when it is {@code false}. */
    public static final String SWITCH = "nemotron.backend.vector";

    private static final String VECTOR_MODULE = "jdk.incubator.vector";
    private static final String VECTOR_KERNELS = "dev.nemotron.kernel.vector.VectorKernels";
    private static final int NARROWEST = 128;

    private KernelSelection() {}

    /**
     * What was chosen.
     *
     * @param kernels the kernels
     * @param refusal why they are not the SIMD ones, with the cure; null where they are, or where plain ones were asked for
     */
    public record Choice(Kernels kernels, @Nullable String refusal) {}

    /**
     * The best kernels of this JVM.
     *
     * @return the SIMD kernels, or the plain ones with the reason
     */
    public static Choice auto() {
        return Chosen.CHOICE;
    }

    /**
     * The plain kernels, which run everywhere.
     *
     * @return the plain kernels
     */
    public static Choice scalar() {
        return new Choice(new ScalarKernels(), null);
    }

    /**
     * The SIMD kernels.
     *
     * @return the SIMD kernels
     * @throws BackendUnavailableException if this JVM cannot run them, with the reason and the cure
     */
    public static Choice vector() {
        String refusal = Chosen.CHOICE.refusal();
        if (refusal != null) {
            throw new BackendUnavailableException("The SIMD kernels are not available: " + refusal);
        }
        return Chosen.CHOICE;
    }

    private static final class Chosen {
        static final Choice CHOICE = choose();
    }

    private static Choice choose() {
        boolean present = ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
        String refusal = refusal(System::getProperty, present);
        if (refusal != null) {
            return new Choice(new ScalarKernels(), refusal);
        }
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            Kernels kernels = (Kernels)
                    lookup.findConstructor(lookup.findClass(VECTOR_KERNELS), MethodType.methodType(void.class))
                            .invoke();
            if (kernels.widthBits() < NARROWEST) {
                return new Choice(
                        new ScalarKernels(),
                        "this processor offers vectors of " + kernels.widthBits() + " bits and the kernels need "
                                + NARROWEST + "; nothing but another machine helps.");
            }
            CompilerDirective.give();
            return new Choice(kernels, null);
        } catch (Throwable failure) {
            return new Choice(
                    new ScalarKernels(),
                    "they cannot be loaded (" + failure + "); run a JDK 25 that has the module " + VECTOR_MODULE + ".");
        }
    }

    /**
     * Checks everything that can be known without loading the vector module, the most deliberate reason first.
     *
     * @param properties the system properties
     * @param modulePresent whether the vector module is in the boot layer
     * @return the reason and the cure, or null
     */
    static @Nullable String refusal(Function<String, @Nullable String> properties, boolean modulePresent) {
        if ("false".equals(properties.apply(SWITCH))) {
            return "the system property " + SWITCH + "=false switches them off; remove it.";
        }
        if (!modulePresent) {
            return "the module " + VECTOR_MODULE + " is not loaded; start Java with --add-modules " + VECTOR_MODULE
                    + ".";
        }
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            return "they read stored weights in little-endian order and this processor is big-endian; "
                    + "nothing but another machine helps.";
        }
        String machine = String.valueOf(properties.apply("java.vm.name"));
        String version = String.valueOf(properties.apply("java.vm.version"));
        String mode = String.valueOf(properties.apply("java.vm.info"));
        if (!machine.endsWith("Server VM") || version.contains("jvmci")) {
            return "this JVM (" + machine + ", " + version
                    + ") is not HotSpot with its C2 compiler, the only one that compiles them; run an OpenJDK 25 build.";
        }
        if (mode.contains("interpreted") || mode.contains("emulated-client")) {
            return "this JVM runs in " + mode + " without the C2 compiler; remove -Xint and -XX:TieredStopAtLevel.";
        }
        return null;
    }
}
