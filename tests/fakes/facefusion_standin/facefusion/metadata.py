"""Say which version this stands for."""


def get(key):
    return {"name": "stand-in", "version": "3.8.1"}[key]
