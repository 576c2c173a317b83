"""Quản trị: the register that grows, the accounts, the log."""

from i18n.words import words
from ui import address, admin, blocks
from ui.gate import require_access
from ui.moment import present_moment

actor = require_access("admin")

_ = words(address.language())
blocks.sidebar(_)
admin.show(actor, present_moment(), _)
