"""Vietnamese (default) and English words, numbers, dates, reasons and findings."""
