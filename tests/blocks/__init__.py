"""Drawing: pure, nothing patched; every screen at its largest."""
