"""Version of the method: raised with every change that can change a number or a verdict.

What changed stands in ``CHANGELOG.md``; every exported file names the version.
"""

VERSION = "1.0"
