package dev.nemotron.bench.synth;

import dev.nemotron.json.JsonWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@code tokenizer.json} with the structure of the published one (architecture specification 7.1): a thousand special
 * tokens, the 256 bytes, and merged tokens up to the size of the vocabulary. Those are not learned: they are the strings of
 * two, three and four letters in the order of how common the letters are in English, so that English text becomes about as
 * many tokens as with a real tokenizer.
 */
final class SyntheticTokenizer {

    private static final int SPECIAL = 1000;
    private static final int BYTES = 256;
    private static final List<String> NAMED = List.of(
            "<unk>",
            "<s>",
            "</s>",
            "[INST]",
            "[/INST]",
            "[AVAILABLE_TOOLS]",
            "[/AVAILABLE_TOOLS]",
            "[TOOL_RESULTS]",
            "[/TOOL_RESULTS]",
            "[TOOL_CALLS]",
            "<|im_start|>",
            "<|im_end|>",
            "<think>",
            "</think>",
            "<tool_call>",
            "</tool_call>",
            "<tool_response>",
            "</tool_response>");
    private static final String LETTERS = "etaoinshrdlcumwfgypbvkjxqz";

    /** How the byte-level alphabet writes a space. */
    private static final char SPACE = '\u0120';

    private static final String TEKKEN =
            "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
                    + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*"
                    + "|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    private final Map<String, Object> vocabulary = new LinkedHashMap<>();
    private final List<Object> addedTokens = new ArrayList<>();
    private final List<Object> merges = new ArrayList<>();

    private SyntheticTokenizer(int size) {
        for (int id = 0; id < SPECIAL; id++) {
            String name = id < NAMED.size() ? NAMED.get(id) : "<SPECIAL_" + id + ">";
            vocabulary.put(name, id);
            addedTokens.add(addedToken(id, name));
        }
        for (int b = 0; b < BYTES; b++) {
            vocabulary.put(String.valueOf(letterOfByte(b)), SPECIAL + b);
        }
        for (int letters = 2; letters <= 4 && vocabulary.size() < size; letters++) {
            merge(letters, size);
        }
    }

    /**
     * Makes a tokenizer.
     *
     * @param size the size of the vocabulary, from 1256 to about 400,000
     * @return the content of its file
     */
    static String json(int size) {
        SyntheticTokenizer tokenizer = new SyntheticTokenizer(size);
        Map<String, @Nullable Object> model = new LinkedHashMap<>();
        model.put("type", "BPE");
        model.put("dropout", null);
        model.put("unk_token", null);
        model.put("continuing_subword_prefix", null);
        model.put("end_of_word_suffix", null);
        model.put("fuse_unk", false);
        model.put("byte_fallback", false);
        model.put("ignore_merges", false);
        model.put("vocab", tokenizer.vocabulary);
        model.put("merges", tokenizer.merges);
        Map<String, @Nullable Object> file = new LinkedHashMap<>();
        file.put("version", "1.0");
        file.put("truncation", null);
        file.put("padding", null);
        file.put("added_tokens", tokenizer.addedTokens);
        file.put("normalizer", null);
        file.put("pre_tokenizer", preTokenizer());
        file.put("post_processor", byteLevel());
        file.put("decoder", byteLevel());
        file.put("model", model);
        return JsonWriter.write(file);
    }

    private static Map<String, Object> addedToken(int id, String content) {
        Map<String, Object> token = new LinkedHashMap<>();
        token.put("id", id);
        token.put("content", content);
        token.put("single_word", false);
        token.put("lstrip", false);
        token.put("rstrip", false);
        token.put("normalized", false);
        token.put("special", true);
        return token;
    }

    private static Map<String, Object> preTokenizer() {
        Map<String, Object> split = new LinkedHashMap<>();
        split.put("type", "Split");
        split.put("pattern", Map.of("Regex", TEKKEN));
        split.put("behavior", "Isolated");
        split.put("invert", false);
        return Map.of("type", "Sequence", "pretokenizers", List.of(split, byteLevel()));
    }

    private static Map<String, Object> byteLevel() {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("type", "ByteLevel");
        spec.put("add_prefix_space", false);
        spec.put("trim_offsets", true);
        spec.put("use_regex", false);
        return spec;
    }

    /** The byte-level alphabet: printable bytes are themselves, the others follow U+0100 in their order. */
    private static char letterOfByte(int value) {
        int unprintable = 0;
        for (int b = 0; b <= value; b++) {
            boolean printable = (b >= 33 && b <= 126) || (b >= 161 && b <= 172) || b >= 174;
            if (b == value) {
                return (char) (printable ? b : 0x100 + unprintable);
            }
            unprintable += printable ? 0 : 1;
        }
        throw new IllegalArgumentException("no byte: " + value);
    }

    private record Candidate(String text, int rarity) {}

    /** Adds the strings of one length, commonest letters first, each merged from two strings that were added before. */
    private void merge(int letters, int size) {
        List<Candidate> candidates = new ArrayList<>();
        extend("", 0, letters, candidates);
        candidates.sort(Comparator.comparingInt(Candidate::rarity));
        int cut = letters == 2 ? 1 : 2;
        for (Candidate candidate : candidates) {
            if (vocabulary.size() == size) {
                return;
            }
            String left = candidate.text().substring(0, cut);
            String right = candidate.text().substring(cut);
            if (vocabulary.containsKey(left) && vocabulary.containsKey(right)) {
                vocabulary.put(candidate.text(), vocabulary.size());
                merges.add(List.of(left, right));
            }
        }
    }

    /** Lists the words of a length; only the first letter may be a space. */
    private static void extend(String beginning, int rarity, int letters, List<Candidate> words) {
        if (beginning.length() == letters) {
            words.add(new Candidate(beginning, rarity));
            return;
        }
        if (beginning.isEmpty()) {
            extend(String.valueOf(SPACE), rarity, letters, words);
        }
        for (int i = 0; i < LETTERS.length(); i++) {
            extend(beginning + LETTERS.charAt(i), rarity + i, letters, words);
        }
    }
}
