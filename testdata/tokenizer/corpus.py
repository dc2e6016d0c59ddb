"""The texts that the goldens are made of: many scripts, code, white space, emoji, and random code points.

Everything here is written for this corpus or drawn from a seeded generator, so it is the same on every machine.
"""

import random
import unicodedata

WORDS = {
    "latin": "The quick brown fox jumps over the lazy dog . Größe façade naïve Ångström Straße Œuvre ĲSSEL ǅungla Ǆ ǆ ŉ ſharp",
    "cased": "HelloWorld NaOH eBay pH mL iPhone JSONParser XMLHttpRequest snake_case kebab-case SCREAMING_CASE aBcDeF ABCdef abcDEF Ab",
    "english": "I'm you're we've they'll he'd it's don't I'M YOU'RE We'Ve a'lL 'S 'ſ 'sS o'clock rock'n'roll 'tis '' 'x '1",
    "greek": "Η γρήγορη καφέ αλεπού πηδάει πάνω από το σκύλο ΑΣ ΌΔΟΣ",
    "cyrillic": "Быстрая коричневая лиса прыгает через ленивую собаку Ёлка ЩИТ",
    "armenian": "Բարեւ աշխարհ Հայաստան",
    "georgian": "გამარჯობა მსოფლიო ᲡᲐᲥᲐᲠᲗᲕᲔᲚᲝ",
    "hebrew": "שלום עולם בְּרֵאשִׁית",
    "arabic": "مرحبا بالعالم السَّلَامُ عَلَيْكُمْ ٠١٢٣",
    "devanagari": "नमस्ते दुनिया क्षत्रिय हिन्दी १२३४५",
    "bengali": "ওহে বিশ্ব বাংলা ১২৩",
    "tamil": "வணக்கம் உலகம் தமிழ்",
    "telugu": "హలో ప్రపంచం తెలుగు",
    "thai": "สวัสดีชาวโลก ภาษาไทย ๑๒๓",
    "tibetan": "བོད་སྐད་ཡིག ༡༢༣",
    "burmese": "မင်္ဂလာပါ ကမ္ဘာ",
    "khmer": "សួស្តី​ពិភពលោក",
    "ethiopic": "ሰላም ልዑል አማርኛ",
    "cherokee": "ᏣᎳᎩ ᎣᏏᏲ ꭳꮟꮿ",
    "chinese": "你好，世界！我能吞下玻璃而不伤身体。 繁體中文 〇一二三 ㊀㊁",
    "japanese": "こんにちは世界 カタカナ ｶﾞｷﾞｸﾞ が が ﷺ ヽヾ ー々",
    "korean": "안녕하세요 세계 한국어 각 한",
    "vietnamese": "Xin chào thế giới tiếng Việt Tiếng Việt",
    "math": "∀x∈ℝ: ⌈x⌉ = −⌊−x⌋ α∧¬β ½ ¾ ² ³ x² 10⁻³ Ⅳ ⅷ ① ㉈ 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𝟘𝟙𝟚 ＡＢＣａｂｃ１２３",
    "emoji": "👍 👍🏽 👨‍👩‍👧‍👦 🏳️‍🌈 🇩🇪🇯🇵 ❤️‍🔥 1️⃣ ☺️ 🧑🏿‍🚀 😀😃😄",
    "numbers": "1 12 123 1234 12345 123456 1234567 3.14159 1,000,000 0x7F 1e-10 2026-01-31 v1.2.3 ٣٫١٤ 12ab34 a1b2",
    "symbols": "!? ... --- === !== && || -> => :: /* */ // # $$ @user %d ^ ~ `code` <a href='x'> {} [] () \\n \\t « » “ ” … —",
    "signs": "© ® ™ € £ ¥ ₿ ° ± × ÷ ¶ § † ‡ • ‰ ← ↑ → ↓ ■ □ ▲ ♠ ♥ ✓ ✗",
}

