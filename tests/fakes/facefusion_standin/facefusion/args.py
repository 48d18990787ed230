"""Put flags into the state."""


def apply_args(args, apply_state_item):
    for key, value in args.items():
        apply_state_item(key, value)
