#!/usr/bin/env bash
# Installs what tests need beyond Python: Chromium (browser walks) and PostgreSQL (the second store).
# Debian or Ubuntu, as root. The dashboard itself needs neither.
set -euo pipefail
missing=()
command -v chromium >/dev/null || missing+=(chromium)
ls -d /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
if [ ${#missing[@]} -eq 0 ]; then
    echo "system packages: all there"
    exit 0
fi
echo "system packages: installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
