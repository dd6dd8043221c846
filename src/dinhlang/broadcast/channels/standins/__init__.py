"""Servers on this machine that play the documented behaviour of Facebook and Zalo, errors and limits included.

For tests and for trying the software without an account: `dinhlang channel stand-in`. Nothing of them runs in production.
"""
