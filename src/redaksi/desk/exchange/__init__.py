"""The exchange: what passes between the desks of the network. Stories sent, offered and taken, plans, and rules."""
