"""Workbooks in: safe reading, layouts, checks, findings; template and annotated workbook out."""
