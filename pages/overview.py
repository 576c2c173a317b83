import streamlit as st

from ui.gate import require_access

actor = require_access("overview")
st.html("<h1>Tổng quan</h1>")
