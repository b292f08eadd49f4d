"""The other side of ``apart``: a picture comes in, its words go out, or the code of what is wrong with it."""

from __future__ import annotations

import sys

from qingfu.papers.photos.apart import answer

sys.exit(answer())
