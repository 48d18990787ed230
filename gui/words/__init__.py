"""Say what the orchestrator means in the user's language."""
