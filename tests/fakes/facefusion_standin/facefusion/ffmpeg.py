"""Start no program: a test that gets here has gone wrong."""


def get_available_encoder_set():
    raise AssertionError("ffmpeg was asked for its encoders")


def read_audio_buffer(path, rate, bits, channels):
    raise AssertionError("ffmpeg was asked for a sound")
