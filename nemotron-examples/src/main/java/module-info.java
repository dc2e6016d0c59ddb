/** Small programs to copy from; each is run by a test. */
module dev.nemotron.examples {
    requires dev.nemotron.core;
    requires dev.nemotron.tiny;
    requires static org.jspecify;
}
