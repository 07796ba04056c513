#!/usr/bin/env python3
"""Checks the frame lexicon: frames/*.tsv, classes/{verbs,nouns}.tsv, contexts.tsv (format: frames/README.md).

Usage: check_frames.py [--counts]. Prints `file:line: reason` for every fault; exit code 1 if there is one.
Standard library only.
"""

import collections
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent

MODES = {
    "AGREE": "",
    "CONSULT": "visit third-party multilateral phone",
    "SUPPORT": "",
    "CONCEDE": "",
    "COOPERATE": "",
    "AID": "",
    "RETREAT": "withdraw release disarm ceasefire access resign",
    "REQUEST": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege",
    "REJECT": "assist change yield meet",
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
    "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone "
    "heavy-weapons crowd-control unconventional",
}
MODES = {event: set(modes.split()) for event, modes in MODES.items()}

CONTEXTS = set(
    "military intelligence executive legislative election political_institutions pro_democracy pro_autocracy economic "
    "legal reparations human_rights rights_freedoms repression human_security gender lgbt religion_ethnicity "
    "inequality diplomatic territory peacekeeping health asylum migration disasters natural_resource environment "
    "technology terrorism cbrn cyber misinformation crime corruption illegal_drugs trafficking".split()
)

TYPES = set("ACTOR NEAR PERSON STATE ORG GROUP PLACE MONEY NUMBER TIME JOINT ANY".split())
CLAUSES = {"that", "inf", "ing", "whether", "must", "purpose"}
PREPOSITIONS = set(
    "about above across after against ahead along alongside aside amid among around as at away back because before behind below "
    "beneath beside between beyond by despite down due during following for from in inside into near of off on onto out "
    "outside over past regarding since through throughout to together toward towards under until up upon versus via "
    "with within without "
    # Participles that introduce an argument of an event noun: "a clash involving X", "an attack killing Y".
    "involving targeting killing wounding".split()
)
ROLES = {"subj", "obj", "iobj", "oprd", "acomp", "mod"} | CLAUSES | PREPOSITIONS
PARTIES = ROLES | {f"comp.{role}" for role in ROLES}
# Classes that the coder reads by their name: light verbs, and nouns that are people.
READ_BY_THE_CODER = set(
    "support victim civilians official protesters workers soldier prisoner forces police_forces militia_forces".split()
)
FLAGS = {"reciprocal", "host", "verbal", "material"}
KEYS = {"cameo", "ctx", "future", "prio"}

# Words that the tokenizer and the lemmatizer of the language model never give as a lemma.
PREFIXES = {"co", "re", "de", "pre", "ill"}
PLURALS = set("men women children policemen policewomen feet teeth wives knives lives criteria crises analyses".split())
PAST_FORMS = set("said told held met killed fought struck shot left taken given made sent brought caught sold".split())
BASE_IN_ING = set("bring sing ring cling fling string swing wring ping king ding sling sting spring bling wing".split())


def unreachable(word, verb):
    """Why no token can have this lemma; None if one can. Hyphens between letters split a word, prefixes become words."""
    parts = word.split("_")
    if re.search("[a-z]-[a-z]", word):
        return "the tokenizer splits words at hyphens between letters; join the parts with `_`"
    if verb and parts[0] in PREFIXES and len(parts) > 1:
        return f"`{parts[0]}` becomes a word of its own, so that the verb is not found"
    if parts[0] in PAST_FORMS if verb else parts[-1] in PLURALS:
        return "an inflected form, not a lemma"
    if verb and (parts[0].endswith("ied") or (parts[0].endswith("ing") and parts[0] not in BASE_IN_ING)):
        return "an inflected form, not a lemma"
    return None


WORD = r"[^\s.+@|;:,]+"
PREDICATE = re.compile(rf"(@?{WORD}\.(v|n|a)|{WORD}\+{WORD})\Z")
CONDITION = re.compile(r"(!?)([a-z|]+):([^\s?]+)(\??)\Z")


def lines(path):
    """Numbered entries of a file, without comments and blank lines."""
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip("\n")
            if line.strip() and not line.startswith("#"):
                yield number, line


def cameo_codes():
    """The CAMEO codes that are a PLOVER type; statements and appeals (01, 02) are none."""
    rows = (line.split("\t") for _, line in lines(HERE / "cameo.tsv"))
    return {code for code, event, *_ in rows if len(code) > 2 and event != "-"}


def sections(path):
    """Runs of entries between comment or blank lines, for the check of the order."""
    run = []
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip("\n")
            if not line.strip() or line.startswith("#"):
                yield run
                run = []
            else:
                run.append((number, line))
    yield run


