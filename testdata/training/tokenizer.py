"""The tokenizer of nemotron-tiny: byte-level BPE in the Hugging Face format, and the chat rendering around it.

Two choices make copying learnable for a tiny model. Content words and digits never swallow the space before them, so a
name has the same tokens in a sentence, in JSON and in XML. And the fixed text blocks of the chat template
are single added tokens, so a prompt with tools stays near 200 tokens.
"""

import json
from pathlib import Path

from jinja2.ext import loopcontrols
from jinja2.sandbox import ImmutableSandboxedEnvironment
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

VOCABULARY = 1536
SPECIAL = ["<unk>", "<s>", "</s>", "[INST]", "[/INST]", "[AVAILABLE_TOOLS]", "[/AVAILABLE_TOOLS]", "[TOOL_RESULTS]",
           "[/TOOL_RESULTS]", "[TOOL_CALLS]", "<|im_start|>", "<|im_end|>"]
VISIBLE = ["<think>", "</think>", "<tool_call>", "</tool_call>", "<tool_response>", "</tool_response>"]
BLOCKS = [
    "# Tools\n\nThese functions are available:\n\n<tools>",
    "\n<function>\n<name>", "</name>\n<description>", "</description>\n<parameters>", "</name>\n<parameters>",
    "\n<parameter>\n<name>", "</name>\n<type>", "</type>\n<description>", "</description>\n</parameter>",
    "</type>\n</parameter>", "</description>\n<enum>", "</enum>\n</parameter>", "\n<required>",
    "</required>\n</parameters>\n</function>", "\n</parameters>\n</function>",
    "\n</tools>\n\nCall a function with exactly this reply and nothing after it:\n\n<tool_call>\n<function=NAME>\n"
    "<parameter=KEY>\nVALUE\n</parameter>\n</function>\n</tool_call>\n\nGive every required parameter. "
    "If no function fits, answer without one.",
    "\n<function=", ">\n<parameter=", "\n</parameter>\n<parameter=", "\n</parameter>\n</function>\n",
    ">\n</function>\n",
]
# words that only hold sentences together: they take the space before them, and no other word does
SMALL = """a an and are as at be by can could did do does for from has have how if in is it its me must my of on or please should that the there these
they this to using was what when where which who will with would you your""".split()
PIECES = (rf" (?:{'|'.join(SMALL)})(?![\p{{L}}\p{{M}}\p{{N}}_])" r"|\p{Lu}[\p{Ll}\p{M}]*|[\p{Ll}\p{M}]+| ?[\p{Lo}\p{Lm}\p{Lt}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+"
          r"|\s*[\r\n]+|\s+(?!\S)|\s+")
TEMPLATE = Path(__file__).with_name("chat_template.jinja")


def train(texts) -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(PIECES), behavior="isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    tokenizer.decoder = decoders.ByteLevel()
    added = [AddedToken(t, special=True, normalized=False) for t in SPECIAL]
    added += [AddedToken(t, special=False, normalized=False) for t in VISIBLE + BLOCKS]
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY, special_tokens=added, min_frequency=2, show_progress=False,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()))
    for block in BLOCKS + VISIBLE + SPECIAL:
        texts = [text.replace(block, "\n") if block in text else text for text in texts]
    tokenizer.train_from_iterator(texts, trainer)
    definition = json.loads(tokenizer.to_str())
    for token in definition["added_tokens"]:
        token["special"] = token["content"] in SPECIAL
    return Tokenizer.from_str(json.dumps(definition))


class Chat:
    """Renders conversations with the folder's own template, as transformers configures Jinja."""

    def __init__(self, tokenizer: Tokenizer):
        self.tokenizer = tokenizer
        environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=[loopcontrols])
        environment.filters["tojson"] = lambda value: json.dumps(value, ensure_ascii=False)
        self.template = environment.from_string(TEMPLATE.read_text())
        self.ids = {token: tokenizer.token_to_id(token) for token in SPECIAL + VISIBLE}

    def render(self, messages, tools=None, thinking=True, prompt=False) -> str:
        return self.template.render(
            messages=messages, tools=tools, enable_thinking=thinking, add_generation_prompt=prompt)

    def encode(self, text: str) -> list[int]:
        return self.tokenizer.encode(text, add_special_tokens=False).ids

    def supervised(self, ids: list[int]) -> list[bool]:
        """True for the tokens that the model itself writes: what follows a generation prompt, <|im_end|> included."""
        start, end = self.ids["<|im_start|>"], self.ids["<|im_end|>"]
        opened, closed = self.ids["<think>"], self.ids["</think>"]
        mask, i = [False] * len(ids), 0
        while i < len(ids):
            if ids[i] == start and i + 3 < len(ids) and ids[i + 3] == opened:
                i += 5  # <|im_start|> assistant \n <think> and then \n or </think>
                while i < len(ids) and ids[i] != end:
                    mask[i] = True
                    i += 1
                if i < len(ids):
                    mask[i] = True
            i += 1
        return mask
