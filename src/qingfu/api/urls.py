"""Addresses of the contract."""

from __future__ import annotations

from django.urls import path

from qingfu.api.contract import ROOT, api, contract

# Without the library's own root, which would answer with a page.
_operations = [one for one in api.urls[0] if str(one.pattern)]

urlpatterns = [
    path(f"{ROOT[1:]}/openapi.json", contract, name="api-contract"),
    path(f"{ROOT[1:]}/", (_operations, "", "")),
]
