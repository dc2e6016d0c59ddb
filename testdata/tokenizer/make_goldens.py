"""Makes the tokenizer goldens: small tokenizer.json files and what the `tokenizers` library does with a corpus.

    python make_goldens.py               writes small/NAME/tokenizer.json and small/NAME/goldens.jsonl.gz beside itself
    python make_goldens.py --real DIR    writes tokenizers of real size into DIR, outside the repository

See README.md for the packages that it needs.
"""

import argparse
import base64
import collections
import gzip
import json
import os
import random

import corpus
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

HERE = os.path.dirname(os.path.abspath(__file__))

CONTRACTION = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)"
SMALL_WORD = r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"
CAPITAL_WORD = r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"
TEKKEN = SMALL_WORD + "|" + CAPITAL_WORD + r"|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
O200K = (SMALL_WORD + CONTRACTION + "?|" + CAPITAL_WORD + CONTRACTION
         + r"?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+")
LLAMA3 = (CONTRACTION + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")
QWEN2 = LLAMA3.replace("{1,3}", "")
QWEN35 = (CONTRACTION + r"|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")
CL100K = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]"
          r"|\s+(?!\S)|\s+")
KIMI = r"[\p{Han}]+|[^\r\n\p{L}\p{N}]?[\p{L}&&[^\p{Han}]]+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"

BYTES = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
NEMOTRON_SPECIALS = ["<unk>", "<s>", "</s>", "[INST]", "[/INST]", "[TOOL_CALLS]", "<|im_start|>", "<|im_end|>", "<think>",
                     "</think>", "<tool_call>", "</tool_call>", "<SPECIAL_18>"]


def regex_then_bytes(regex):
    return pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(regex), "isolated"), BYTES])


def byte_level(vocabulary_size, pre_tokenizer=None, normalizer=None, specials=(), training=None):
    """A byte-level tokenizer, trained on the corpus."""
    tokenizer = Tokenizer(models.BPE())
    if normalizer is not None:
        tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizer or BYTES
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary_size, special_tokens=list(specials), show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
    tokenizer.train_from_iterator(training or TRAINING, trainer)
    return tokenizer


def edited(tokenizer, **changes):
    """The tokenizer with parts of its JSON replaced; a key may be a path such as model.ignore_merges."""
    spec = json.loads(tokenizer.to_str())
    for path, value in changes.items():
        target = spec
        *parents, key = path.split("__")
        for parent in parents:
            target = target[parent]
        target[key] = value(target[key]) if callable(value) else value
    return Tokenizer.from_str(json.dumps(spec, ensure_ascii=False)), spec


def template(tokenizer, bos, eos=None):
    tokens = [(bos, tokenizer.token_to_id(bos))] + ([(eos, tokenizer.token_to_id(eos))] if eos else [])
    end = f" {eos}:0" if eos else ""
    return processors.TemplateProcessing(single=f"{bos}:0 $A:0{end}", pair=None, special_tokens=tokens)


def tekken():
    return byte_level(1500, regex_then_bytes(TEKKEN), specials=NEMOTRON_SPECIALS)


def tekken_bos():
    """As the Nemotron-H generation: a beginning token, and merges in the older spelling."""
    tokenizer = byte_level(700, regex_then_bytes(TEKKEN), specials=NEMOTRON_SPECIALS)
    tokenizer.post_processor = template(tokenizer, "<s>")
    return edited(tokenizer, model__merges=lambda merges: [" ".join(pair) for pair in merges])


def llama3():
    """Words that no merges lead to are taken whole."""
    tokenizer = byte_level(1200, regex_then_bytes(LLAMA3))
    spec = json.loads(tokenizer.to_str())
    for word in ["ĠpHmL", "JSONParser", "ĠÐŁÑĢÐ¸", "qqqq", "ĠSystem", "Ġlazyness", "()", "fooÃ©"]:
        spec["model"]["vocab"].setdefault(word, len(spec["model"]["vocab"]))
    spec["model"]["ignore_merges"] = True
    tokenizer = Tokenizer.from_str(json.dumps(spec))
    tokenizer.add_special_tokens(["<|begin_of_text|>", "<|end_of_text|>", "<|eot_id|>"])
    tokenizer.post_processor = processors.Sequence(
        [processors.ByteLevel(trim_offsets=False), template(tokenizer, "<|begin_of_text|>")])
    return tokenizer


