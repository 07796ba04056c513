#!/usr/bin/env python3
"""Fits the weights of `confidence.tsv` on the annotated sets and prints how well the probabilities hold.

    for set in articles events dyads language; do
      cargo run --release -p broadsheet-normalize --example events_eval -- EVAL/$set/input.jsonl > ROWS/$set.jsonl
    done
    cargo run --release -p broadsheet-normalize --example events_eval -- data/chronicle/chronicle.jsonl \
      > ROWS/chronicle.jsonl
    fit_confidence.py --eval EVAL --rows ROWS

An event is right if its type and its parties are. In `articles` every row is judged. In `events` only rows of the
gold type are (the other acts of the sentence are not annotated), in `dyads` only rows whose type or whose pair is the
gold one. `read_rows.tsv` tells of rows of other whole articles (`language`, `chronicle`) what a reader found; a row
counts as long as the coder gives it with the same type, status and parties. The whole articles are what the program is
used on, so they count more. A logistic regression with an L2
penalty, by Newton's method; standard library only. The table is of ten-fold cross-validation by article: no row is
judged by weights that have seen its article.
"""

import argparse
import collections
import hashlib
import importlib.util
import json
import math
import pathlib

HERE = pathlib.Path(__file__).resolve().parent
WEIGHT = {"articles": 3.0, "language": 3.0, "chronicle": 1.0, "events": 1.0, "dyads": 0.5}
WHOLE = {"articles", "language", "chronicle"}
PENALTY = 3.0
RARE = 8
FOLDS = 10
UNITED = {"UNO": "IGO", "EUR": "IGO", "NGO": "IGO"}


def rows_of(path):
    return [json.loads(line) for line in open(path, encoding="utf-8")]


def articles(score, gold_dir, rows):
    texts = {a["id"]: a for a in json.load(open(gold_dir / "articles.json", encoding="utf-8"))}
    gold = score.from_gold(gold_dir / "gold.json", texts)
    for r in rows:
        spans = [tuple(s) for s in texts[r["id"]]["sentences"]]
        sentence = lambda p: next((s for s in spans if s[0] <= p < s[1]), None)
        named = lambda xs: [{**x, "names": [x["name"]]} for x in xs]
        want = [e for e in gold[r["id"]]["events"] if e.get("status") != "negated"]
        got = [
            {"row": e, "type": e["event_type"], "start": e["start"], "actors": named(e["actors"]),
             "recipients": named(e["recipients"])}
            for e in r["events"] if e["status"] != "negated"
        ]
        def full(x, y):
            return (score.covers(x["actors"], y["actors"]) and score.covers(x["recipients"], y["recipients"])) or (
                x["type"] == "CONSULT"
                and score.covers(x["actors"] + x["recipients"], y["actors"] + y["recipients"]))
        same = lambda x, y: x["type"] == y["type"] and sentence(x["start"]) == sentence(y["start"])
        right = {id(y["row"]) for _, y, v in score.match(want, got, lambda x, y: 1 + full(x, y) if same(x, y) else 0)
                 if v == 2}
        for y in got:
            yield r["id"], y["row"], id(y["row"]) in right


def events(score, gold_dir, rows):
    gold = {g["id"]: g for g in score.jsonl(gold_dir / "gold.jsonl")}
    code = lambda c: UNITED.get(c, c)
    for r in rows:
        g = gold[r["id"]]
        a, b = ({code(x["country"]) for x in g[k] if x["country"]} for k in ("actors", "recipients"))
        for e in r["events"]:
            if e["event_type"] != g["event_type"] or not a:
                continue
            x, y = ({code(p["country"]) for p in e[k]} for k in ("actors", "recipients"))
            yield r["id"], e, (a <= x and b <= y) if b else a <= x | y


def dyads(score, gold_dir, rows):
    gold = {g["id"]: g for g in score.jsonl(gold_dir / "gold.jsonl")}
    root = lambda t: {"CONCEDE": "YIELD", "RETREAT": "YIELD"}.get(t, t)
    def like(p, text):
        return bool(set(score.words(p["name"])) & set(score.words(text))) or (
            bool(p["country"]) and p["country"] == score.demonym(text))
    for r in rows:
        for e in r["events"]:
            if e["status"] == "negated":
                continue
            judged = right = False
            for d in gold[r["id"]]["dyads"]:
                pair = any(like(x, d["source"]) for x in e["actors"]) and any(
                    like(x, d["target"]) for x in e["recipients"] or e["actors"])
                kind = root(e["event_type"]) == d["root"]
                judged |= pair or kind
                right |= pair and kind
            if judged:
                yield r["id"], e, right


def read(name, rows):
    """The rows of the set `name` that a reader has judged."""
    lines = (line.rstrip("\n").split("\t") for line in open(HERE / "read_rows.tsv", encoding="utf-8") if line[0] != "#")
    found = {(at[1], int(at[2]), at[3], at[4]): at[5] == "1" for at in lines if at[0] == name}
    for r in rows:
        for e in r["events"]:
            names = (";".join(sorted({p["name"] for p in e[side]})) for side in ("actors", "recipients"))
            key = hashlib.sha1("|".join([e["status"], *names]).encode()).hexdigest()[:8]
            right = found.get((r["id"], e["start"], e["event_type"], key))
            if right is not None:
                yield r["id"], e, right


