"""READ: one module for each load tester's result format; `registry.read` is the way in."""