def qwen2():
    tokenizer = byte_level(1200, regex_then_bytes(QWEN2), normalizers.NFC())
    tokenizer.add_special_tokens(["<|endoftext|>", "<|im_start|>", "<|im_end|>"])
    tokenizer.add_tokens([AddedToken("<tool_call>", normalized=False), AddedToken("</tool_call>", normalized=False)])
    return tokenizer


def o200k():
    tokenizer = byte_level(1200, regex_then_bytes(O200K))
    tokenizer.add_special_tokens(["<|startoftext|>", "<|end|>", "<|channel|>"])
    return tokenizer


def gpt2():
    tokenizer = byte_level(900, pre_tokenizers.ByteLevel(add_prefix_space=True))
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=True)
    return tokenizer


def added_tokens(normalizer):
    tokenizer = byte_level(500, regex_then_bytes(TEKKEN), normalizer)
    tokenizer.add_special_tokens([
        AddedToken("<s>", normalized=False), AddedToken("<sp>", lstrip=True, rstrip=True, normalized=False),
        AddedToken("<left>", lstrip=True, normalized=False), AddedToken("<right>", rstrip=True, normalized=False),
        AddedToken("<norm>", normalized=True)])
    tokenizer.add_tokens([
        AddedToken("word", single_word=True, normalized=False), AddedToken("Wort", single_word=True, normalized=True),
        AddedToken("<s><s>", normalized=False), AddedToken("<|a|>", normalized=False), AddedToken("<|a", normalized=False),
        AddedToken("  ", normalized=False), AddedToken("\u2028x", normalized=False), AddedToken("é", normalized=False),
        AddedToken("Ġx", normalized=False), AddedToken("<Upper>", normalized=True), AddedToken("\u212bé", normalized=True), AddedToken("two words", normalized=True), AddedToken("the", normalized=True),
        AddedToken("<r>", rstrip=True, lstrip=True, single_word=True, normalized=True), AddedToken("👍🏽", normalized=False)])
    return tokenizer


def frequent_characters(count):
    """The most frequent characters of the corpus; the trainer itself breaks ties at random."""
    counts = collections.Counter("".join(TRAINING).replace(" ", "▁"))
    return [c for c, _ in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))[:count]]


def sentencepiece(byte_fallback, fuse_unknown):
    """As conversions of SentencePiece models: no bytes but characters, with or without byte tokens to fall back on."""
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    byte_tokens = [f"<0x{b:02X}>" for b in range(256)] if byte_fallback else []
    trainer = trainers.BpeTrainer(
        vocab_size=900, special_tokens=["<unk>", "<s>", "</s>"] + byte_tokens, show_progress=False,
        limit_alphabet=150, initial_alphabet=frequent_characters(150))
    tokenizer.train_from_iterator(TRAINING, trainer)
    spec = json.loads(tokenizer.to_str())
    spec["added_tokens"] = spec["added_tokens"][:3]
    spec["model"].update(byte_fallback=byte_fallback, fuse_unk=fuse_unknown)
    return spec


def llama2():
    spec = sentencepiece(True, True)
    spec["pre_tokenizer"] = None
    space = {"String": " "}
    spec["normalizer"] = {"type": "Sequence", "normalizers": [
        {"type": "Prepend", "prepend": "▁"}, {"type": "Replace", "pattern": space, "content": "▁"}]}
    spec["decoder"] = {"type": "Sequence", "decoders": [
        {"type": "Replace", "pattern": {"String": "▁"}, "content": " "}, {"type": "ByteFallback"}, {"type": "Fuse"},
        {"type": "Strip", "content": " ", "start": 1, "stop": 0}]}
    tokenizer = Tokenizer.from_str(json.dumps(spec))
    tokenizer.post_processor = template(tokenizer, "<s>", "</s>")
    return tokenizer


