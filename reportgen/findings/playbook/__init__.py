"""The playbook: one file per finding; `compose` puts them together."""
