"""HTTP routes and middleware beside the pages: health, gate, downloads."""
