package dev.nemotron.kernel;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Tells HotSpot how to compile the SIMD kernels, and nothing else in the JVM. C2 gives up guarding the types of receivers in a
 * method once the shared code of the vector API that it inlines has been deoptimised a hundred times in all, which happens
 * where several formats or shapes of vectors are in use; vectors then stay objects, for ever, in most JVMs that start on a
 * busy machine. With a clean-up after each inlined call the types are known and need no guard. Seen on 25.0.3; the test
 * {@code FreshJvmTest} tells whether it still helps.
 */
final class CompilerDirective {

    /** The system property that leaves the compiler alone when it is {@code false}. */
    static final String SWITCH = "nemotron.compiler.directive";

    private static final System.Logger LOG = System.getLogger("dev.nemotron");

    private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";

    private static final String DIRECTIVE = """
            [{
              match: ["dev/nemotron/kernel/vector/*.*", "dev/nemotron/format/bf16/vector/*.*",
                  "dev/nemotron/format/f16/vector/*.*", "dev/nemotron/format/fp8/vector/*.*",
                  "dev/nemotron/format/nvfp4/vector/*.*"],
              c2: { IncrementalInlineForceCleanup: true }
            }]
            """;

    private CompilerDirective() {}

    /** Gives the directive, once a JVM, before the first kernel runs. Where that cannot be done, the log tells it. */
    static void give() {
        if ("false".equals(System.getProperty(SWITCH))) {
            return;
        }
        try {
            Path file = Files.createTempFile("nemotron", ".json");
            try {
                Files.writeString(file, DIRECTIVE);
                String[] arguments = {file.toString()};
                MBeanServer server = ManagementFactory.getPlatformMBeanServer();
                Object answer = server.invoke(
                        new ObjectName(COMMANDS), "compilerDirectivesAdd", new Object[] {arguments}, new String[] {
                            String[].class.getName()
                        });
                LOG.log(
                        Level.DEBUG,
                        "directive for the compiler of kernels: {0}",
                        String.valueOf(answer).strip());
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException | JMException | SecurityException | LinkageError refused) {
            LOG.log(
                    Level.INFO,
                    "the compiler takes no directive ({0}); kernels may stay slow where a JVM starts on a busy machine",
                    refused.toString());
        }
    }
}
