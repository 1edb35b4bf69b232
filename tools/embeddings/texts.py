"""The texts a token table is taught on: titles, sentences, keyword scraps, questions and some whole abstracts.

No text whose title or abstract stands in a collection that the search is judged on is used, and no question
or claim of any data set.
"""

import gzip
import json
import random
import re
from pathlib import Path

TAUGHT = ("scifact", "scitldr", "pubmedqa", "cranfield")
HELD_OUT = ("seed", "strangers", "surveys", "fields")
STOP_WORDS = frozenset(
    "a an the of for and in on to with by from at is are as via using its this that we our be it which or can"
    " has have been these their not such into more than based both also".split()
)
QUESTIONS = (
    "what is {}",
    "how does {} work",
    "why {}",
    "papers about {}",
    "is there work on {}",
    "how do people do {}",
    "what helps with {}",
    "how can we improve {}",
)


def read_records(path: Path) -> list[dict]:
    """The records of a JSONL file, gzipped or not."""
    opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else open(path, encoding="utf-8")
    with opened as lines:
        return [json.loads(line) for line in lines if line.strip()]


def folded(text: str | None) -> str:
    """A text by its letters and digits alone, so that the same title in other punctuation is met."""
    return re.sub(r"[^a-z0-9]+", "", (text or "").lower())


def held_out_keys(evaluation: Path) -> set[str]:
    """Folded titles and abstracts (their first 200 characters) of the collections that search is judged on."""
    keys = set()
    for name in HELD_OUT:
        for record in read_records(evaluation / name / "corpus.jsonl"):
            keys.add(folded(record.get("title")))
            keys.add(folded(record.get("abstract"))[:200])
    return keys - {""}


def is_held_out(record: dict, keys: set[str]) -> bool:
    """Whether a record's title or abstract stands in a collection that search is judged on."""
    return folded(record.get("title")) in keys or folded(record.get("abstract"))[:200] in keys


def sentences_of(abstract: str | None) -> list[str]:
    """The sentences of an abstract that are neither scraps nor run-ons (20 to 300 characters)."""
    return [s for s in re.split(r"(?<=[.!?])\s+", abstract or "") if 20 < len(s) < 300]


def has_title(record: dict) -> bool:
    """Whether a record has a title of its own (`PubMed 123` stands in where a data set gives none)."""
    title = record.get("title") or ""
    return 10 < len(title) < 300 and not title.startswith("PubMed ")


def scrap_of(text: str, chance: random.Random, most: int = 5) -> str | None:
    """Two to `most` neighbouring content words of a text, as people type them into a search box."""
    words = [w.lower() for w in re.findall(r"[A-Za-z][A-Za-z\-]+", text) if w.lower() not in STOP_WORDS]
    if len(words) < 2:
        return None
    length = chance.randint(1 if len(words) > 6 else 2, most)
    start = chance.randrange(max(1, len(words) - length))
    return " ".join(words[start : start + length])


def scraps_and_questions(texts: list[str], count: int, chance: random.Random) -> list[str]:
    """`count` keyword scraps, and half as many questions made of scraps by template."""
    picked = chance.sample(texts, min(len(texts), count + count // 2))
    scraps = [s for s in (scrap_of(text, chance) for text in picked) if s]
    return [s if i % 3 else chance.choice(QUESTIONS).format(s) for i, s in enumerate(scraps)]


def everyday_texts(vocabulary: list[str], thesaurus: dict[str, list[str]], seed: int = 7) -> list[str]:
    """Whole words of the vocabulary, and the thesaurus's heads, other words and questions about them, in random order.

    They place words that people type and papers seldom print.
    """
    chance = random.Random(seed)
    words = [word for word in vocabulary if re.fullmatch(r"[a-z]{3,}", word)]
    phrases = list(thesaurus)
    for head, (same, beside) in thesaurus.items():
        phrases += [word.replace("-", " ") for word in f"{same} {beside}".split()]
        phrases.append(f"{head} {same}".strip())
    asked = [chance.choice(QUESTIONS).format(head) for head in thesaurus]
    texts = list(dict.fromkeys(words + phrases + asked))
    chance.shuffle(texts)
    return texts


def teaching_texts(evaluation: Path, count: int, seed: int = 5) -> list[str]:
    """`count` distinct texts in random order, the same for the same seed; some 95 % of them are short.

    Example: `teaching_texts(Path("eval"), 150_000)[:3]`.
    """
    chance = random.Random(seed)
    keys = held_out_keys(evaluation)
    big = [r for r in read_records(evaluation / "public/acmcr/corpus.jsonl.gz") if not is_held_out(r, keys)]
    small = [r for name in TAUGHT for r in read_records(evaluation / "public" / name / "corpus.jsonl")]
    small = [r for r in small if not is_held_out(r, keys)]
    chance.shuffle(big)
    share = count / 150_000
    titled = [r["title"] for r in big if has_title(r)][: int(40_000 * share)]
    titled += [r["title"] for r in small if has_title(r)]
    said = [chance.choice(s) for s in map(lambda r: sentences_of(r.get("abstract")), big) if s][: int(45_000 * share)]
    for record in small:
        found = sentences_of(record.get("abstract"))
        said += chance.sample(found, min(len(found), 2))
    whole = [f"{r['title']}. {r['abstract']}" for r in big if has_title(r) and r.get("abstract")][: int(5_000 * share)]
    whole += [f"{r.get('title') or ''}. {r['abstract']}" for r in chance.sample(small, int(2_500 * min(share, 2)))]
    short = titled + said
    made = scraps_and_questions(short, int(24_000 * share), chance)
    texts = list(dict.fromkeys(short + made + whole))
    chance.shuffle(texts)
    return texts[:count]
