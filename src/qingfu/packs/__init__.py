"""Packs: the plan packs shipped with Qingfu — data only, one folder for each plan edition."""
