import streamlit as st

from ui.gate import require_access

actor = require_access("upload")
st.html("<h1>Nhập số liệu</h1>")