def metaspace(scheme, split, fuse_unknown):
    spec = sentencepiece(False, fuse_unknown)
    tokenizer = Tokenizer.from_str(json.dumps(spec))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme=scheme, split=split)
    tokenizer.decoder = decoders.Metaspace(prepend_scheme=scheme)
    return tokenizer


def splits():
    """One tiny vocabulary under many pre-tokenizers."""
    base = byte_level(400)
    steps = pre_tokenizers
    behaviors = ["removed", "isolated", "merged_with_previous", "merged_with_next", "contiguous"]
    variants = {}
    for behavior in behaviors:
        for invert in (False, True):
            name = behavior.replace("_", "-") + ("-inverted" if invert else "")
            variants["split-" + name] = [steps.Split(Regex(r"[aeiou]|\s+|\p{Lo}"), behavior, invert)]
            variants["literal-" + name] = [steps.Split("o", behavior, invert)]
    for behavior in behaviors:
        variants["punctuation-" + behavior.replace("_", "-")] = [steps.Punctuation(behavior)]
    variants["digits"] = [steps.Digits(individual_digits=False)]
    variants["digits-single"] = [steps.Digits(individual_digits=True)]
    variants["whitespace"] = [steps.Whitespace()]
    variants["whitespace-split"] = [steps.WhitespaceSplit()]
    variants["cl100k"] = [steps.Split(Regex(CL100K), "isolated")]
    variants["kimi"] = [steps.Split(Regex(KIMI), "isolated")]
    variants["qwen35"] = [steps.Split(Regex(QWEN35), "isolated")]
    variants["tekken-removed-inverted"] = [steps.Split(Regex(TEKKEN), "removed", True)]
    variants["anchors"] = [steps.Split(Regex(r"^\w+|\d+$|."), "isolated")]
    variants["prefix-space"] = [steps.Digits(), steps.ByteLevel(add_prefix_space=True, use_regex=True)]
    variants["bytes-first"] = [steps.ByteLevel(add_prefix_space=True, use_regex=False), steps.Split("Ġ", "merged_with_next")]
    for name, chain in variants.items():
        tokenizer = Tokenizer.from_str(base.to_str())
        ends_in_bytes = name in ("prefix-space", "bytes-first")
        tokenizer.pre_tokenizer = steps.Sequence(chain if ends_in_bytes else chain + [BYTES])
        yield name, tokenizer


def forms():
    """One tiny vocabulary under many normalizers."""
    base = byte_level(400)
    n = normalizers
    variants = {
        "nfd": n.NFD(), "nfkc": n.NFKC(), "nfkd": n.NFKD(), "lowercase": n.Lowercase(), "strip": n.Strip(),
        "strip-left": n.Strip(left=True, right=False), "prepend": n.Prepend("_"),
        "replace-regex": n.Sequence([n.Replace(Regex(r"\s+"), " "), n.Replace("a", "<s>")]),
    }
    for name, normalizer in variants.items():
        tokenizer = Tokenizer.from_str(base.to_str())
        tokenizer.normalizer = normalizer
        yield name, tokenizer


def small():
    yield "tekken", tekken(), 1.0
    yield "tekken-bos", tekken_bos(), 0.2
    yield "llama3", llama3(), 1.0
    yield "qwen2", qwen2(), 1.0
    yield "o200k", o200k(), 1.0
    yield "gpt2", gpt2(), 0.6
    yield "added-tokens", added_tokens(None), 0.4
    yield "added-tokens-normalized", added_tokens(normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])), 0.4
    yield "llama2", llama2(), 0.4
    yield "metaspace-first", metaspace("first", True, False), 0.2
    yield "metaspace-always", metaspace("always", False, True), 0.2
    yield "metaspace-never", metaspace("never", True, True), 0.2
    for name, tokenizer in splits():
        yield name, tokenizer, 0.07
    for name, tokenizer in forms():
        yield name, tokenizer, 0.15


def with_added_tokens(tokenizer, texts, random_source):
    """Puts added tokens into some of the texts."""
    contents = [token.content for token in tokenizer.get_added_tokens_decoder().values() if not token.content.startswith("<0x")]
    for i, text in enumerate(texts):
        yield text
        if contents and (i % 4 == 0 or len(contents) > 15):
            cut = random_source.randint(0, len(text))
            glue = random_source.choice(["", "", " ", "\n ", "x", "  \u3000"])
            twice = random_source.choice(contents) if i % 8 == 0 else ""
            yield text[:cut] + glue + random_source.choice(contents) + twice + glue[::-1] + text[cut:]


