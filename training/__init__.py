"""Trainers of the models that the package ships; nothing of the product imports them."""