class Checker:
    """Collects faults."""

    def __init__(self):
        self.faults = []
        self.cameo = cameo_codes()

    def fault(self, path, number, reason):
        self.faults.append(f"{path.relative_to(HERE)}:{number}: {reason}")

    def header(self, path):
        with open(path, encoding="utf-8") as file:
            head = "".join(line for line in file if line.startswith("#"))
        for word in ("Source:", "Licence:", "Format:"):
            if word not in head:
                self.fault(path, 1, f"the header lacks `{word}`")

    def order(self, path):
        for run in sections(path):
            for (_, before), (number, line) in zip(run, run[1:]):
                if line < before:
                    self.fault(path, number, "not sorted")

    def classes(self, path):
        """The classes of a file, flattened."""
        self.header(path)
        self.order(path)
        raw, where = collections.defaultdict(list), {}
        for number, line in lines(path):
            columns = line.split("\t")
            if len(columns) != 2:
                self.fault(path, number, f"{len(columns)} columns instead of 2")
                continue
            name, words = columns
            if not re.fullmatch(r"[a-z][a-z_]*", name):
                self.fault(path, number, f"bad class name `{name}`")
            for word in words.split(" "):
                if not word or word != word.lower() or "|" in word:
                    self.fault(path, number, f"bad word `{word}`")
                if word in raw[name]:
                    self.fault(path, number, f"`{word}` is twice in `{name}`")
                elif why := unreachable(word, path.stem == "verbs"):
                    self.fault(path, number, f"`{word}` can never match: {why}")
                raw[name].append(word)
                where[name] = number
        flat = {}

        def expand(name, open_):
            if name in flat:
                return flat[name]
            found = set()
            for word in raw[name]:
                if not word.startswith("@"):
                    found.add(word)
                elif word[1:] not in raw:
                    self.fault(path, where[name], f"unknown class `{word}`")
                elif word[1:] in open_:
                    self.fault(path, where[name], f"`{name}` includes itself")
                else:
                    found |= expand(word[1:], open_ | {word[1:]})
            flat[name] = found
            return found

        for name in list(raw):
            expand(name, {name})
        return flat

    def condition(self, path, number, condition, verbs, nouns, used):
        """Roles that a condition makes available; None if it is malformed."""
        match = CONDITION.match(condition)
        if not match:
            self.fault(path, number, f"malformed condition `{condition}`")
            return set()
        negated, roles, types, optional = match.groups()
        roles = roles.split("|")
        if negated and optional:
            self.fault(path, number, f"`{condition}` is both forbidden and optional")
        for role in roles:
            if role not in ROLES:
                self.fault(path, number, f"unknown role `{role}`")
        clause = CLAUSES & set(roles)
        for kind in types.split("|"):
            if kind.startswith("@"):
                if kind[1:] not in (verbs if clause else nouns) and not (clause and kind[1:] in nouns):
                    self.fault(path, number, f"unknown class `{kind}`")
                used.add(("v" if clause else "n", kind[1:]))
            elif not (kind in TYPES or re.fullmatch(r"'[^'\s]+(?:'[^'\s]+)?'", kind)):
                self.fault(path, number, f"unknown type `{kind}`")
            elif kind.startswith("'") and (why := unreachable(kind.strip("'"), False)):
                self.fault(path, number, f"`{kind}` can never match: {why}")
        return set() if negated else set(roles)

    def frame(self, path, number, line, verbs, nouns, used):
        columns = line.split("\t")
        if len(columns) not in (5, 6) or "" in columns or line != line.strip():
            self.fault(path, number, f"{len(columns)} columns, or an empty one")
            return None
        predicate, arguments, code, actor, recipient = columns[:5]
        notes = columns[5].split(" ") if len(columns) == 6 else []
        if not PREDICATE.match(predicate):
            self.fault(path, number, f"bad predicate `{predicate}`")
        elif predicate.startswith("@"):
            name, kind = predicate[1:].rsplit(".", 1)
            if name not in (nouns if kind == "n" else verbs):
                self.fault(path, number, f"unknown class `{predicate}`")
            used.add((kind, name))
        else:
            verb = predicate.endswith(".v") or "+" in predicate
            words = [predicate.rsplit(".", 1)[0]] if "+" not in predicate else predicate.split("+")
            for word in words:
                if why := unreachable(word, verb and word == words[0]):
                    self.fault(path, number, f"`{word}` can never match: {why}")
        available = set()
        conditions = [] if arguments == "-" else arguments.split(" ")
        if len(conditions) != len(set(conditions)):
            self.fault(path, number, "a condition is there twice")
        for condition in conditions:
            available |= self.condition(path, number, condition, verbs, nouns, used)
        event, _, mode = code.partition(" ")
        if event == "none":
            if mode or (actor, recipient) != ("-", "-"):
                self.fault(path, number, "`none` has neither mode nor parties")
        elif event not in MODES:
            self.fault(path, number, f"unknown type `{event}`")
        elif mode and mode not in MODES[event]:
            self.fault(path, number, f"`{event}` has no mode `{mode}`")
        if path.stem.upper() != event.upper():
            self.fault(path, number, f"`{event}` does not belong into this file")
        for column in (actor, recipient):
            if "+" in column and "|" in column:
                self.fault(path, number, f"`{column}` mixes sums and alternatives")
            for party in re.split(r"[|+]", column):
                if party != "-" and party not in PARTIES:
                    self.fault(path, number, f"unknown party `{party}`")
                elif party.startswith("comp."):
                    if not available & CLAUSES:
                        self.fault(path, number, f"`{party}` without a clause in the arguments")
                elif party != "-" and party not in available:
                    self.fault(path, number, f"party `{party}` is not among the arguments")
        for note in notes:
            key, sign, value = note.partition("=")
            if not sign:
                if key not in FLAGS:
                    self.fault(path, number, f"unknown flag `{note}`")
            elif key not in KEYS:
                self.fault(path, number, f"unknown key `{note}`")
            elif key == "cameo" and value not in self.cameo:
                self.fault(path, number, f"unknown CAMEO code `{value}`")
            elif key == "ctx" and not set(value.split(",")) <= CONTEXTS:
                self.fault(path, number, f"unknown context in `{value}`")
            elif key == "future" and value not in MODES:
                self.fault(path, number, f"unknown type `{value}`")
            elif key == "prio" and not re.fullmatch(r"-?\d+", value):
                self.fault(path, number, f"bad priority `{value}`")
        return predicate, tuple(sorted(conditions))

    def contexts(self, path):
        self.header(path)
        self.order(path)
        seen, count = set(), collections.Counter()
        for number, line in lines(path):
            columns = line.split("\t")
            if len(columns) != 3:
                self.fault(path, number, f"{len(columns)} columns instead of 3")
                continue
            context, phrase, weight = columns
            if context not in CONTEXTS:
                self.fault(path, number, f"unknown context `{context}`")
            if not phrase or phrase != " ".join(phrase.split()):
                self.fault(path, number, f"bad phrase `{phrase}`")
            if re.search("[a-z]-[a-z]", phrase):
                self.fault(path, number, f"`{phrase}` can never match: hyphens between letters are words")
            if not re.fullmatch(r"\d(\.\d+)?", weight):
                self.fault(path, number, f"bad weight `{weight}`")
            if (context, phrase) in seen:
                self.fault(path, number, f"`{phrase}` is twice in `{context}`")
            seen.add((context, phrase))
            count[context] += 1
        for context in sorted(CONTEXTS):
            if count[context] < 20:
                self.fault(path, 0, f"context `{context}` has only {count[context]} entries")
        return sum(count.values())


