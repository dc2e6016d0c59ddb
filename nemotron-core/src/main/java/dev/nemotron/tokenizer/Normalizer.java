package dev.nemotron.tokenizer;

import dev.nemotron.ModelFormatException;
import dev.nemotron.UnsupportedModelException;
import dev.nemotron.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Rewrites text before it is cut. */
interface Normalizer {

    /** Returns the normalised form; the same object where nothing changes. */
    String normalize(String text);

    /**
     * Reads a normalizer.
     *
     * @param spec its object in a tokenizer file
     * @return the normalizer
     * @throws ModelFormatException if it is malformed
     * @throws UnsupportedModelException if it is of another kind than the ones above
     */
    static Normalizer read(JsonObject spec) {
        String type = TokenizerFile.type(spec);
        return switch (type) {
            case "Sequence" -> {
                List<Normalizer> steps = new ArrayList<>();
                for (JsonObject step : TokenizerFile.objects(spec, "normalizers")) {
                    steps.add(read(step));
                }
                yield sequence(steps);
            }
            case "NFC" -> new UnicodeForm(java.text.Normalizer.Form.NFC);
            case "NFD" -> new UnicodeForm(java.text.Normalizer.Form.NFD);
            case "NFKC" -> new UnicodeForm(java.text.Normalizer.Form.NFKC);
            case "NFKD" -> new UnicodeForm(java.text.Normalizer.Form.NFKD);
            case "Lowercase" -> Normalizer::lowercase;
            case "Strip" -> strip(spec.flag("strip_left", true), spec.flag("strip_right", true));
            case "Prepend" -> {
                String prefix = TokenizerFile.string(spec, "prepend");
                yield text -> text.isEmpty() ? text : prefix + text;
            }
            case "Replace" -> Replacement.read(spec)::apply;
            default ->
                throw new UnsupportedModelException(
                        spec.source() + ": the normalizer \"" + type
                                + "\" is not supported; NFC, NFD, NFKC, NFKD, Lowercase, Strip, Prepend, Replace and Sequence are");
        };
    }

    private static Normalizer sequence(List<Normalizer> steps) {
        return text -> {
            String result = text;
            for (Normalizer step : steps) {
                result = step.normalize(result);
            }
            return result;
        };
    }

    private static Normalizer strip(boolean left, boolean right) {
        return text -> {
            int from = 0;
            int to = text.length();
            while (left && from < to && CharacterClasses.is(text.charAt(from), CharacterClasses.SPACE)) {
                from++;
            }
            while (right && to > from && CharacterClasses.is(text.charAt(to - 1), CharacterClasses.SPACE)) {
                to--;
            }
            return text.substring(from, to);
        };
    }

    /** Lower-cases each character by itself, so that a final sigma is an ordinary one. */
    private static String lowercase(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            lower.appendCodePoint(Character.toLowerCase(c));
            if (c == 0x130) {
                lower.append('\u0307');
            }
        });
        return lower.toString();
    }
}
