"""Rendering: takes figures, templates and contexts, gives bytes. One file wraps one library."""
