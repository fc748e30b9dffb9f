"""The commands of `meshfit`: each reads its input, asks the domain and draws, or prints JSON."""
