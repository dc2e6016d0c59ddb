"""Small Jinja cases: one per line of the lists below, each with the variables it needs."""

VARIABLES = {
    "s": "Hello World",
    "empty": "",
    "multi": "one\n  two\n\nthree\n",
    "uni": "Grüße, Ω≈ç√ 🧑‍🚀 ß ǆ",
    "html": "<a href='x'>\"T&C\"</a>",
    "blank": "  \u00a0pad\u0085\t\n ",
    "n": 42,
    "neg": -7,
    "zero": 0,
    "big": 9007199254740993,
    "huge": 123456789012345678901234567890,
    "f": 3.5,
    "t": True,
    "no": False,
    "none": None,
    "nil": None,
    "l": [3, 1, 2],
    "words": ["banana", "Apple", "cherry", "apple"],
    "mixed": [1, "a", None, True, 2.0, [1, "x"], {"k": "v"}],
    "d": {"b": 1, "a": 2, "C": 3},
    "nested": {"x": {"y": [1, {"z": "deep"}]}, "items": "shadowed", "get": 5, "_private": 1},
    "users": [
        {"name": "Ann", "age": 30, "tags": ["x"]},
        {"name": "bob", "age": 25, "tags": []},
        {"name": "Cid", "age": 30},
    ],
    "messages": [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Hi"},
        {"role": "assistant", "content": "<think>\nhm\n</think>\nYo"},
        {"role": "user", "content": "Bye"},
    ],
    "tree": [{"v": 1, "c": [{"v": 2, "c": []}, {"v": 3, "c": [{"v": 4, "c": []}]}]}, {"v": 5, "c": []}],
}

# Each expression is printed.
PRINTING = r"""
1 ## 1.0 ## -0.0 ## 1e5 ## 1e16 ## 1e15 ## 123456789012345680.0 ## 0.0001 ## 0.00001 ## 1e-05 ## 1.5e300 ## 5e-324 ## 2e-323 ## 1e22 ## 1e23 ## 0.1 + 0.2
1_000 ## 0x1F ## 0o17 ## 0b101 ## 1_0.5 ## 1e+3 ## 00 ## 3.14 ## 100000000000000000000000
true ## True ## false ## none ## None ## [] ## () ## {} ## (1,) ## (1, 2) ## [1, 'a', "it's", 'q"', 'b\'"', none, true, 1.0] ## {'a': 1, 'b': [1, (2, 3)]} ## {1: 2, none: 3, true: 'x'}
n ## f ## t ## none ## l ## d ## mixed ## big ## huge ## uni ## [uni] ## [s, multi] ## nested ## [blank] ## ['\x00\x1f\x7f\xad', '\u200b\ue000', '\U0001F600']
undefined_name ## [undefined_name] ## undefined_name ~ 'x' ## {'a': undefined_name} ## undefined_name|default('dflt') ## missing.attr ## missing['x'] ## s.missing ## d.missing ## d.missing.more ## l[99] ## l['x']
'a' 'b' ## 'tab\tnew\nline' ## "q\"q" ## 'back\\slash' ## '\x41\u00e9\101' ## '\d\w' ## '\N{BULLET}' ## 'multi
line' ## "{{ not code }}" ## '%}' ## 'a\
b'
range(3) ## range(2, 8, 3) ## range(0) ## range(5, 0, -2)|list ## range(3)|list ## d.items() ## d.keys() ## d.values() ## d.items()|list ## range(10)[2:5]|list
"""

OPERATORS = r"""
1 + 2 * 3 ## (1 + 2) * 3 ## 7 / 2 ## 6 / 2 ## 7 // 2 ## -7 // 2 ## 7 % 3 ## -7 % 3 ## 7 % -3 ## 2 ** 3 ** 2 ## -2 ** 2 ## 2 ** -1 ## 2 ** 0.5 ## 7.5 // 2 ## -7.5 % 2 ## 1 / 3 ## 10 ** 20 ## 5.0 // 0.3 ## 0.0 * -1
'a' + 'b' ## 'a' * 3 ## 3 * 'ab' ## 'a' * -1 ## [1] + [2] ## [0] * 3 ## (1,) + (2,) ## 'a' ~ 1 ~ none ~ true ~ 1.0 ~ [1] ## 1 ~ 2 + 3 ## 1 + 2 ~ 3 ## 'x' ~ 2 * 3 ## true + 1 ## true + true ## 1 + 1.0 ## big + 1 ## huge * 2 ## -n ## +n ## - -1 ## not not 1
1 == 1.0 ## true == 1 ## 1 == '1' ## 'a' < 'b' ## 'Z' < 'a' ## [1, 2] < [1, 3] ## (1,) == [1] ## 1 < 2 < 3 ## 1 < 3 < 2 ## 3 > 2 >= 2 ## 1 != 2 ## none == none ## none == false ## [] == [] ## {'a': 1} == {'a': 1.0} ## missing == missing ## missing == none ## big == big + 0.0 ## '🧑' < '\uffff' ## 'ab' < 'abc'
1 in [1, 2] ## 'b' in 'abc' ## '' in 'abc' ## 'b' in d ## 1 in d ## 4 not in l ## 'x' in missing ## not 1 in [2] ## 1 in [1.0] ## true in [1] ## 'an' in words ## (1, 2) in [(1, 2)]
1 and 2 ## 0 and 2 ## '' or 'x' ## none or 0 or [] ## 1 or missing.x ## not '' ## not none ## not [0] ## 1 and not 0 ## true and 'yes' or 'no' ## false and 'yes' or 'no' ## not true or true ## not (true or true)
'yes' if t else 'no' ## 'yes' if no ## 'a' if no else 'b' if no else 'c' ## ('x' if no) is undefined ## 1 if t else 2 if t ## 'a' if t and not no else 'b' ## [1 if t else 2, 3]
s|length > 3 and 'x' ## not s|length == 11 ## s|upper ~ 'x'|lower ## 'x' ~ ' y '|trim ~ 'z' ## -1|abs ## (-1)|abs ## 2 + '3'|int ## 1 + 2|string|length ## [1,2]|length + 1 ## n is number and s is string ## not n is string ## 'a' in words|map('lower')|list ## 1 if n is defined else 2
1 < 'a' ## [] < 1 ## none + 1 ## 'a' + 1 ## 1 + 'a' ## 'a' - 'b' ## [1] + (2,) ## 1 / 0 ## 1 // 0 ## 1 % 0 ## 1.0 / 0 ## missing + 1 ## 1 + missing ## -missing ## -'a' ## missing < 1 ## 1 in 5 ## 1 in 'a' ## none in 'a' ## {} in d ## d < d ## 0 ** -1 ## 'a' in none
'%s is %d' % ('x', 3) ## '%05.2f|%-5s|%5s|%x|%%' % (3.14159, 'ab', 'cd', 255) ## '%s' % 'x' ## '%s' % [1] ## '%(a)s-%(b)03d' % {'a': 1, 'b': 7} ## '%r %r' % ('a', none) ## '%s %s' % 'a' ## '%d' % 'x' ## '%+d % d %e %g' % (5, 6, 12345.678, 0.00001234) ## '%i' % 3.9
"""

