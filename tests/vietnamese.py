"""Whether a text is Vietnamese: by how its syllables are built, not by a list of words."""

from __future__ import annotations

import re
import unicodedata

# What stays as it is in a Vietnamese sentence: names, and codes of the field.
NAMES = {
    *("Vietnam", "VietnamPlus", "Business", "Forum", "World", "Times", "GitHub"),
    *("Healthy", "People", "Canada", "Open", "Eurostat"),
}
ENGLISH = {"the", "on", "then", "them", "no", "me", "he"}  # built as syllables are, yet none
# How a Vietnamese syllable is built: initial, vowels, final; one that ends in c, ch, p or t
# has the acute or the dot below.
SYLLABLE = re.compile(
    r"(ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?[aăâeêioôơuưy]{1,3}"
    r"(ch|ng|nh|[cmnpt])?"
)
TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))


def foreign(text: str) -> list[str]:
    """Words that no Vietnamese sentence has: quotes, names and addresses left out."""
    bare = re.sub(r"“[^”]*”|\S*[/@]\S*|\b[\w-]+(\.[\w-]+)+\b", " ", text)
    return [
        word
        for word in re.findall(r"[^\W\d_]+", bare)
        if word not in NAMES and not word.isupper() and not is_syllable(word.lower())
    ]


def is_syllable(word: str) -> bool:
    plain = unicodedata.normalize("NFD", word)
    base = unicodedata.normalize("NFC", plain.translate(TONES))
    if word in ENGLISH or not SYLLABLE.fullmatch(base):
        return False
    stopped = base.endswith(("c", "p", "t", "ch"))
    return not stopped or "\u0301" in plain or "\u0323" in plain
