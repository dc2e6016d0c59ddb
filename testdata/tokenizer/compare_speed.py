"""Measures our tokenizer and the `tokenizers` library on one thread, in turns, on the same text.

    pip install tokenizers==0.23.3
    ./nemotron --version                                  # builds, if it is not built
    python testdata/tokenizer/compare_speed.py FOLDER     # a folder with a tokenizer.json, such as `./nemotron synth` writes

The text mixes English and code of this repository with numbers and many scripts. It is encoded in documents of some
kilobytes, and in one go. The library runs without offsets (`encode_batch_fast`), its faster way, and the ids of the two
are compared.
"""

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from array import array
from pathlib import Path

os.environ["RAYON_NUM_THREADS"] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"

import tokenizers

import corpus

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
DOCUMENT = 4000


def paragraphs():
    """English and code as they stand in this repository, and the many scripts of the corpus."""
    for pattern in ("*.md", "docs/**/*.md", "nemotron-*/src/**/*.java", "testdata/**/*.py"):
        for file in sorted(ROOT.glob(pattern)):
            yield from file.read_text(encoding="utf-8").split("\n\n")


def scripts(source):
    """A line of one script, whose words are shuffled."""
    words = source.choice(list(corpus.WORDS.values())).split(" ")
    source.shuffle(words)
    return " ".join(words)


def numbers(source):
    """A row of a table."""
    return "\t".join(f"{source.uniform(-1e6, 1e6):.{source.randrange(6)}f}" for _ in range(8))


def documents(size):
    """Documents of some kilobytes."""
    source = random.Random(1)
    prose = list(paragraphs())
    texts, total = [], 0
    while total < size:
        parts, length = [], 0
        while length < DOCUMENT:
            kind = source.random()
            part = source.choice(prose) if kind < 0.4 else scripts(source) if kind < 0.8 else numbers(source)
            parts.append(part)
            length += len(part.encode())
        texts.append("\n\n".join(parts))
        total += length
    return texts


def java_command(folder, file):
    """Our side, from the jars that the command of this repository runs from."""
    app = ROOT / "nemotron-cli" / "target" / "app"
    if not app.is_dir():
        sys.exit("build first, with ./nemotron --version")
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    return [java, "-XX:+UseSerialGC", "-Xmx2g", "-p", str(app), "--add-modules", "dev.nemotron.core",
            str(HERE / "EncodeSpeed.java"), str(folder), file]


def ours(process):
    process.stdin.write("go\n")
    process.stdin.flush()
    nanos, tokens, checksum = process.stdout.readline().split()
    return int(nanos) / 1e9, int(tokens), int(checksum)


def theirs(tokenizer, texts):
    start = time.perf_counter()
    encodings = [tokenizer.encode_batch_fast([text], add_special_tokens=False)[0] for text in texts]
    seconds = time.perf_counter() - start
    checksum, tokens = 0, 0
    for encoding in encodings:
        checksum = zlib.crc32(array("i", encoding.ids).tobytes(), checksum)
        tokens += len(encoding)
    return seconds, tokens, checksum


def compare(name, folder, texts, rounds, warm_ups):
    size = sum(len(text.encode()) for text in texts) / 1e6
    tokenizer = tokenizers.Tokenizer.from_file(str(Path(folder) / "tokenizer.json"))
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="") as file:
        file.write("\0".join(texts))
        file.flush()
        with subprocess.Popen(java_command(folder, file.name), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              text=True) as process:
            for _ in range(warm_ups):
                ours(process)
            pairs = [(ours(process), theirs(tokenizer, texts)) for _ in range(rounds)]
            process.stdin.close()
    if any(a[1:] != b[1:] for a, b in pairs):
        sys.exit(f"{name}: the ids differ, {pairs[0][0][1]} tokens here and {pairs[0][1][1]} there")
    our_speed = size / statistics.median(a[0] for a, _ in pairs)
    their_speed = size / statistics.median(b[0] for _, b in pairs)
    print(f"{name:<28} {size:6.1f} MB {pairs[0][0][1]:10,} tokens   ours {our_speed:6.2f} MB/s"
          f"   tokenizers {tokenizers.__version__} {their_speed:6.2f} MB/s   ratio {our_speed / their_speed:.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", help="a folder with a tokenizer.json")
    parser.add_argument("--megabytes", type=float, default=10)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--warm-ups", type=int, default=3, help="how often our side runs before it is measured")
    options = parser.parse_args()
    texts = documents(int(options.megabytes * 1e6))
    compare("documents of some kilobytes", options.folder, texts, options.rounds, options.warm_ups)
    compare("in one go", options.folder, ["\n\n".join(texts)], options.rounds, options.warm_ups)


if __name__ == "__main__":
    main()
