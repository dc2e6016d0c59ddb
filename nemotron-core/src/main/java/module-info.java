/** Loads Nemotron checkpoints from their original folders and runs them on the JVM. */
module dev.nemotron.core {
    requires static transitive org.jspecify;
    requires tools.jackson.core;
    requires jdk.incubator.vector;
    requires jdk.management;

    exports dev.nemotron;
    exports dev.nemotron.tokenizer;
}
