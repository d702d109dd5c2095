"""Judging: how good recipes are. One file per judgement, each a pure function; `judge` runs them all."""