SLICES = r"""
l[0] ## l[-1] ## l[1:] ## l[:1] ## l[:-1] ## l[::-1] ## l[::2] ## l[-2:] ## l[5:] ## l[:-9] ## l[2:0:-1] ## l[-1:-9:-1] ## l[:] ## l[1:2:] ## l[::-2] ## l[none:2] ## (1,2,3)[1:] ## l[true]
s[0] ## s[-1] ## s[1:4] ## s[::-1] ## s[::3] ## s[-3:] ## s[:0] ## s[20:] ## uni[7:12] ## uni[::-1] ## uni[12:13] ## uni[-6:-4] ## s[4:1] ## s[4:1:-1] ## s[0:99:5]
l[::0] ## l['a':] ## n[1:] ## missing[1:] ## d[1:] ## nil[1:] ## l[1.0] ## s[99] ## s['upper']() ## 'abc'[1:][0] ## 'abc'[-9] ## l[0:2][1]
"""

METHODS = r"""
s.upper() ## s.lower() ## s.title() ## 'they\'re bill\'s'.title() ## s.capitalize() ## s.swapcase() ## uni.upper() ## uni.lower() ## uni.title() ## 'ß'.capitalize() ## 'ΑΣ'.lower() ## uni.casefold() ## 'ﬁne'.upper() ## 'İ'.lower()
blank.strip() ## [blank.strip()] ## [blank.lstrip()] ## [blank.rstrip()] ## 'xxhixx'.strip('x') ## 'xyhiyx'.lstrip('xy') ## 'abc'.rstrip('c') ## '  a '.strip(none) ## 'abc'.strip('') ## '\n a \n'.strip('\n')
'a,b,,c'.split(',') ## 'a,b,c'.split(',', 1) ## ' a  b '.split() ## ' a  b  c '.split(none, 1) ## 'a b c'.split(maxsplit=1) ## ''.split() ## ''.split(',') ## 'abc'.split('abc') ## 'a--b--c'.rsplit('--', 1) ## ' a b  c '.rsplit(none, 1) ## 'aaa'.rsplit('aa') ## 'a,b'.split(sep=',') ## 'a'.split('') ## 'x</think>y'.split('</think>')[-1] ## 'a,b,c'.split(',', 0) ## 'a\u00a0b\x1cc'.split()
multi.splitlines() ## multi.splitlines(true) ## 'a\r\nb\rc\x0bd\u2028e'.splitlines() ## ''.splitlines() ## '\n'.splitlines() ## multi.splitlines(keepends=true)
s.startswith('He') ## s.startswith(('x', 'He')) ## s.endswith('ld') ## s.startswith('l', 2) ## s.startswith('World', 6, 9) ## s.endswith('o', 0, 5) ## s.startswith('') ## s.startswith('', 99) ## s.startswith(1) ## s.endswith(()) ## s.startswith(missing)
s.replace('l', 'L') ## s.replace('l', 'L', 1) ## s.replace('', '-') ## s.replace('l', '', 2) ## 'aaa'.replace('aa', 'b') ## s.replace('x', none) ## ''.replace('', 'x') ## uni.replace('', '|')
s.find('o') ## s.find('o', 5) ## s.rfind('o') ## s.find('zz') ## s.index('W') ## s.index('zz') ## s.rindex('l') ## s.count('l') ## s.count('') ## 'aaaa'.count('aa') ## uni.find('ß') ## s.find('', 99) ## s.find('o', -4) ## s.count('o', 5) ## s.find('l', 3, 4) ## uni.index('Ω')
', '.join(words) ## ''.join(['a', 'b']) ## '-'.join('abc') ## ','.join([1]) ## ','.join([]) ## ', '.join(d) ## ','.join(missing)
'{} {}'.format(1, 'a') ## '{0}{1}{0}'.format('a', 'b') ## '{x}'.format(x=1) ## '{{}}'.format() ## '{:>5}|{:<5}|{:^5}|{:05d}|{:.2f}|{:,}|{:x}|{:+d}|{:e}|{:%}'.format('a', 'b', 'c', 42, 3.14159, 1234567, 255, 3, 12345.6789, 0.25) ## '{0[a]} {0[b]}'.format(d) ## '{!r:>6}'.format('a') ## '{}'.format() ## '{a}'.format() ## '{:*^9}'.format('mid') ## '{:.3}'.format('abcdef') ## '{:g} {:g} {:G}'.format(0.0001, 1e20, 1.5) ## '{:d}'.format(1.5) ## '{'.format() ## '}'.format() ## '{:08.3f}'.format(-3.14159) ## '{:_}'.format(1000000) ## '{:#x} {:#b} {:o}'.format(255, 5, 8) ## '{} {}'.format(none, [1, 'a']) ## '{:>4}'.format(true)
'abc'.center(9, '*') ## 'ab'.center(5) ## 'abc'.center(6) ## 'a'.ljust(3, '.') ## 'a'.rjust(3) ## '42'.zfill(5) ## '-42'.zfill(5) ## 'abc'.zfill(2) ## 'a'.center(4, 'xx') ## 'a\tb'.expandtabs() ## 'ab\tc\n\td'.expandtabs(4)
'a=b=c'.partition('=') ## 'a=b=c'.rpartition('=') ## 'abc'.partition('=') ## 'abc'.rpartition('=') ## 'abc'.removeprefix('a') ## 'abc'.removesuffix('bc') ## 'abc'.removeprefix('x') ## 'a'.partition('')
'abc'.isalpha() ## 'ab1'.isalnum() ## '12'.isdigit() ## ''.isdigit() ## ' \n'.isspace() ## 'aB'.islower() ## 'AB1'.isupper() ## 'Ab Cd'.istitle() ## 'AB'.istitle() ## '12'.isdecimal() ## '½'.isnumeric() ## 'a_1'.isidentifier() ## '1a'.isidentifier() ## 'é'.isascii() ## 'abc'.islower() ## '١'.isdigit()
d.get('a') ## d.get('zz') ## d.get('zz', 5) ## d.items()|list ## d.keys()|list ## d.values()|list ## d.copy() ## d.get([1]) ## nested['items'] ## nested.get('x').y[1].z ## nested['get'] ## nested._private ## d.pop('a') ## d.update({}) ## d.clear() ## d.setdefault('a', 1) ## d.a.b
l.index(1) ## l.count(2) ## l.index(9) ## l.append(4) ## l.pop() ## l.sort() ## l.copy() ## (1, 2, 1).count(1) ## (1, 2).index(2) ## l.append ## [l.extend] ## l.insert(0, 1) ## l.__class__ ## s.__class__ ## ''.__class__.__mro__ ## n.__add__
s.nosuch() ## s.upper(1) ## nofunc() ## n() ## s() ## d.get() ## s.split(1) ## s.join() ## l.index() ## none.x ## none.x.y ## none() ## n.x ## true.x ## 'a'.join(1)
"""

