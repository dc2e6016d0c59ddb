package dev.nemotron.template.jinja;

import java.util.List;

/**
 * A piece of a template's source.
 *
 * @param kind what it is
 * @param text its text; of a string, what the literal means
 * @param position where it starts in the source
 */
record Token(Kind kind, String text, int position) {

    /** The kinds of tokens. */
    enum Kind {
        /** Text outside of tags. */
        DATA("text"),
        /** The start of an output tag. */
        VARIABLE_BEGIN("'{{'"),
        /** The end of an output tag. */
        VARIABLE_END("end of print statement"),
        /** The start of a statement. */
        BLOCK_BEGIN("'{%'"),
        /** The end of a statement. */
        BLOCK_END("end of statement block"),
        /** A name or keyword. */
        NAME("name"),
        /** A string literal. */
        STRING("string"),
        /** An integer literal. */
        INTEGER("integer"),
        /** A float literal. */
        FLOAT("float"),
        /** An operator or bracket. */
        OPERATOR("operator"),
        /** The end of the source. */
        END("end of template");

        final String description;

        Kind(String description) {
            this.description = description;
        }
    }

    boolean isName(String name) {
        return kind == Kind.NAME && text.equals(name);
    }

    boolean isAnyName(List<String> names) {
        return kind == Kind.NAME && names.contains(text);
    }

    boolean isOperator(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    String describe() {
        return switch (kind) {
            case NAME, OPERATOR, INTEGER, FLOAT -> "'" + text + "'";
            default -> kind.description;
        };
    }
}
