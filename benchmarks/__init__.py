"""What is measured, and how: ratios in one run, never bare seconds."""
