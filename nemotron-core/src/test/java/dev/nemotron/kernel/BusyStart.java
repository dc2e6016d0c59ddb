package dev.nemotron.kernel;

import com.sun.management.ThreadMXBean;
import dev.nemotron.format.bf16.Bf16Format;
import dev.nemotron.format.f16.F16Format;
import dev.nemotron.format.fp8.Fp8Format;
import dev.nemotron.format.nvfp4.Nvfp4Format;
import dev.nemotron.format.nvfp4.Nvfp4PanelFormat;
import dev.nemotron.format.nvfp4.Panels;
import dev.nemotron.spi.Scratch;
import dev.nemotron.spi.StoredMatrix;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * An application that starts: new classes keep both compilers busy while products of all formats, one after the other in one
 * JVM, wait to be compiled. Prints each product that still leaves objects on the heap when its time is over.
 */
final class BusyStart {

    private static final int ROWS = 256;
    private static final int COLUMNS = 512;
    private static final int CALLS = 30;
    private static final int[] INPUTS = {1, 2, 4, 14, 24};
    private static final int PROMPT = 24;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private BusyStart() {}

    /**
     * Runs.
     *
     * @param arguments how many threads make new classes, and how many seconds each product has
     */
    public static void main(String[] arguments) {
        for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
            Thread.ofPlatform().daemon().start(BusyStart::makeClasses);
        }
        long patience = TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[1]));
        Kernels kernels = KernelSelection.vector().kernels();
        for (StoredMatrix matrix : matrices()) {
            for (int inputs : INPUTS) {
                report(matrix, inputs + " inputs", untilNothingIsLeft(kernels, matrix, inputs, false, patience));
            }
            report(matrix, "a prompt", untilNothingIsLeft(kernels, matrix, PROMPT, true, patience));
        }
        long bytes = attendShortThenLong(kernels, patience);
        if (bytes > 0) {
            System.out.printf("attention to many tokens after few leaves %,d bytes a call%n", bytes);
        }
        System.out.println("done");
        System.exit(0);
    }

    private static void report(StoredMatrix matrix, String what, long bytes) {
        if (bytes > 0) {
            System.out.printf(
                    "%s with %s leaves %,d bytes a call%n", matrix.format().name(), what, bytes);
        }
    }

    private static long untilNothingIsLeft(
            Kernels kernels, StoredMatrix matrix, int inputs, boolean ofPrompt, long patience) {
        Scratch scratch = new Scratch(Floats.zeros(kernels.multiplyScratch(matrix)));
        MemorySegment x = Floats.random(1, (long) inputs * COLUMNS);
        MemorySegment out = Floats.zeros((long) inputs * ROWS);
        long start = System.nanoTime();
        long bytes;
        do {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) {
                if (ofPrompt) {
                    kernels.multiplyPrompt(matrix, 0, ROWS, x, 0, inputs, out, 0, ROWS, scratch);
                } else {
                    kernels.multiply(matrix, 0, ROWS, x, 0, inputs, out, 0, ROWS, scratch);
                }
            }
            bytes = (THREADS.getCurrentThreadAllocatedBytes() - before) / CALLS;
        } while (bytes > 0 && System.nanoTime() - start < patience);
        return bytes;
    }

    /** Conversations begin short: what is compiled for few tokens has to serve many. */
    private static long attendShortThenLong(Kernels kernels, long patience) {
        int heads = 16;
        int width = 128;
        int tokens = 2 * KvPages.PAGE_TOKENS;
        List<MemorySegment> memory = new ArrayList<>();
        KvPages pages = new KvPages(memory, KvPages.Type.BF16, 1, width);
        for (int i = 0; i < tokens; i += KvPages.PAGE_TOKENS) {
            memory.add(Arena.global().allocate(pages.pageBytes(), 64));
        }
        MemorySegment queries = Floats.random(2, (long) heads * width);
        MemorySegment out = Floats.zeros((long) heads * width);
        Scratch scratch = new Scratch(Floats.zeros(kernels.attendScratch(heads, width)));
        for (int i = 0; i < 50_000; i++) {
            kernels.attend(queries, 0, pages, 0, heads, 1 + i % 16, 0.1f, out, scratch);
        }
        long start = System.nanoTime();
        long bytes;
        do {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) {
                kernels.attend(queries, 0, pages, 0, heads, tokens, 0.1f, out, scratch);
            }
            bytes = (THREADS.getCurrentThreadAllocatedBytes() - before) / CALLS;
        } while (bytes > 0 && System.nanoTime() - start < patience);
        return bytes;
    }

    private static List<StoredMatrix> matrices() {
        MemorySegment none = MemorySegment.NULL;
        int elements = ROWS * COLUMNS;
        StoredMatrix nvfp4 = new StoredMatrix(
                new Nvfp4Format(), "m", ROWS, COLUMNS, codes(elements / 2), codes(elements / Panels.BLOCK), 1);
        long panel = Panels.bytes(COLUMNS);
        MemorySegment panels = Arena.global().allocate(Panels.count(ROWS) * panel, 64);
        for (int i = 0; i < Panels.count(ROWS); i++) {
            Panels.pack(nvfp4, i * Panels.ROWS, ROWS, panels, i * panel);
        }
        List<StoredMatrix> matrices = new ArrayList<>();
        matrices.add(new StoredMatrix(new Bf16Format(), "m", ROWS, COLUMNS, codes(2 * elements), none, 1));
        matrices.add(new StoredMatrix(new Fp8Format(), "m", ROWS, COLUMNS, codes(elements), none, 1));
        matrices.add(new StoredMatrix(new F16Format(), "m", ROWS, COLUMNS, codes(2 * elements), none, 1));
        matrices.add(new StoredMatrix(Nvfp4PanelFormat.instance(), "m", ROWS, COLUMNS, panels, none, 1));
        matrices.add(nvfp4);
        return matrices;
    }

    /** Bytes that are positive scales of NVFP4, and finite numbers in each format. */
    private static MemorySegment codes(int count) {
        MemorySegment codes = Arena.global().allocate(count, 64);
        Random random = new Random(count);
        for (int i = 0; i < count; i++) {
            codes.set(ValueLayout.JAVA_BYTE, i, (byte) (0x20 + random.nextInt(0x20)));
        }
        return codes;
    }

    private static void makeClasses() {
        try {
            for (int seed = 0; ; seed++) {
                MethodHandles.Lookup made = MethodHandles.lookup().defineHiddenClass(oneClass(seed), true);
                MethodHandle method =
                        made.findStatic(made.lookupClass(), "f", MethodType.methodType(int.class, int.class));
                for (int i = 0; i < 12_000; i++) {
                    int _ = (int) method.invokeExact(i);
                }
            }
        } catch (Throwable unexpected) {
            System.out.println(unexpected);
        }
    }

    /** A class with a method of some hundred instructions. */
    private static byte[] oneClass(int seed) {
        Random random = new Random(seed);
        return ClassFile.of()
                .build(
                        ClassDesc.of("dev.nemotron.kernel.Made"),
                        type -> type.withMethodBody(
                                "f",
                                MethodTypeDesc.ofDescriptor("(I)I"),
                                ClassFile.ACC_STATIC | ClassFile.ACC_PUBLIC,
                                code -> {
                                    code.iload(0);
                                    for (int i = 0; i < 400; i++) {
                                        code.loadConstant(random.nextInt()).ixor();
                                        code.dup()
                                                .loadConstant(random.nextInt(31))
                                                .ishr()
                                                .iadd();
                                    }
                                    code.ireturn();
                                }));
    }
}
