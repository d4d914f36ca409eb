from setuptools import setup

setup(name="bench-greeting", version="1.0", py_modules=["greeting"])
