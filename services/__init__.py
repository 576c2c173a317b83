"""Use cases, one module each: the only room that joins the others together."""
