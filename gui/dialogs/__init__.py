"""Ask and tell in small windows: questions, faults, what is missing, commands, licences."""
