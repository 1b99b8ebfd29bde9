"""ABC/XYZ classes."""
