"""Delivery: takes rendered files, puts them where readers find them, says what became of it."""
