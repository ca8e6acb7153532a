"""How one invocation of a program is made: a module for each instrument but `http`."""
