#!/usr/bin/env bash
# Installs what tests need beyond Python: Chromium (browser walks), PostgreSQL (the second store) and
# LibreOffice without its windows (recalculates workbooks, lays out documents; about 100 MB).
# Debian or Ubuntu, as root. The dashboard itself needs none of them.
set -euo pipefail
missing=()
command -v chromium >/dev/null || missing+=(chromium)
ls -d /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
command -v soffice >/dev/null || missing+=(libreoffice-calc-nogui libreoffice-writer-nogui)
# Liberation Serif is as wide as Times New Roman: pages break where they do in Word.
ls /usr/share/fonts/truetype/liberation*/LiberationSerif-Regular.ttf >/dev/null 2>&1 || missing+=(fonts-liberation)
if [ ${#missing[@]} -eq 0 ]; then
    echo "system packages: all there"
    exit 0
fi
echo "system packages: installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
