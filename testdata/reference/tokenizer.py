"""A small byte-level BPE tokenizer and a chat template in the layout of the Nemotron 3 folders."""

import json
from collections import Counter
from pathlib import Path

SPECIAL = ["<unk>", "<s>", "</s>", "[INST]", "[/INST]", "<SPECIAL_5>", "<SPECIAL_6>", "<SPECIAL_7>", "<SPECIAL_8>",
           "<SPECIAL_9>", "<|im_start|>", "<|im_end|>", "<think>", "</think>", "<tool_call>", "</tool_call>"]
LETTERS = r"[^\r\n\p{L}\p{N}]?"
PATTERN = (
    LETTERS + r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|"
    + LETTERS + r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|"
    r"\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+")
TEXT = ("The library reads the folder and answers the question. A model is a list of blocks, and each block adds what "
        "its mixer finds to the stream. system user assistant What is the answer? The answer is here. ") * 4
TEMPLATE = """\
{{- '<s>' }}
{%- for message in messages %}
{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}
{%- endfor %}
{%- if add_generation_prompt %}
{{- '<|im_start|>assistant\\n' + ('<think>\\n' if enable_thinking | default(true) else '<think></think>') }}
{%- endif %}
"""


def byte_alphabet() -> list[str]:
    """The printable letter that stands for each byte."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = iter(range(256, 512))
    return [chr(byte) if byte in printable else chr(next(others)) for byte in range(256)]


def merges(count: int) -> list[tuple[str, str]]:
    """The most frequent pair again and again, the lexically smallest of equals."""
    letters = byte_alphabet()
    words = Counter(("" if not i else " ") + word for i, word in enumerate(TEXT.split(" ")) if word)
    split = {word: [letters[byte] for byte in word.encode()] for word in words}
    chosen: list[tuple[str, str]] = []
    while len(chosen) < count:
        pairs: Counter = Counter()
        for word, parts in split.items():
            for pair in zip(parts, parts[1:]):
                pairs[pair] += words[word]
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        chosen.append(best)
        split = {word: _join(parts, best) for word, parts in split.items()}
    return chosen


def _join(parts: list[str], pair: tuple[str, str]) -> list[str]:
    joined: list[str] = []
    for part in parts:
        if joined and (joined[-1], part) == pair and len(joined[-1]) == len(pair[0]):
            joined[-1] += part
        else:
            joined.append(part)
    return joined


def write(folder: Path, vocabulary: int) -> None:
    pairs = merges(vocabulary - len(SPECIAL) - 256)
    tokens = SPECIAL + byte_alphabet() + [a + b for a, b in pairs]
    added = [{"id": i, "content": token, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False,
              "special": token not in SPECIAL[12:]} for i, token in enumerate(SPECIAL)]
    (folder / "tokenizer.json").write_text(json.dumps({
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": added, "normalizer": None,
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
            {"type": "Split", "pattern": {"Regex": PATTERN}, "behavior": "Isolated", "invert": False},
            {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": False}]},
        "post_processor": None,
        "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
        "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None,
                  "end_of_word_suffix": None, "fuse_unk": False, "byte_fallback": False, "ignore_merges": False,
                  "vocab": {token: i for i, token in enumerate(tokens)}, "merges": [list(pair) for pair in pairs]},
    }, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    (folder / "tokenizer_config.json").write_text(json.dumps({
        "tokenizer_class": "PreTrainedTokenizerFast", "bos_token": "<s>", "eos_token": "<|im_end|>",
        "unk_token": "<unk>", "pad_token": "<unk>", "add_bos_token": False, "add_eos_token": False,
        "clean_up_tokenization_spaces": False, "model_max_length": 8192}, indent=1) + "\n")
    (folder / "chat_template.jinja").write_text(TEMPLATE)