FILTERS = r"""
s|upper ## s|lower ## s|capitalize ## s|title ## 'a-b (c) [d] {e} <f> they\'re'|title ## n|upper ## none|upper ## missing|upper ## blank|trim ## 'xxaxx'|trim('x') ## s|length ## l|length ## d|length ## missing|length ## n|length ## none|length ## uni|length ## s|count
l|first ## l|last ## []|first ## []|last ## s|first ## s|last ## d|first ## missing|first ## l|sort ## l|sort(reverse=true) ## words|sort ## words|sort(case_sensitive=true) ## users|sort(attribute='age')|map(attribute='name')|list ## users|sort(attribute='age,name')|map(attribute='name')|list ## users|sort(attribute='name', reverse=true)|map(attribute='name')|join(',') ## [1,'a']|sort ## 'hello'|sort ## d|sort
d|dictsort ## d|dictsort(true) ## d|dictsort(by='value') ## d|dictsort(reverse=true) ## d|dictsort(false, 'value', true) ## l|dictsort ## d|dictsort(by='x') ## d|items|list ## missing|items|list ## l|items|list ## (d|items|first)[0]
words|unique|list ## words|unique(true)|list ## [1, 1.0, true, 2]|unique|list ## users|unique(attribute='age')|map(attribute='name')|list ## [[1],[1]]|unique|list ## words|join ## words|join(', ') ## l|join('-') ## users|join(', ', attribute='name') ## [none, true, 1.0, missing]|join('|') ## s|join('.') ## d|join ## n|join ## missing|join(',')
words|map('upper')|list ## words|map('replace', 'a', 'A')|list ## users|map(attribute='age')|list ## users|map(attribute='tags.0')|list ## users|map(attribute='tags', default='-')|list ## words|map('nosuch')|list ## users|map(attribute='nosuch')|list ## l|map('string')|list ## words|map|list ## missing|map('upper')|list ## users|map(attribute='name')|map('lower')|join ## [[1,2],[3]]|map('first')|list ## [[1,2],[3]]|map(attribute=0)|list
[0,1,none,'a','']|select|list ## l|select('odd')|list ## l|reject('odd')|list ## l|select('greaterthan', 1)|list ## mixed|select('string')|list ## mixed|reject('none')|list ## users|selectattr('age', 'equalto', 30)|map(attribute='name')|list ## users|selectattr('tags')|map(attribute='name')|list ## users|rejectattr('tags')|map(attribute='name')|list ## users|selectattr('tags', 'defined')|list|length ## users|rejectattr('age', 'lt', 28)|map(attribute='name')|list ## users|selectattr('name', 'in', ['Ann', 'Cid'])|list|length ## l|select('nosuch')|list ## messages|selectattr('role', '==', 'user')|map(attribute='content')|list ## messages|rejectattr('role', 'equalto', 'system')|first ## users|selectattr('a.b')|list ## users|selectattr|list
(l|select('odd'))|first ## l|select|length ## l|map('string')|last ## l|reverse|list ## s|reverse ## d|reverse|list ## missing|reverse|list ## l|select('odd')|reverse ## [1,2,3,4,5]|batch(2)|list ## [1,2,3,4,5]|batch(2, 'x')|list ## [1,2,3,4,5]|slice(2)|list ## [1,2,3,4,5]|slice(3, 'x')|list ## []|batch(2)|list ## l|sum ## users|sum(attribute='age') ## []|sum ## l|sum(start=10) ## ['a']|sum ## [[1],[2]]|sum(start=[])
users|groupby('age') ## users|groupby('age')|map('first')|list ## words|groupby(0)|list ## users|groupby('nosuch', default='z')|length ## l|min ## l|max ## words|min ## words|max(case_sensitive=true) ## []|min ## users|max(attribute='age') ## users|min(attribute='name')
missing|default('x') ## none|default('x') ## none|default('x', true) ## ''|default('x', true) ## ''|d('x') ## missing|d ## no|default('x') ## no|default('x', boolean=true) ## d.zz|default([])|length ## missing.x|default('x') ## 0|default(5, true) ## missing|default(missing) ## missing|default(default_value='k')
'42'|int ## '42.9'|int ## 'x'|int ## 'x'|int(7) ## 3.9|int ## -3.9|int ## none|int ## '0x1f'|int(0, 16) ## '1f'|int(base=16) ## '101'|int(base=2) ## ' 5 '|int ## '1_000'|int ## true|int ## [1]|int ## missing|int ## 'inf'|int ## '1e3'|int ## '-5'|int ## huge|int ## '0b11'|int(base=0) ## '٣'|int
'3.5'|float ## 'x'|float ## 'x'|float(1.5) ## 3|float ## none|float ## 'inf'|float ## '-Infinity'|float ## 'nan'|float ## '1e-7'|float ## ' 2. '|float ## '.5'|float ## true|float ## missing|float ## '1_0.5'|float ## '0x10'|float ## huge|float
42.55|round ## 42.55|round(1) ## 2.5|round ## 3.5|round ## 2.675|round(2) ## 42.55|round(1, 'floor') ## 42.51|round(1, 'ceil') ## 42|round ## 1234|round(-2) ## -2.5|round ## 42.55|round(1, 'x') ## 'a'|round ## 7|round(method='floor') ## 1.5|round|int ## -0.4|round
s|replace('l', 'L') ## s|replace('l', 'L', 1) ## n|replace('4', 'x') ## s|replace('o', 0) ## s|replace('l') ## missing|replace('a', 'b') ## s|string ## n|string ~ 'x' ## n|string|length ## none|string ## missing|string|length ## l|string ## 1.0|string ## s|list ## d|list ## n|list ## missing|list ## range(3)|list
multi|indent ## multi|indent(2) ## multi|indent(2, true) ## multi|indent(2, true, true) ## multi|indent(width=1, first=true) ## multi|indent('> ') ## multi|indent(2, blank=true) ## ''|indent ## 'x'|indent ## n|indent ## 'a\r\nb'|indent(2) ## missing|indent
'foo bar baz qux'|truncate(9) ## 'foo bar baz qux'|truncate(9, true) ## 'foo bar baz qux'|truncate(11) ## 'foo bar baz qux'|truncate(11, false, '...', 0) ## 'foobarbaz'|truncate(5, leeway=0) ## 'foo'|truncate(2) ## 'foo bar'|wordcount ## "it's a-b c_d"|wordcount ## 'abc'|center(9) ## 'abc'|center ## '%s-%s'|format('a', 1) ## '%(x)s'|format(x=2) ## '%s'|format ## 'a%'|format
html|e ## html|escape ## html|safe ## html|safe|e ## html|forceescape ## (html|e)|e ## ('<a>'|safe) + '<b>' ## '<b>' + ('<a>'|safe) ## ('<a>'|safe) ~ '<b>' ## ('<a>'|e) * 2 ## ['<a>'|safe] ## ('<a>'|safe)|length ## ('<a>'|safe).upper() + '<b>' ## ('%s'|safe) % '<b>' ## ('<a>'|safe)|string + '<b>' ## n|e ## missing|e ## ('<'|safe) == '<' ## ('<a>'|safe) is escaped ## ('<a>'|safe)|replace('a', '<') + '<' ## ','|safe ~ ('<'|safe).join(['<', '>'])
neg|abs ## 3.5|abs|string ## 'a'|abs ## -2.5|abs ## missing|abs ## true|abs ## s|attr('upper') is callable ## d|attr('a') ## nested|attr('items') is callable ## s|attr('nosuch') ## s|nosuchfilter ## s|upper(1) ## s|upper|lower|title ## s|first|upper ## s | upper ## n|string|int + 1
"""

