"""Show single frames, before and after, from a guarded child that stays for the next one."""