def golden(tokenizer, text):
    with_special = tokenizer.encode(text).ids
    ids = tokenizer.encode(text, add_special_tokens=False).ids
    line = {"text": text, "ids": ids, "decoded": tokenizer.decode(ids, skip_special_tokens=False)}
    if with_special != ids:
        line["with_special"] = with_special
    skipped = tokenizer.decode(with_special, skip_special_tokens=True)
    if skipped != line["decoded"]:
        line["skipped"] = skipped
    tokenizer.encode_special_tokens = True
    plain = tokenizer.encode(text, add_special_tokens=False).ids
    tokenizer.encode_special_tokens = False
    if plain != ids:
        line["plain"] = plain
    return line


def write(folder, tokenizer, texts):
    """Writes tokenizer.json and the goldens; a golden's absent keys equal ids, or decoded."""
    os.makedirs(folder, exist_ok=True)
    spec = None
    if isinstance(tokenizer, tuple):
        tokenizer, spec = tokenizer
    spec = spec or json.loads(tokenizer.to_str())
    with open(os.path.join(folder, "tokenizer.json"), "w", encoding="utf-8") as out:
        json.dump(spec, out, ensure_ascii=False, separators=(",", ":"))
    texts = list(dict.fromkeys(with_added_tokens(tokenizer, texts, random.Random(len(texts)))))
    write_lines(os.path.join(folder, "goldens.jsonl.gz"), (golden(tokenizer, text) for text in texts))
    print(f"{os.path.basename(folder)}: {len(texts)} lines, {tokenizer.get_vocab_size()} tokens")


def write_lines(path, entries):
    text = "".join(json.dumps(entry, separators=(",", ":")) + "\n" for entry in entries)
    with gzip.GzipFile(path, "wb", 9, mtime=0) as out:
        out.write(text.encode())


def decodings(tokenizer, random_source):
    """Random ids, byte tokens above all, so that most of them are not the encoding of any text."""
    size = tokenizer.get_vocab_size()
    added = list(tokenizer.get_added_tokens_decoder())
    for _ in range(200):
        ids = [random_source.choice(added) if random_source.random() < 0.1
               else random_source.randrange(300 if random_source.random() < 0.7 else size)
               for _ in range(random_source.randint(1, 16))]
        yield {"text": "", "ids": ids, "decoded": tokenizer.decode(ids, skip_special_tokens=False),
               "skipped": tokenizer.decode(ids, skip_special_tokens=True)}


def spelled(token):
    """A token's bytes in the byte alphabet."""
    return "".join(ALPHABET[b] for b in token)


def byte_alphabet():
    printable = [b for b in range(256) if 33 <= b <= 126 or 161 <= b <= 172 or b >= 174]
    others = [b for b in range(256) if b not in printable]
    return {b: chr(b) for b in printable} | {b: chr(256 + i) for i, b in enumerate(others)}


ALPHABET = byte_alphabet()


def from_ranks(ranks, offset, regex, normalizer=None, ignore_merges=False):
    """A tokenizer.json of a table of bytes to ranks: every way to put a token together is a merge, in order of rank."""
    vocab = {spelled(token): rank + offset for token, rank in ranks.items()}
    merges = []
    for token, _ in sorted(ranks.items(), key=lambda entry: entry[1]):
        parts = [(token[:i], token[i:]) for i in range(1, len(token)) if token[:i] in ranks and token[i:] in ranks]
        parts.sort(key=lambda pair: (ranks[pair[0]], ranks[pair[1]]))
        merges += [[spelled(left), spelled(right)] for left, right in parts]
    return {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": [],
        "normalizer": normalizer,
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
            {"type": "Split", "pattern": {"Regex": regex}, "behavior": "Isolated", "invert": False},
            {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": False}]},
        "post_processor": None,
        "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
        "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None,
                  "end_of_word_suffix": None, "fuse_unk": False, "byte_fallback": False, "ignore_merges": ignore_merges,
                  "vocab": vocab, "merges": merges}}


