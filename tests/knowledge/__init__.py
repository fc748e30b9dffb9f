"""The loader: every fault, layers, any bytes at all."""
