"""The `belgrano` command, and the environment that the apps are run in."""
