"""Refuse what is mostly green."""


def analyse_frame(frame):
    means = frame.reshape(-1, 3).mean(axis=0)
    return means[1] > means[0] + 40 and means[1] > means[2] + 40
