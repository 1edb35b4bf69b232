"""Fits which sentence of an abstract answers a question: weights of named features together with a small network.

    python fit.py FOLDER [--only SET]

FOLDER holds what test/quality/export-answers.ts wrote. Writes FOLDER/models/all.json, and for each set of SETS a
model that was fitted without it, to tell what the fit says of questions over other papers; half.json is without every
second of the written sets, whose questions then tell which paper is asked about.
"""
import json
import os
import sys

import jax
import jax.numpy as jnp
import numpy as np
import optax

SETS = ['conversation', 'strangers', 'fields', 'surveys', 'computing', 'biomedicine']
SHIPPED = ['conversation', 'seed', 'asked']  # sets over the corpus that ships: left out together
JUDGES = ['elsewhere', 'judging', 'learning', 'biology']  # never fitted on
WEIGHTS = {'seed': 0.6, 'asked': 0.6}  # a set's questions count for this in the loss
SHARED, PARTS, WRITTEN = 2.0, 1.0, 1.0
SENTENCES, READ, ASKED = 24, 44, 24  # so many of an abstract, tokens of a sentence and of a question
SIZE, DROPOUT, EPOCHS, BATCH = 32, 0.4, 5, 32
LEAST_SCALE = 0.15


def family(name):
    first = name.split()[0]
    return 'conversation' if first in SHIPPED else first


def weight_of(name):
    if name in WEIGHTS:
        return WEIGHTS[name]
    return WRITTEN if name.startswith('written') else PARTS if name.endswith('parts') else SHARED


def read(folder):
    cases = [json.loads(line) for line in open(os.path.join(folder, 'cases.jsonl'))]
    words = np.fromfile(os.path.join(folder, 'words.f32'), dtype=np.float32).reshape(-1, 256)
    words = np.vstack([words, np.zeros((1, words.shape[1]), np.float32)])
    names = sorted({name for case in cases for one in case['sentences'] for name in one['features']})
    column = {name: i for i, name in enumerate(names)}
    count = len(cases)
    data = dict(
        asked=np.full((count, ASKED), len(words) - 1, np.int32), asked_stop=np.zeros((count, ASKED), np.float32),
        asked_mask=np.zeros((count, ASKED), np.float32),
        said=np.full((count, SENTENCES, READ), len(words) - 1, np.int32),
        said_stop=np.zeros((count, SENTENCES, READ), np.float32),
        said_mask=np.zeros((count, SENTENCES, READ), np.float32),
        features=np.zeros((count, SENTENCES, len(names)), np.float32), right=np.zeros((count, SENTENCES), np.float32),
        mask=np.zeros((count, SENTENCES), np.float32), place=np.zeros((count, SENTENCES, 4), np.float32),
        kinds=np.array([case['kinds'] + [case['several']] for case in cases], np.float32))
    for i, case in enumerate(cases):
        for j, (word, stop) in enumerate(case['tokens'][:ASKED]):
            data['asked'][i, j], data['asked_stop'][i, j], data['asked_mask'][i, j] = word, stop, 1
        last = len(case['sentences']) - 1
        for s, one in enumerate(case['sentences'][:SENTENCES]):
            for j, (word, stop) in enumerate(one['tokens'][:READ]):
                data['said'][i, s, j], data['said_stop'][i, s, j], data['said_mask'][i, s, j] = word, stop, 1
            for name, value in one['features'].items():
                data['features'][i, s, column[name]] = value
            data['right'][i, s], data['mask'][i, s] = one['right'], 1
            data['place'][i, s] = [s / max(1, last), s == 0, s == last, len(one['tokens']) / 30]
    scale = np.maximum(LEAST_SCALE, np.sqrt((data['features'] ** 2).sum((0, 1)) / data['mask'].sum()))
    data['features'] /= scale
    return cases, words, names, scale, data


def start(key, features, kinds, dimensions):
    keys = jax.random.split(key, 6)
    spread = lambda i, *shape: jax.random.normal(keys[i], shape) / np.sqrt(shape[0])
    return dict(
        features=jnp.zeros(features), words=spread(0, dimensions, SIZE),
        question_window=spread(1, 3 * (SIZE + 1), SIZE), question_bias=jnp.zeros(SIZE), attention=spread(2, SIZE),
        kinds=spread(3, kinds, SIZE) * 0.1, sentence_window=spread(4, 3 * (SIZE + 1), SIZE),
        sentence_bias=jnp.zeros(SIZE), place=jnp.zeros((4, SIZE)), bilinear=spread(5, SIZE, SIZE) * 0.1)


def dropped(key, x, share):
    return x if share == 0 else jnp.where(jax.random.bernoulli(key, 1 - share, x.shape), x / (1 - share), 0)


def neighbours(x):
    around = [(0, 0)] * (x.ndim - 2)
    before = jnp.pad(x, around + [(1, 0), (0, 0)])[..., :-1, :]
    after = jnp.pad(x, around + [(0, 1), (0, 0)])[..., 1:, :]
    return jnp.concatenate([before, x, after], -1)