TOJSON = r"""
n|tojson ## f|tojson ## 1.0|tojson ## 1e22|tojson ## 1e-7|tojson ## big|tojson ## huge|tojson ## t|tojson ## none|tojson ## s|tojson ## uni|tojson ## html|tojson ## multi|tojson ## ['\x00\x1f\x7f\u2028/\\"\b\f']|tojson ## mixed|tojson ## d|tojson ## nested|tojson ## []|tojson ## {}|tojson ## [[], {}]|tojson(indent=2) ## (1, (2,))|tojson ## missing|tojson ## [missing]|tojson ## ('<a>'|safe)|tojson
d|tojson(indent=2) ## mixed|tojson(indent=4) ## nested|tojson(indent=1) ## d|tojson(indent=0) ## d|tojson(indent='--') ## d|tojson(sort_keys=true) ## d|tojson(separators=(',', ':')) ## uni|tojson(ensure_ascii=true) ## d|tojson(false, 2) ## d|tojson(indent=none) ## {1: 1, none: 2, true: 3, 1.5: 4}|tojson ## {(1, 2): 3}|tojson ## range(3)|tojson ## d.items()|tojson ## d.keys()|list|tojson ## 'inf'|float|tojson ## 'nan'|float|tojson ## l|map('string')|tojson ## namespace(a=1)|tojson ## d|tojson(indent=2, separators=(',', ': ')) ## d|tojson(indent=2, sort_keys=true) ## dict(a=1)|tojson ## ''|tojson ## d|tojson(nosuch=1) ## users|tojson(indent=2)
"""

