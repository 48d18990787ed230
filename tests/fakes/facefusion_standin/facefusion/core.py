"""Hold the content check to its source."""

import os


def common_pre_check():
    return os.environ.get("STANDIN_CHECK") != "changed"