def probability(weights, traits):
    return 1 / (1 + math.exp(-sum(weights.get(t, 0.0) for t in traits)))


def solve(matrix, vector):
    n = len(vector)
    m = [row[:] + [vector[i]] for i, row in enumerate(matrix)]
    for i in range(n):
        pivot = max(range(i, n), key=lambda k: abs(m[k][i]))
        m[i], m[pivot] = m[pivot], m[i]
        for k in range(i + 1, n):
            f = m[k][i] / m[i][i]
            if f:
                for j in range(i, n + 1):
                    m[k][j] -= f * m[i][j]
    out = [0.0] * n
    for i in reversed(range(n)):
        out[i] = (m[i][n] - sum(m[i][j] * out[j] for j in range(i + 1, n))) / m[i][i]
    return out


def fit(data):
    count = collections.Counter(t for _, traits, _, _ in data for t in traits)
    names = sorted(t for t, n in count.items() if n >= RARE)
    index = {t: i for i, t in enumerate(names)}
    w = [0.0] * len(names)
    for _ in range(12):
        gradient = [-PENALTY * x for x in w]
        hessian = [[PENALTY if i == j else 0.0 for j in range(len(names))] for i in range(len(names))]
        for _, traits, right, weight in data:
            at = [index[t] for t in traits if t in index]
            p = 1 / (1 + math.exp(-sum(w[i] for i in at)))
            for i in at:
                gradient[i] += weight * (right - p)
                for j in at:
                    hessian[i][j] += weight * p * (1 - p)
        step = solve(hessian, gradient)
        w = [a + b for a, b in zip(w, step)]
        if max(map(abs, step)) < 1e-6:
            break
    return dict(zip(names, w))


def table(judged):
    lines = [f"{'confidence':12} {'rows':>5} {'mean':>6} {'right':>6}   of them in whole articles"]
    for low in range(0, 10):
        inside = [x for x in judged if low <= x[1] * 10 < low + 1 or (low == 9 and x[1] == 1)]
        if not inside:
            continue
        own = [x for x in inside if x[0] in WHOLE]
        share = lambda xs: sum(x[2] for x in xs) / len(xs) if xs else 0.0
        mean = sum(x[1] for x in inside) / len(inside)
        lines.append(f"{low / 10:.1f} to {(low + 1) / 10:.1f}   {len(inside):5} {mean:6.2f} {share(inside):6.2f}"
                     f"   {len(own):3} {share(own):6.2f}")
    sure = [x for x in judged if x[1] >= 0.8]
    brier = sum((x[1] - x[2]) ** 2 for x in judged) / len(judged)
    lines.append(f"at least 0.8: {sum(x[2] for x in sure)} of {len(sure)} right; Brier score {brier:.3f}")
    return lines


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--eval", type=pathlib.Path, required=True)
    ap.add_argument("--rows", type=pathlib.Path, required=True)
    args = ap.parse_args()
    spec = importlib.util.spec_from_file_location("score", args.eval / "score.py")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    data, ids = [], []
    for name, judge in (("articles", articles), ("events", events), ("dyads", dyads)):
        for ident, e, right in judge(score, args.eval / name, rows_of(args.rows / f"{name}.jsonl")):
            data.append((name, e["traits"], int(right), WEIGHT[name]))
            ids.append(f"{name} {ident}")
    for name in ("language", "chronicle"):
        for ident, e, right in read(name, rows_of(args.rows / f"{name}.jsonl")):
            data.append((name, e["traits"], int(right), WEIGHT[name]))
            ids.append(f"{name} {ident}")
    order = {ident: n for n, ident in enumerate(dict.fromkeys(ids))}
    fold = [order[i] % FOLDS for i in ids]
    judged = []
    for k in range(FOLDS):
        weights = fit([d for d, f in zip(data, fold) if f != k])
        judged += [(d[0], probability(weights, d[1]), d[2]) for d, f in zip(data, fold) if f == k]
    report = table(judged)
    print("\n".join(report))
    with open(HERE / "confidence.tsv", "w", encoding="utf-8") as out:
        out.write("# Confidence: what the traits of an event weigh in the logistic that gives its `confidence`.\n"
                  "# Source: fitted by `fit_confidence.py` on our annotated articles and on rows that were read. Licence: as the project.\n"
                  "# Format: trait, tab, weight; sorted. A trait that is not listed weighs nothing.\n"
                  "# In ten-fold cross-validation:\n")
        out.writelines(f"#   {line}\n" for line in report)
        for trait, w in sorted(fit(data).items()):
            out.write(f"{trait}\t{w:.3f}\n")


if __name__ == "__main__":
    main()
