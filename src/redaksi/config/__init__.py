"""The composition root: settings, the desk's addresses, the processes and who starts them."""
