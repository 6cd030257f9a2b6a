"""The way of one document in plain functions, each of which can be run again: claim, read, extract, register, write."""
