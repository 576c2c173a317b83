"""Nhập số liệu: four steps, nothing is stored before the fourth."""

from i18n.words import words
from ui import address, blocks, upload_receipt, upload_steps
from ui.gate import require_access
from ui.moment import present_moment

actor = require_access("upload")

_ = words(address.language())
seen = present_moment()
blocks.sidebar(_)

if number := address.asked("draft"):
    upload_steps.check(actor, number, seen, _)
elif number := address.asked("submission"):
    upload_receipt.submission(actor, number, seen, _)
else:
    upload_steps.choose(actor, seen, _)
