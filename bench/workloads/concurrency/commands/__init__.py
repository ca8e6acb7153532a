"""Programs that are started as commands: apart from the others, since a script's folder is searched first for its imports."""
