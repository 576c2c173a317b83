"""The script that Streamlit runs for every page: navigation first, then the page itself."""

from i18n.words import words
from ui import address, gate, navigation

navigation.register(words(address.language()), gate.who()).run()
