"""The whole market once more as plain Mesa, written from the model's description alone: the independent witness."""
