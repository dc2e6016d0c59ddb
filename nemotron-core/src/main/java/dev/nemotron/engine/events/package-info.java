/**
 * What an operator can watch: events for JDK Flight Recorder, and warnings of slow paths. Where the Java runtime lacks the
 * module {@code jdk.jfr} there are no events, and everything else stays as it is.
 */
@NullMarked
package dev.nemotron.engine.events;

import org.jspecify.annotations.NullMarked;
