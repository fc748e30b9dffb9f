"""A dump's objects → the pods and policies that `bot.domain.reach` judges."""
