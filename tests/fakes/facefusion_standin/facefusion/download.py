"""Download nothing: a test that gets here has gone wrong."""


def ping_static_url(url):
    raise AssertionError(f"{url} was asked for")
