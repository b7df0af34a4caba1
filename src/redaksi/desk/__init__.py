"""The desk: what staff see. Menus, forms, lists and screens on Wagtail's admin; nothing here decides a right or changes a story by itself."""
