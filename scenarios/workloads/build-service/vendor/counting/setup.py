from setuptools import setup

setup(name="bench-counting", version="1.0", py_modules=["counting"])
