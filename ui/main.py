"""The script that Streamlit runs for every page: navigation first, then the page itself."""

from i18n.words import words
from ui import address, navigation

navigation.register(words(address.language())).run()