CODE = [
    "def f(x):\n    if x > 0:\n        return x**2\n\treturn None\n",
    "public static void main(String[] args) {\r\n\tSystem.exit(0);\r\n}\r\n",
    "for (int i = 0; i < n; ++i) { a[i] += b[i]*c; }  // sum\n\n\n",
    "SELECT * FROM t WHERE a='it''s' AND b<>NULL;--x\n",
    '{"name": "x", "values": [1, 2.5, -3e10], "nested": {"a": null}}',
    "<div class=\"a\">\n  <p>Text&nbsp;here</p>\n</div>",
    "#!/bin/sh\nset -eu\n\nfor f in *.txt; do\n    echo \"$f\" | sed 's/a/b/g' >> /dev/null 2>&1\ndone",
    "https://example.org/a/b?c=d&e=%20f#g  mailto:a.b@example.org",
    "\\begin{equation}\n  \\int_0^\\infty e^{-x^2}\\,dx = \\frac{\\sqrt{\\pi}}{2}\n\\end{equation}",
    "path/to/file.txt//\n/\n\n//x ./../a\\b\n",
    "user@host:~$ ls -la\n\ntotal 42\ndrwxr-xr-x  2 a  b  4096 Jan  1 00:00 .\n",
    "x=1;y=2;z=x+y!=3?4:5",
]

SPACES = [" ", "  ", "   ", "\t", "\n", "\r", "\r\n", "\n\n", " \n", "\n ", "\t\n ", "\u00a0", "\u3000", "\u2003", "\u0085",
          "\u2028", "\u1680", "\u000b", "\u000c", "\u200b", "\ufeff", "\u200d", "\u180e", " " * 17, "\n" * 9, "\t" * 5]


def handmade():
    """Sentences, code and white space, with and without something around them."""
    for line in WORDS.values():
        yield line
        yield line.upper()
        yield line.lower()
        yield from line.split(" ")
        yield unicodedata.normalize("NFD", line)
    yield from CODE
    for space in SPACES:
        yield from (space, "a" + space, space + "b", "a" + space + "b", "a" + space + space + "1", "." + space + "!" + space)
    yield ""


def from_words(random_source, count):
    """Random sentences of the words, the code and the white space."""
    words = [w for line in WORDS.values() for w in line.split(" ")]
    for _ in range(count):
        parts = []
        for _ in range(random_source.randint(1, 12)):
            parts.append(random_source.choice(words))
            parts.append(random_source.choice(SPACES) if random_source.random() < 0.4 else " ")
        yield "".join(parts)


def code_point(random_source, plane=None):
    """A random code point that is no surrogate, of a random plane."""
    while True:
        kind = random_source.random()
        if plane is not None:
            c = plane * 0x10000 + random_source.randrange(0x10000)
        elif kind < 0.35:
            c = random_source.randrange(0x20, 0x250)
        elif kind < 0.75:
            c = random_source.randrange(0x10000)
        elif kind < 0.95:
            c = random_source.randrange(0x10000, 0x20000)
        else:
            c = random_source.randrange(0x110000)
        if not 0xD800 <= c < 0xE000:
            return chr(c)


def from_code_points(random_source, count):
    """Random code points, with letters, marks, digits and spaces close together."""
    common = "aZ zA1 2'\n\r\t.-/\u0301\u0300\u02b0\u01c5\u4e2d\u0e33"
    for _ in range(count):
        length = random_source.randint(1, 24)
        yield "".join(
            random_source.choice(common) if random_source.random() < 0.5 else code_point(random_source)
            for _ in range(length)
        )


def planes(random_source, each):
    """Random code points of every plane."""
    for plane in range(17):
        for _ in range(each):
            yield "".join(code_point(random_source, plane) for _ in range(8))


def texts(seed, sentences, random_lines, each_plane):
    random_source = random.Random(seed)
    lines = list(handmade())
    lines += from_words(random_source, sentences)
    lines += from_code_points(random_source, random_lines)
    lines += planes(random_source, each_plane)
    return list(dict.fromkeys(lines))
