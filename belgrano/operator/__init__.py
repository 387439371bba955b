"""The `belgrano` command, and the environment that the apps are run in."""

import sys

if sys.platform == "win32":  # no fcntl, no signals, no sockets that are handed on
    sys.exit("Belgrano corre en Linux y en macOS. En Windows, instalá WSL (wsl --install) y corrélo ahí.")
