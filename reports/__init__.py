"""One report model, rendered as Word, PDF, Excel and print views; computes nothing."""
