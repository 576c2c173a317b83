"""The field's maths: periods, targets, paths, verdicts, forecasts; no files, no store, no clock."""
