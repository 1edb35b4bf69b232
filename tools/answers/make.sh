#!/usr/bin/env bash
# make.sh [WORK]: fits how sentences are ranked, and writes it into src/answer/ranking.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=${1:-$(mktemp -d)}
export PATH=$here/../../node_modules/.bin:$PATH
test -d "$work/venv" || python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --requirement "$here/requirements.txt"
node "$here/../../test/quality/export-answers.ts" "$work"
"$work/venv/bin/python" "$here/fit.py" "$work"
node "$here/../../test/quality/fit-answers.ts" "$work/models" --write
biome format --write "$here/../../src/answer/ranking"
