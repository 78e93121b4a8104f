"""The shell: windows, grid, actions and the command line."""