TESTS = r"""
n is defined ## missing is defined ## missing is undefined ## d.zz is defined ## d.a is defined ## none is none ## missing is none ## nil is none ## nil is not none ## n is not defined ## missing is not defined ## missing.x is defined ## d.zz.y is defined
s is string ## n is string ## ('x'|safe) is string ## missing is string ## n is number ## t is number ## f is number ## s is number ## n is integer ## t is integer ## f is integer ## f is float ## n is float ## t is boolean ## 1 is boolean ## none is boolean ## t is true ## 1 is true ## no is false ## 0 is false ## big is integer
l is sequence ## s is sequence ## d is sequence ## n is sequence ## missing is sequence ## (1,) is sequence ## range(3) is sequence ## d.items() is sequence ## (l|map('string')) is sequence ## none is sequence ## l is iterable ## s is iterable ## d is iterable ## n is iterable ## missing is iterable ## (l|map('string')) is iterable ## none is iterable ## d is mapping ## l is mapping ## s is mapping ## missing is mapping ## namespace() is mapping ## d.items() is iterable
3 is odd ## 4 is even ## 3 is even ## 9 is divisibleby(3) ## 9 is divisibleby 3 ## 9 is divisibleby 2 ## 'a' is odd ## 0 is even ## -3 is odd ## 4.0 is even ## missing is odd ## 5 is divisibleby 0
1 is eq 1 ## 1 is equalto(1.0) ## 1 is ne 2 ## 1 is lt 2 ## 2 is le 2 ## 3 is gt 2 ## 3 is ge 4 ## 1 is lessthan 2 ## 1 is greaterthan 2 ## 1 is sameas 1 ## none is sameas none ## true is sameas true ## 1 is sameas true ## 'a' is in 'abc' ## 1 is in [1] ## 1 is not in [1] ## 'a' is in missing ## 'a' is == 'a' ## 1 is !=(2)
'abc' is lower ## 'ABC' is upper ## 'aBc' is lower ## '1' is lower ## n is upper ## range is callable ## s is callable ## s.upper is callable ## 'upper' is filter ## 'nosuch' is filter ## 'odd' is test ## s is escaped ## s is nosuch ## n is string or n is number ## n is not string and s is string ## not s is string ## s is string is string ## s is not string ## 5 is divisibleby (2) ## l is not mapping and l is iterable ## 'x' if s is mapping else 'y' ## s is defined and s ## missing is defined and missing.x ## missing is undefined or missing.x
"""

