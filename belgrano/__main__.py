"""`python -m belgrano` is the `belgrano` command."""

from belgrano.operator.cli import main

if __name__ == "__main__":
    main()
