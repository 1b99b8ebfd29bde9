"""Calls: who answers when, and whom to call next."""
