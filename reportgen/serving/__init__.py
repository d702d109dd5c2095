"""Serving: the archive for readers, drafts and lists for analysts; see `app.application`."""
