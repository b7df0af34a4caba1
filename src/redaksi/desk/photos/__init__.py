"""Photos at the desk: the wall of pictures, the form of one, the upload of several, and the chooser within the walls."""
