"""Plain data in, one figure model out, drawn as SVG or Plotly."""
