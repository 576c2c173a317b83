"""Vietnamese (default) and English: words, numbers, days, periods, order, reasons, findings."""
