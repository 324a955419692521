"""Checks that judge questions before anybody plays them."""
