#!/usr/bin/env bash
# Check the locked libraries against published advisories (pip-audit, OSV). Ends with 1 if one is affected.
# Without network, or if the database does not answer, it says so and ends with 0.
set -uo pipefail
cd "$(dirname "$0")/.."
home=build/pip-audit
skipped() { echo "pip-audit was not run: $1"; exit 0; }

if [ ! -x "$home/bin/pip-audit" ]; then
    { python3 -m venv "$home" && "$home/bin/python" -m pip install --quiet pip-audit; } >/dev/null 2>&1 ||
        skipped "it could not be installed"
fi
python3 - <<'P' || skipped "the advisory database (api.osv.dev) cannot be reached"
import urllib.request

query = b'{"package": {"name": "pip", "ecosystem": "PyPI"}, "version": "26.0"}'
try:
    urllib.request.urlopen("https://api.osv.dev/v1/query", query, timeout=20).read()
except OSError:
    raise SystemExit(1)
P
report=$("$home/bin/pip-audit" --vulnerability-service osv --disable-pip --require-hashes \
    --requirement requirements.lock 2>&1)
code=$?
if [ "$code" != 0 ] && grep -qiE "ServiceError|ConnectionError|timed out|Max retries" <<<"$report"; then
    skipped "the advisory database stopped answering"
fi
echo "$report"
exit "$code"