def special(spec, names, first=None):
    """Gives a specification special tokens, of its vocabulary or behind it."""
    for i, name in enumerate(names):
        token_id = first + i if first is not None else max(spec["model"]["vocab"].values()) + 1 + i
        spec["added_tokens"].append({"id": token_id, "content": name, "single_word": False, "lstrip": False,
                                     "rstrip": False, "normalized": False, "special": True})
    return spec


def tiktoken_file(path, opener=open):
    with opener(path, "rb") as lines:
        return {base64.b64decode(token): int(rank) for token, rank in (line.split() for line in lines if line.strip())}


def tekken_131k():
    import mistral_common
    path = os.path.join(os.path.dirname(mistral_common.__file__), "data", "tekken_240718.json")
    with open(path, encoding="utf-8") as file:
        entries = json.load(file)["vocab"]
    ranks = {base64.b64decode(entry["token_bytes"]): entry["rank"] for entry in entries if entry["rank"] < 130072}
    spec = from_ranks(ranks, 1000, TEKKEN)
    names = ["<unk>", "<s>", "</s>", "[INST]", "[/INST]", "[AVAILABLE_TOOLS]", "[/AVAILABLE_TOOLS]", "[TOOL_RESULTS]",
             "[/TOOL_RESULTS]", "[TOOL_CALLS]", "<|im_start|>", "<|im_end|>", "<think>", "</think>", "<tool_call>",
             "</tool_call>", "<tool_response>", "</tool_response>"]
    names += [f"<SPECIAL_{i}>" for i in range(len(names), 1000)]
    spec["model"]["vocab"] = dict(zip(names, range(1000))) | spec["model"]["vocab"]
    return special(spec, names, 0)


def llama_128k():
    import importlib.util
    package = importlib.util.find_spec("llama_models")
    path = os.path.join(package.submodule_search_locations[0], "llama3", "tokenizer.model")
    spec = from_ranks(tiktoken_file(path), 0, LLAMA3, ignore_merges=True)
    special(spec, ["<|begin_of_text|>", "<|end_of_text|>", "<|eot_id|>"])
    return spec


def qwen_151k():
    import importlib.util
    package = importlib.util.find_spec("dashscope")
    path = os.path.join(package.submodule_search_locations[0], "resources", "qwen.tiktoken")
    return special(from_ranks(tiktoken_file(path), 0, QWEN2, {"type": "NFC"}), ["<|endoftext|>", "<|im_start|>", "<|im_end|>"])


def o200k_200k():
    import importlib.util
    package = importlib.util.find_spec("bpe_openai")
    path = os.path.join(package.submodule_search_locations[0], "data", "o200k_base.tiktoken.gz")
    return special(from_ranks(tiktoken_file(path, gzip.open), 0, O200K), ["<|startoftext|>", "<|endoftext|>", "<|end|>"])


def real(folder):
    texts = corpus.texts(7, 3000, 3000, 60)
    for name, build in {"tekken-131k": tekken_131k, "llama-128k": llama_128k, "qwen-151k": qwen_151k,
                        "o200k": o200k_200k}.items():
        try:
            spec = build()
        except (ImportError, AttributeError) as error:
            print(f"{name}: skipped, its package is not installed ({error})")
            continue
        write(os.path.join(folder, name), (Tokenizer.from_str(json.dumps(spec)), spec), texts)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--real", metavar="DIR")
    arguments = parser.parse_args()
    if arguments.real:
        real(arguments.real)
        return
    texts = corpus.texts(1, 250, 350, 8)
    for name, tokenizer, share in small():
        some = texts if share == 1 else [t for t in texts if random.Random(name + t).random() < share]
        folder = os.path.join(HERE, "small", name)
        write(folder, tokenizer, some)
        if name in ("tekken", "added-tokens", "added-tokens-normalized", "llama2", "metaspace-first"):
            write_lines(os.path.join(folder, "decodings.jsonl.gz"), decodings(tokenizer, random.Random(name)))


TRAINING = corpus.texts(3, 400, 0, 0)

if __name__ == "__main__":
    main()
