"""Tools of the house: what builds and checks it, and is no part of the product."""
