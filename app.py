"""The server: `streamlit run app.py` starts the pages and our own routes on one port.

The script that Streamlit runs stands in ui/ and not here: beside a folder named pages/ a fresh
server would run a page by its address without the script, and so without navigation.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from api.routes import ROUTES
from api.server import Life
from ui.errors import show_incident

# The second guard of the same: no script of ours has ever pages of Streamlit's own finding.
PagesManager.uses_pages_directory = False

# What shows our HTML comes in scripts of its own, which a browser would ask for only later.
SCRIPTS = Path(st.__file__).parent / "static" / "static" / "js"
EARLY = [path.name for form in ("Html.*.js", "purify.es.*.js") for path in SCRIPTS.glob(form)]

life = Life(lambda: st.get_option("server.address"))
app = st.App(
    Path(__file__).resolve().parent / "ui" / "main.py",
    routes=ROUTES,
    middleware=life.middleware(EARLY),
    lifespan=life.span,
    on_script_error=show_incident,
)
