"""queries.py EXPORT OUT: fits how a query's vector is turned before it is compared with papers, so that searches in
other words than a paper's come nearer to it than to other papers (contrastive learning with all papers of a collection
as negatives). EXPORT is what test/quality/export-searches.ts wrote. Tells what the fit does to searches for papers that
took no part in it, then writes OUT/query-projection.bin, fitted on all, in the format of table.bin.
"""

import hashlib
import json
import sys
from pathlib import Path

import numpy as np

from rows import packed, unit

STEPS, BATCH, RATE, DECAY, TEMPERATURE = 400, 96, 0.0007, 0.05, 0.05
PARAPHRASES = 2 / 3  # this share of the batches is of paraphrases, the others of questions as members type them


def read(folder):
    """For each set: papers (n, d), and what is asked of them by kind: vectors (m, d) and the papers' positions."""
    sets = {}
    for file in sorted(folder.glob("*.json")):
        lines = json.loads(file.read_text())
        vectors = [np.fromfile(folder / f"{file.stem}.{part}.f32", np.float32) for part in ("papers", "asked")]
        papers, asked = (part.reshape(-1, 256) for part in vectors)
        at = np.array([line["at"] for line in lines])
        # A set's own searches come before the questions that were written for answers.
        own = np.array([line["kind"] == "paraphrase" for line in lines])
        sets[file.stem] = papers, {True: (asked[own], at[own]), False: (asked[~own], at[~own])}
    return sets


def gradient(change, papers, asked, at):
    """Of the mean cross entropy, in what is added to the identity."""
    turned = asked + asked @ change
    length = np.linalg.norm(turned, axis=1, keepdims=True) + 1e-9
    query = turned / length
    odds = query @ papers.T / TEMPERATURE
    shares = np.exp(odds - odds.max(1, keepdims=True))
    shares /= shares.sum(1, keepdims=True)
    shares[np.arange(len(at)), at] -= 1
    wanted = shares @ papers / (TEMPERATURE * len(at))
    return asked.T @ ((wanted - (wanted * query).sum(1, keepdims=True) * query) / length)


def fit(sets, keeps):
    """The change to the identity, by Adam with decoupled decay and a cosine schedule."""
    chance = np.random.default_rng(0)
    change, first, second = (np.zeros((256, 256), np.float32) for _ in range(3))
    for step in range(STEPS):
        papers, kinds = sets[list(sets)[chance.integers(len(sets))]]
        asked, at = kinds[chance.random() < PARAPHRASES]
        rows = chance.choice(np.where(keeps(at))[0], BATCH, replace=False)
        g = gradient(change, papers, asked[rows], at[rows])
        first, second = 0.9 * first + 0.1 * g, 0.999 * second + 0.001 * g * g
        move = first / (1 - 0.9 ** (step + 1)) / (np.sqrt(second / (1 - 0.999 ** (step + 1))) + 1e-8)
        change -= RATE * (1 + np.cos(np.pi * step / STEPS)) / 2 * (move + DECAY * change)
    return change


def found(change, papers, asked, at):
    """How often the paper is the nearest, and among the nearest five."""
    odds = unit(asked + asked @ change) @ papers.T
    before = (odds > odds[np.arange(len(at)), at][:, None]).sum(1)
    return (before == 0).mean(), (before < 5).mean()


def main(folder, out):
    sets = read(folder)
    for part in (0, 1):
        change = fit(sets, lambda at: at % 2 != part)
        for name, (papers, kinds) in sets.items():
            asked, at = kinds[True]
            asked, at = asked[at % 2 == part], at[at % 2 == part]
            before, now = found(np.zeros_like(change), papers, asked, at), found(change, papers, asked, at)
            print(f"half {part}, {name}: {len(at)} paraphrases by cosine alone, first / in five: "
                  f"{before[0]:.3f} / {before[1]:.3f} -> {now[0]:.3f} / {now[1]:.3f}")
    projection = packed(np.eye(256, dtype=np.float32) + fit(sets, lambda at: at >= 0))
    (out / "query-projection.bin").write_bytes(projection)
    print("query-projection.bin", hashlib.sha256(projection).hexdigest())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