# Whole templates.
TEMPLATES = [
    # control flow
    "{% if n == 42 %}a{% elif t %}b{% else %}c{% endif %}",
    "{% if missing %}a{% elif no %}b{% else %}c{% endif %}",
    "{% if none %}a{% endif %}",
    "{% if l, %}tuple is true{% endif %}",
    "{% for x in l %}{{ x }},{% endfor %}",
    "{% for x in [] %}{{ x }}{% else %}none{% endfor %}",
    "{% for x in missing %}{{ x }}{% else %}none{% endfor %}",
    "{% for x in none %}{{ x }}{% endfor %}",
    "{% for x in n %}{{ x }}{% endfor %}",
    "{% for c in s %}{{ c }}.{% endfor %}",
    "{% for c in uni %}[{{ c }}]{% endfor %}",
    "{% for k in d %}{{ k }}{{ d[k] }} {% endfor %}",
    "{% for k, v in d.items() %}{{ k }}={{ v }} {% endfor %}",
    "{% for k, v in d|items %}{{ loop.index }}{{ k }}={{ v }} {% endfor %}",
    "{% for (a, b), c in [((1, 2), 3)] %}{{ a }}{{ b }}{{ c }}{% endfor %}",
    "{% for a, b in [(1, 2, 3)] %}{{ a }}{% endfor %}",
    "{% for a, b in [(1,)] %}{{ a }}{% endfor %}",
    "{% for a, b in ['xy'] %}{{ a }}-{{ b }}{% endfor %}",
    "{% for a, b in [1] %}{{ a }}{% endfor %}",
    "{% for x, in [(1,), (2,)] %}{{ x }}{% endfor %}",
    "{% for x in l if x > 1 %}{{ loop.index }}:{{ x }}/{{ loop.length }}{{ ',' if not loop.last }}{% endfor %}",
    "{% for x in l if x > 9 %}{{ x }}{% else %}none left{% endfor %}",
    "{% for x in l if loop.index > 1 %}{{ x }}{% endfor %}",
    "{% for x in l %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }}{{ loop.depth }}{{ loop.depth0 }};{% endfor %}",
    "{% for x in l %}{{ loop.previtem }}<{{ x }}>{{ loop.nextitem }};{% endfor %}",
    "{% for x in l %}{{ loop.previtem is defined }}{{ loop.nextitem is defined }};{% endfor %}",
    "{% for x in l %}{{ loop.previtem.y }}{% endfor %}",
    "{% for x in l %}{{ loop.cycle('a', 'b') }}{% endfor %}",
    "{% for x in l %}{{ loop.cycle() }}{% endfor %}",
    "{% for x in [1, 1, 2, 2, 1] %}{{ x if loop.changed(x) }},{% endfor %}",
    "{% for x in l|map('string') %}{{ loop.length }}{{ x }}{{ loop.last }}{% endfor %}",
    "{% for x in l|reverse %}{{ loop.revindex }}{{ x }}{{ loop.nextitem }}{% endfor %}",
    "{% for x in range(5) %}{% if x == 1 %}{% continue %}{% endif %}{% if x == 3 %}{% break %}{% endif %}{{ x }}{% endfor %}",
    "{% for x in range(2) %}{% for y in range(3) %}{% if y == 1 %}{% break %}{% endif %}{{ x }}{{ y }} {% endfor %}{{ loop.index }};{% endfor %}",
    "{% for x in [1] %}{% break %}{% else %}e{% endfor %}",
    "{% break %}",
    "{% for x in l %}{% for y in l %}{{ loop.index }}{% endfor %}{{ loop.index }};{% endfor %}",
    "{% for x in l %}{% set outer = loop %}{% for y in [1, 2] %}{{ outer.index }}.{{ loop.index }} {% endfor %}{% endfor %}",
    "{% for n in tree recursive %}{{ n.v }}{% if n.c %}({{ loop(n.c) }}){% endif %}{% endfor %}",
    "{% for n in tree recursive %}{{ loop.depth }}{{ n.v }}{{ loop(n.c) }}{% endfor %}",
    "{% for n in tree %}{{ loop(n.c) }}{% endfor %}",
    "{% for x in l %}{{ loop }}{% endfor %}",
    "{{ loop }}{{ loop is defined }}",
    "{% for m in messages %}{{ m.role }}:{{ m['content'] }}|{% endfor %}",
    "{% for m in messages if m.role == 'user' %}{{ loop.index0 }}{{ m.content }}{% endfor %}",
    "{% for m in messages[1:] %}{{ loop.first }}{{ m.role }} {% endfor %}",
    "{% for m in messages|reverse %}{{ m.role }} {% endfor %}",
    "{% for loop in l %}{{ loop }}{% endfor %}",
    "{% for true in l %}{% endfor %}",
    "{% for x in 1, 2, 3 %}{{ x }}{% endfor %}",
    "{% for x in l if x is odd and x > 1 or x == 2 %}{{ x }}{% endfor %}",
    # set, namespace, scoping
    "{% set x = 5 %}{{ x }}",
    "{% set a, b = 1, 2 %}{{ a }}{{ b }}",
    "{% set a, b = 'xy' %}{{ b }}{{ a }}",
    "{% set (a, b), c = (1, 2), 3 %}{{ a }}{{ b }}{{ c }}",
    "{% set t = 1, 2 %}{{ t }}",
    "{% set x = 1 %}{% if true %}{% set x = 2 %}{% endif %}{{ x }}",
    "{% set x = 1 %}{% for i in l %}{{ x }}{% set x = i %}{{ x }} {% endfor %}{{ x }}",
    "{% for i in l %}{% if loop.first %}{% set y = i %}{% endif %}{{ y is defined }}{% endfor %}{{ y is defined }}",
    "{% for i in l %}{% set n = i %}{% endfor %}{{ n }}",
    "{% for n in l %}{{ n }}{% endfor %}{{ n }}",
    "{% for i in l %}{% if i == 1 %}{% set n = 'x' %}{% endif %}{{ n }}{% endfor %}",
    "{% set ns = namespace(x=0) %}{% for i in l %}{% set ns.x = ns.x + i %}{% endfor %}{{ ns.x }}",
    "{% set ns = namespace() %}{% set ns.a = 1 %}{{ ns.a }}{{ ns.b is defined }}{{ ns.b }}",
    "{% set ns = namespace({'a': 1}, b=2) %}{{ ns.a }}{{ ns.b }}{{ ns['a'] }}",
    "{% set ns = namespace(found=false) %}{% for i in l if not ns.found %}{{ i }}{% if i == 1 %}{% set ns.found = true %}{% endif %}{% endfor %}",
    "{% set d.x = 1 %}",
    "{% set nosuch.x = 1 %}",
    "{% set ns = namespace(_x=1) %}",
    "{% set ns = namespace() %}{% set ns._x = 1 %}",
    "{% set ns = namespace(a=1) %}{% set ns.a, b = 5, 6 %}{{ ns.a }}{{ b }}",
    "{% set x %}a{{ n }}b{% endset %}{{ x }}{{ x|length }}",
    "{% set x | upper %}abc{% endset %}{{ x }}",
    "{% set x | replace('a', 'b') | upper %}abc{% endset %}{{ x }}",
    "{% set x %}{% set y = 1 %}{{ y }}{% endset %}{{ x }}{{ y is defined }}",
    "{% set ns = namespace() %}{% set ns.x %}body{% endset %}{{ ns.x }}",
    "{% set true = 1 %}",
    "{% set 1 = 1 %}",
    "{% set x.y.z = 1 %}",
    "{% set x = 1 %}{% set x = x + 1 %}{{ x }}",
    "{% set messages = messages[1:] %}{{ messages|length }}{{ messages[0].role }}",
    "{% with %}{% set x = 1 %}{{ x }}{% endwith %}{{ x is defined }}",
    "{% with x = 1, y = 2 %}{{ x }}{{ y }}{% endwith %}{{ x is defined }}",
    "{% set x = 9 %}{% with x = 1, y = x %}{{ x }}{{ y }}{% endwith %}",
    "{% with x = 1 %}{{ x }}{% set x = 2 %}{{ x }}{% endwith %}",
    "{% block b %}in{{ n }}{% endblock %}",
    "{% block b %}{% set q = 1 %}{{ q }}{% endblock b %}{{ q is defined }}",
    "{% for i in l %}{% block c scoped %}{{ i }}{% endblock %}{% endfor %}",
    "{% filter upper %}abc{{ s }}{% endfilter %}",
    "{% filter replace('a', 'b')|upper %}aha{% set z = 1 %}{% endfilter %}{{ z is defined }}",
    "{% for i in l %}{% filter upper %}x{% if i == 1 %}{% break %}{% endif %}{% endfilter %}{% endfor %}!",
    "{% generation %}a{{ n }}{% set g = 1 %}{% endgeneration %}{{ g is defined }}",
    "x {%- generation -%} a {%- endgeneration -%} y",
    "{% for m in messages %}{% generation %}{{ m.role }}{{ loop.index }}{% endgeneration %}{% endfor %}",
    "{% print n %}{% print n, 1 %}",
    # macros
    "{% macro m(a, b=2) %}{{ a }}-{{ b }}{% endmacro %}{{ m(1) }} {{ m(1, 3) }} {{ m(b=5, a=4) }} {{ m() }}",
    "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, 2) }}",
    "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(c=2) }}",
    "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, a=2) }}",
    "{% macro m(a, b=a) %}{{ b }}{% endmacro %}{{ m(3) }}",
    "{% macro m(a) %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, 3, x=4) }}",
    "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}body{{ n }}{% endcall %}",
    "{% macro m() %}[{{ caller('x', 1) }}]{% endmacro %}{% call(a, b) m() %}{{ a }}{{ b }}{% endcall %}",
    "{% macro m() %}{{ caller is defined }}{{ caller }}{% endmacro %}{{ m() }}",
    "{% macro m() %}x{% endmacro %}{% call m() %}b{% endcall %}",
    "{% macro m() %}{{ caller() }}{% endmacro %}{{ m() }}",
    "{% macro f(n) %}{% if n > 0 %}{{ n }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(5) }}",
    "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}b{% endmacro %}{{ a() }}",
    "{% macro m() %}{{ n }}{{ x }}{% endmacro %}{% set x = 7 %}{{ m() }}",
    "{% macro m() %}{{ i }}{% endmacro %}{% for i in l %}{{ m() }}{% endfor %}",
    "{% for i in l %}{% macro m() %}{{ i }}{% endmacro %}{{ m() }}{% endfor %}",
    "{% macro m() %}{% set n = 1 %}{{ n }}{% endmacro %}{{ m() }}{{ n }}",
    "{% macro m(x) %}{{ x|default('none given') }}{% endmacro %}{{ m() }}{{ m('y') }}",
    "{% macro m(x) %}  {{ x }}\n{% endmacro %}[{{ m(1)|trim }}]",
    "{% macro m() %}a<b{% endmacro %}{{ m()|e }}{{ m() + '<' }}{{ m()|length }}",
    "{% macro m(a, b=1, c) %}{% endmacro %}",
    "{% macro m(a=1) -%}\n  {{ a }}\n{%- endmacro %}{{ m() }}|{{ m(a=none) }}",
    "{% macro m(*args) %}{% endmacro %}",
    "{{ m() }}{% macro m() %}x{% endmacro %}",
    "{% macro m(a, b) %}{{ a }}{{ b }}{% endmacro %}{{ m(*[1, 2]) }}{{ m(**{'a': 3, 'b': 4}) }}{{ m(1, **{'b': 2}) }}{{ m(*l) }}",
    "{% macro m(a, b) %}{{ a }}{{ b }}{% endmacro %}{{ m.name }}{{ m.arguments }}",
    "{% macro outer() %}{% macro inner(x) %}<{{ x }}>{% endmacro %}{{ inner(1) }}{% endmacro %}{{ outer() }}{{ inner is defined }}",
    "{% set ns = namespace(c=0) %}{% macro m() %}{% set ns.c = ns.c + 1 %}{% endmacro %}{{ m() }}{{ m() }}{{ ns.c }}",
    # globals
    "{{ range(1, 4)|list }}{{ range(3)|sum }}{{ range(200000) }}",
    "{{ range(1000000000000) }}",
    "{{ range() }}",
    "{{ range(1.5) }}",
    "{{ range(1, 10, 0) }}",
    "{{ dict(a=1, b='x') }}{{ dict({'k': 1}, z=2) }}{{ dict([('a', 1)]) }}{{ dict() }}",
    "{{ dict([1]) }}",
    "{{ raise_exception('no ' ~ n) }}",
    "{% if t %}{{ raise_exception('Conversation roles must alternate') }}{% endif %}",
    "{% if no %}{{ raise_exception('never') }}{% endif %}ok",
    "{{ strftime_now('%Y-%m-%d %H:%M:%S %B %b %A %a %j %y %I %p %f %e %U %W %w %u %V %G %C %D %F %T %R %%') }}",
    "{{ strftime_now('%d %b %Y') }}|{{ strftime_now('%-d.%-m.%Y %-H:%-M') }}|{{ strftime_now('') }}|{{ strftime_now('%Z%z') }}",
    "{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.next() }}{{ c.next() }}{{ c.current }}{{ c.reset() }}{{ c.next() }}",
    "{% set j = joiner('|') %}{% for x in l %}{{ j() }}{{ x }}{% endfor %}",
    "{{ namespace is callable }}{{ dict is callable }}",
    "{{ nosuchglobal is defined }}",
    # errors of syntax
    "{{ }}", "{{ 1 +", "{{ 1 + }}", "{% if %}{% endif %}", "{% if t %}", "{% endif %}", "{% for %}", "{% for x l %}{% endfor %}",
    "{% nosuch %}", "{{ 'a }}", "{{ (1 }}", "{{ [1, }}", "{{ 1 } }}", "{{ a b }}", "{# open", "{% raw %}open", "{{ ) }}", "{{ s|nosuch }}",
    "{{ s is nosuch }}", "{% if no %}{{ s|nosuch }}{% endif %}ok", "{% if no %}{{ s is nosuch }}{% endif %}ok", "{{ 1 if no else s|nosuch }}",
    "{% if t %}{{ s|nosuch }}{% endif %}", "{{ a.1 }}", "{{ l.1 }}", "{{ l.0 }}{{ l.2 }}", "{{ a.'b' }}", "{{ 1..2 }}", "{{ $ }}", "{{ a ? b }}", "{{ a = 1 }}",
    "{% set %}", "{% set x %}", "{% set x = %}", "{% do l.append(1) %}", "{% include 'x' %}", "{% extends 'x' %}", "{% import 'x' as y %}",
    "{% macro %}{% endmacro %}", "{% macro m %}{% endmacro %}", "{% call m %}{% endcall %}", "{{ f(a=1, 2) }}", "{{ f(*a, *b) }}", "{{ f(**a, b=1) }}", "{{ f(a b) }}",
    "{% else %}", "{% elif x %}", "{% if t %}{% else %}{% else %}{% endif %}", "{% for x in l %}{% endif %}", "{{ not }}", "{{ 1 not 2 }}", "{{ {1} }}", "{{ {'a' 1} }}", "{{ {'a': 1, } }}", "{{ [1, 2, ] }}", "{{ (1, ) }}", "{{ f(1, ) }}",
    "{{ l[ }}", "{{ l[] }}", "{{ l[1, 2] }}", "{{ d['a', 'b'] }}", "{{ '\\x4' }}", "{{ '\\u12' }}", "{{ '\\N{NO SUCH}' }}", "{{ +}}", "{% if t -%} x {%- endif %}", "{%- if t %}x{% endif -%}",
    # what looks like tags
    "{ { x } }", "{ % x % }", "}} %} #}", "{{ '{{' }}", "{{ '}}' }}", "{% raw %}{{ x }}{% y %}{# z #}{% endraw %}", "{%- raw -%}  {{ x }}  {%- endraw -%}  y", "a  {%- raw %}  b  {% endraw -%}  c",
    "x\n{% raw %}\ny\n{% endraw %}\nz", "  {% raw %}\n  y\n  {% endraw %}\nz", "{{ {'a': {'b': 1}}['a']['b'] }}", "{{ {'a': {}}}}", "{{{'a': 1}}}", "{{ {} }}", "{#- c -#} x", "x {# a\nb #} y", "{# {{ x }} {% y %} #}z", "{#-#}a", "{##}a", "{# a #}\n\nb", "{#+ a +#}\n b",
    "a{{ n }}{# c #}\n  {# d #}  \n  b",
    "line1\r\nline2\rline3\n{% if t %}\r\nx\r\n{% endif %}\r\n",
    "a\n", "a\n\n", "\n", "", "\n\na\n\n", "{{ n }}\n", "{% if t %}x{% endif %}\n", "{% if t %}x{% endif %}\n\n",
    "{% if t %}\n  {{ n }}\n{% endif %}\nx", "  {% if t %}\n  x\n  {% endif %}\ny", "\t{% if t %}\tx\t{% endif %}\t", "\u00a0{% if t %}x{% endif %}", "a {% if t %}x{% endif %} b", "  {{ n }}\n  {{ n }}",
    "  {%+ if t %}x{% endif %}", "{% if t +%}\nx{% endif %}", "{%+ if t +%}\n  x{%+ endif +%}\n", "  {{- n }}", "x\n\n  {{- n -}}\n\n  y", "{{- n -}}", "x  {{ n -}}  y", "x {%- if t -%} y {%- endif -%} z",
    "{% if t %}\n\nx{% endif %}", "{% for x in l %}\n{{ x }}\n{% endfor %}\ndone", "{% for x in l -%}\n{{ x }}\n{%- endfor %}\ndone", "{%- for x in l %}\n    {{- x }}\n{%- endfor %}\n",
    "  {# c #}\n  x", "  {#- c #}  x", "  {# c -#}  x\n", "x\n  {# c #}  \n  y", "{%- set x = 1 -%}\n\n  {{ x }}", "{% set x = 1 %}  \n{{ x }}", "{% set x = 1 %}\n  {% set y = 2 %}\n  {{ x }}{{ y }}",
    "{%-if t-%}x{%-endif-%}", "{{-n-}}", "{{n}}", "{%if t%}x{%endif%}", "{{ n\n}}", "{%\nif t\n%}x{%\nendif\n%}",
    # as chat templates use it
    "{{ messages[0]['role'] }}{{ messages[-1].content }}{{ messages[2].content.split('</think>')[-1].lstrip('\\n') }}",
    "{%- set ns = namespace(last=-1) %}{%- for m in messages[::-1] %}{%- set i = messages|length - 1 - loop.index0 %}{%- if ns.last < 0 and m.role == 'user' %}{%- set ns.last = i %}{%- endif %}{%- endfor %}{{ ns.last }}",
    "{% if messages[0]['role'] == 'system' %}{% set loop_messages = messages[1:] %}{% set system_message = messages[0]['content'] %}{% else %}{% set loop_messages = messages %}{% set system_message = false %}{% endif %}{{ loop_messages|length }}{{ system_message }}",
    "{% for m in messages %}{% if (m['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}{% endif %}{% endfor %}",
    "{{ bos_token }}{% if add_generation_prompt is defined and add_generation_prompt %}x{% endif %}",
    "{%- macro render(k, v) -%}\n<{{ k }}>{%- if v is mapping or (v is sequence and v is not string) -%}{{ v|tojson }}{%- else -%}{{ v }}{%- endif -%}</{{ k }}>\n{%- endmacro -%}\n{%- for k, v in nested|items -%}{{ render(k, v) }}{%- endfor -%}",
    "{{ ('a' ~ '\\n' ~ 'b')|indent(2) }}{{ '\\n' * 3 }}x",
    "{{ (messages|selectattr('role', 'equalto', 'user')|list|last).content }}",
    "{{ messages|map(attribute='role')|unique|join(',') }}",
    "{% set x = {'a': 1, **{}} %}",
    "{{ s.split()[0]|lower ~ '-' ~ s.split()|last }}",
    "{{ {'type': 'function'}.type }}{{ {'items': 1}['items'] }}",
    "{{ messages|length % 2 == 0 }}{{ (messages|length - 1) // 2 }}",
    "{{ '' if false }}{{ none if true }}{{ [] }}",
    "{% for t in users %}{{ t.name }}{{ ', ' if not loop.last else '' }}{% endfor %}",
    "{{ 'a' if messages[0].role == 'system' and messages[0].content is string and messages[0].content|trim|length > 0 else 'b' }}",
    "{{ users[0].tags and users[1].tags }}{{ users[2].tags is defined and users[2].tags }}",
    "{% for x in range(3) %}{% for y in range(3) if y != x %}{{ x }}{{ y }}{{ loop.index }} {% endfor %}{% endfor %}",
    "{% set a = [1] %}{% set a = a + [2] %}{% for i in range(3) %}{% set a = a + [i] %}{% endfor %}{{ a }}",
    "{%- for key in d.keys()|sort -%}{{ key }}{%- endfor -%}",
]


def split(block):
    for line in block.strip("\n").replace("\n", " ## ").replace("multi ## line", "multi\nline").replace("a\\ ## b", "a\\\nb").split(" ## "):
        if line.strip():
            yield line


WHITESPACE = [
    f"A \n  {{%{a} if t {b}%}}  \n  B {{%{c} endif {d}%}} \n C"
    for a in ("", "-", "+")
    for b in ("", "-", "+")
    for c in ("", "-", "+")
    for d in ("", "-", "+")
] + [f"A \n \t{{{{{a} n {b}}}}} \n B" for a in ("", "-") for b in ("", "-")] + [
    f"A \n \t{{#{a} c {b}#}} \n\n B" for a in ("", "-", "+") for b in ("", "-", "+")
]


def needs(template):
    """Only the variables that a template mentions, which keeps the file small."""
    return {k: v for k, v in VARIABLES.items() if k in template and k != "none"}


def cases():
    for block in (PRINTING, OPERATORS, SLICES, METHODS, FILTERS, TOJSON, TESTS):
        for expression in split(block):
            template = "{{ " + expression + " }}"
            yield template, needs(template)
    for template in TEMPLATES + WHITESPACE:
        yield template, needs(template)