def scores(p, words, batch, key, share):
    keys = jax.random.split(key, 4)

    def convolved(ids, stop, mask, key, window, bias):
        units = jnp.concatenate([dropped(key, words[ids] @ p['words'], share), stop[..., None]], -1) * mask[..., None]
        return jax.nn.gelu(neighbours(units) @ window + bias) * mask[..., None]

    asked = convolved(batch['asked'], batch['asked_stop'], batch['asked_mask'], keys[0], p['question_window'],
                      p['question_bias'])
    odds = jnp.where(batch['asked_mask'] > 0, asked @ p['attention'], -1e9)
    question = (jax.nn.softmax(odds, -1)[..., None] * asked).sum(1) + batch['kinds'] @ p['kinds']
    said = convolved(batch['said'], batch['said_stop'], batch['said_mask'], keys[1], p['sentence_window'],
                     p['sentence_bias'])
    many = batch['said_mask'].sum(2)[..., None]
    greatest = jnp.where(batch['said_mask'][..., None] > 0, said, -1e9).max(2) * (many > 0)
    sentence = said.sum(2) / (many + 1) + 0.5 * greatest + batch['place'] @ p['place']
    mean = (sentence * batch['mask'][..., None]).sum(1, keepdims=True) / batch['mask'].sum(1)[:, None, None]
    sentence = sentence - mean
    compared = jnp.einsum('nh,hk,nsk->ns', dropped(keys[2], question, share), p['bilinear'],
                          dropped(keys[3], sentence, share))
    return batch['features'] @ p['features'] + compared


def loss_of(score, batch):
    score = jnp.where(batch['mask'] > 0, score, -1e9)
    right = jnp.where(batch['right'] > 0, score, -1e9)
    return jax.nn.logsumexp(score, -1) - jax.nn.logsumexp(right, -1)


def fit(words, data, rows, weights):
    key = jax.random.PRNGKey(0)
    p = start(key, data['features'].shape[-1], data['kinds'].shape[-1], words.shape[1])
    steps = EPOCHS * len(rows) // BATCH
    adam = lambda rate: optax.adamw(optax.cosine_decay_schedule(rate, steps), weight_decay=0.02)
    optimizer = optax.multi_transform({'linear': adam(3e-3), 'network': adam(2e-3)},
                                      {name: 'linear' if name == 'features' else 'network' for name in p})
    state = optimizer.init(p)

    @jax.jit
    def step(p, state, batch, weight, key):
        gradient = jax.grad(lambda p: (loss_of(scores(p, words, batch, key, DROPOUT), batch) * weight).mean())(p)
        change, state = optimizer.update(gradient, state, p)
        return optax.apply_updates(p, change), state

    random = np.random.default_rng(0)
    order = np.concatenate([random.permutation(rows) for _ in range(EPOCHS)])
    for i in range(steps):
        some = order[i * BATCH:(i + 1) * BATCH]
        key, own = jax.random.split(key)
        p, state = step(p, state, {name: values[some] for name, values in data.items()}, weights[some], own)
    return p


def tell(label, p, words, data, rows, cases):
    if len(rows) == 0:
        return
    found = jax.jit(lambda batch: jnp.where(batch['mask'] > 0,
                                            scores(p, words, batch, jax.random.PRNGKey(0), 0), -1e9))
    by = {}
    for i in range(0, len(rows), 64):
        some = rows[i:i + 64]
        score = np.array(found({name: values[some] for name, values in data.items()}))
        share = np.exp(score - score.max(1, keepdims=True))
        share /= share.sum(1, keepdims=True)
        for row, own, best in zip(some, share, score.argmax(1)):
            right = data['right'][row]
            by.setdefault(cases[row]['set'], []).append((right[best], np.log(max(1e-9, (own * right).sum()))))
    for name, pairs in sorted(by.items()):
        first, log = np.mean(pairs, 0)
        print(f'{label}: {name} {len(pairs)}: first {first:.3f}, mean log share {log:.3f}', flush=True)


def write(file, p, names, scale):
    rounded = lambda values: [float(f'{value:.3g}') for value in np.array(values).ravel()]
    features = np.array(p['features']) / scale
    model = dict(
        sentence={name: round(float(value), 3) for name, value in zip(names, features)} | {'learned': 1},
        network=dict(
            size=SIZE, words=rounded(p['words']),
            question=dict(window=rounded(p['question_window']), bias=rounded(p['question_bias']),
                          attention=rounded(p['attention']), kinds=rounded(p['kinds'])),
            sentence=dict(window=rounded(p['sentence_window']), bias=rounded(p['sentence_bias']),
                          place=rounded(p['place'])),
            bilinear=rounded(p['bilinear'])))
    with open(file, 'w') as out:
        json.dump(model, out, separators=(',', ':'))


def main(folder, only=None):
    cases, words, names, scale, data = read(folder)
    words = jnp.array(words)
    families = np.array([family(case['set']) for case in cases])
    weights = np.array([weight_of(case['set']) for case in cases], np.float32)
    usable = ~np.isin(families, JUDGES)
    os.makedirs(os.path.join(folder, 'models'), exist_ok=True)
    written = sorted({case['set'] for case in cases if case['set'].startswith('written')})
    half = np.isin([case['set'] for case in cases], written[::2])
    for left in ['all', *SETS, 'half'] if only is None else [only]:
        apart = half if left == 'half' else families == left
        p = fit(words, data, np.where(usable & ~apart)[0], weights)
        tell(f'without {left}' if left != 'all' else 'all', p, words, data,
             np.where(np.isin(families, JUDGES) if left == 'all' else apart)[0], cases)
        write(os.path.join(folder, 'models', f'{left}.json'), p, names, scale)


if __name__ == '__main__':
    main(sys.argv[1], sys.argv[3] if '--only' in sys.argv else None)
