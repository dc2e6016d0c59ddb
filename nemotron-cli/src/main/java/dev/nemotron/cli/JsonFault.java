package dev.nemotron.cli;

import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;

/** What is wrong with a JSON text, for its author. */
final class JsonFault {

    /** What a parser says to the program that has configured it. */
    private static final Pattern FOR_PROGRAMS = Pattern.compile(
            " \\((start marker|for \\w+ starting) at \\[Source: [^\\]]*\\]\\)|, from `[^`]*`|: enable `[^`]*` to allow");

    private JsonFault() {}

    static String sentence(JacksonException fault) {
        return "not valid JSON: "
                + FOR_PROGRAMS
                        .matcher(String.valueOf(fault.getOriginalMessage()))
                        .replaceAll("");
    }
}
