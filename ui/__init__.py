"""Streamlit pieces that pages share: the script, the gate, theme, rows."""
