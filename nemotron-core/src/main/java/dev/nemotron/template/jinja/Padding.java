package dev.nemotron.template.jinja;

/** Filling up text to a width, in code points. */
final class Padding {

    /** Where the filling goes. */
    enum Side {
        /** Before the text. */
        LEFT,
        /** Behind the text. */
        RIGHT,
        /** On both sides, as Python's {@code str.center} shares it out. */
        BOTH
    }

    private Padding() {}

    static Value pad(Text self, Arguments arguments, Side side) {
        int width = arguments.requiredInteger("width");
        Text fill = arguments.optional("fillchar") instanceof Text text ? text : Text.trusted(" ");
        arguments.end();
        if (fill.length() != 1) {
            throw new TemplateFault("The fill character must be exactly one character long");
        }
        return pad(self, width, fill, side);
    }

    static Text pad(Text self, int width, Text fill, Side side) {
        int missing = width - self.length();
        if (missing <= 0) {
            return self;
        }
        int left = switch (side) {
            case LEFT -> missing;
            case RIGHT -> 0;
            case BOTH -> missing / 2 + (missing & width & 1);
        };
        return new TextBuilder()
                .append(repeat(fill, left))
                .append(self)
                .append(repeat(fill, missing - left))
                .build();
    }

    /** Python's {@code text * count}. */
    static Text repeat(Text text, int count) {
        if ((long) text.chars().length() * count > TemplateLimits.TEXT_SIZE) {
            throw new TemplateFault("text of more than " + TemplateLimits.TEXT_SIZE + " characters, the limit");
        }
        TextBuilder out = new TextBuilder();
        if (!text.chars().isEmpty()) {
            for (int i = 0; i < count; i++) {
                out.append(text);
            }
        }
        return out.build().markupLike(text);
    }

    static Value zeroFill(Text self, Arguments arguments) {
        int width = arguments.requiredInteger("width");
        arguments.end();
        boolean signed = self.chars().startsWith("+") || self.chars().startsWith("-");
        int head = signed ? 1 : 0;
        int zeros = Math.max(0, width - self.length());
        return new TextBuilder()
                .append(self, 0, head)
                .append(repeat(Text.trusted("0"), zeros))
                .append(self, head, self.chars().length())
                .build();
    }
}
