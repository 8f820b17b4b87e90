"""Hashes of modules: by these an extension that is older than its sources is noticed."""

import ast
import hashlib

_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def text_digest(source: bytes) -> str:
    """Return the hash of a module as it is written."""
    return hashlib.sha256(source).hexdigest()


def code_digest(source: bytes) -> str:
    """Return the hash of what a module does: without its layout, comments and docstrings."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, _DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return text_digest(ast.unparse(tree).encode())
