"""The demonstration above one commune: reports handed in and taken together, the reform index, good models."""
