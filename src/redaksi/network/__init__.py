"""The network: the group, its sites, their sections, who works where, and the walls between them."""
