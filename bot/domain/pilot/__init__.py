"""The pilot: plan, sealed budgets, figures, drills, owners, verdict, rollout."""
