/** Loads Nemotron checkpoints from their original folders and runs them on the JVM. */
@SuppressWarnings("module") // the modules named below are built after this one
module dev.nemotron.core {
    requires static transitive org.jspecify;
    requires tools.jackson.core;
    requires jdk.incubator.vector;
    requires jdk.jfr;
    requires jdk.management;

    exports dev.nemotron;
    exports dev.nemotron.tokenizer;
    // The bench writes checkpoints and times single steps and operations.
    exports dev.nemotron.arch to
            dev.nemotron.bench;
    exports dev.nemotron.checkpoint to
            dev.nemotron.bench;
    exports dev.nemotron.engine to
            dev.nemotron.bench;
    exports dev.nemotron.json to
            dev.nemotron.bench;
    exports dev.nemotron.spi to
            dev.nemotron.bench;
}