def main():
    checker = Checker()
    verbs = checker.classes(HERE / "classes" / "verbs.tsv")
    nouns = checker.classes(HERE / "classes" / "nouns.tsv")
    used, seen, counts = set(), {}, collections.Counter()
    senses = collections.Counter()
    for path in sorted((HERE / "frames").glob("*.tsv")):
        if path.stem.upper() not in MODES and path.stem != "none":
            checker.fault(path, 0, "no such type")
        checker.header(path)
        checker.order(path)
        for number, line in lines(path):
            key = checker.frame(path, number, line, verbs, nouns, used)
            if key is None:
                continue
            if key in seen:
                checker.fault(path, number, f"the same predicate and arguments as in {seen[key]}")
            seen[key] = f"{path.name}:{number}"
            counts[path.stem] += 1
            predicate = key[0]
            words = 1
            if predicate.startswith("@"):
                name, kind = predicate[1:].rsplit(".", 1)
                words = len((nouns if kind == "n" else verbs).get(name, ()))
            senses[path.stem] += words
    phrases = checker.contexts(HERE / "contexts.tsv")
    for name in sorted(verbs):
        mentioned = ("v", name) in used
        if not mentioned and not includes(HERE / "classes" / "verbs.tsv", name):
            checker.fault(HERE / "classes" / "verbs.tsv", 0, f"class `{name}` is used nowhere")
    for name in sorted(nouns):
        if ("n", name) not in used and not includes(HERE / "classes" / "nouns.tsv", name):
            checker.fault(HERE / "classes" / "nouns.tsv", 0, f"class `{name}` is used nowhere")
    for fault in checker.faults:
        print(fault)
    if "--counts" in sys.argv[1:]:
        for stem in sorted(counts):
            print(f"{stem:10} {counts[stem]:5} lines {senses[stem]:6} senses")
    print(
        f"{sum(counts.values())} frame lines, {sum(senses.values())} senses with classes spelt out, "
        f"{len(verbs)} verb and {len(nouns)} noun classes, {phrases} context phrases, {len(checker.faults)} faults"
    )
    return 1 if checker.faults else 0


def includes(path, name):
    """Whether another class of the file includes this one, or the coder reads it by its name."""
    if name in READ_BY_THE_CODER:
        return True
    return any(f"@{name}" in line.split("\t")[1].split(" ") for _, line in lines(path))


if __name__ == "__main__":
    sys.exit(main())
