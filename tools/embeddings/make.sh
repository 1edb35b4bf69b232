#!/usr/bin/env bash
# make.sh OUT [EVALUATION] [WORK]: teaches, fits and packs the token table into the folder OUT.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out=${1:?"usage: make.sh OUT [EVALUATION] [WORK]"}
evaluation=${2:-$here/../../../shared/eval}
work=${3:-$(mktemp -d)}
test -d "$work/venv" || python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --requirement "$here/requirements.txt"
"$work/venv/bin/python" "$here/teach.py" "$evaluation" "$work/taught"
"$work/venv/bin/python" "$here/fit.py" "$work/taught" 256 6
"$work/venv/bin/python" "$here/pack.py" "$work/taught" 256 "$out"
