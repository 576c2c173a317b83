import streamlit as st

from ui.gate import require_access

actor = require_access("target")
st.html("<h1>Chỉ tiêu</h1>")
